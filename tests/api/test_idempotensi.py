"""The same request twice: one effect, one answer; also at once, after a crash, and after the day is over."""

from __future__ import annotations

import datetime
from functools import partial

import pytest
from django.test import RequestFactory
from django.utils import timezone
from rest_framework.request import Request

from haji_portal.alur.models import Perkara
from haji_portal.jemaah.models import Jemaah
from haji_portal.meja.api import idempotensi
from haji_portal.meja.api.galat import Masalah
from haji_portal.meja.api.idempotensi import Jawaban, Pegangan
from haji_portal.meja.models import KunciIdempotensi
from haji_portal.ptsp.models import PercobaanCek
from tests.kontrak.balapan import balapan
from tests.kontrak.potret import potret, segar

from .conftest import API, foto, langkah, verdict
from .test_langkah import data_buka

pytestmark = [pytest.mark.django_db, pytest.mark.basis]
K = {"Idempotency_Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}


def jenis(jawab) -> str:
    return jawab.json()["type"].rpartition(":")[2]


def test_membuka_dua_kali_satu_perkara_satu_jawaban(sebagai):
    program = sebagai("ptsp.lombok-timur")
    satu, dua = (program.post(API, data_buka(), **K) for _ in range(2))
    assert satu.status_code == dua.status_code == 201 and satu.content == dua.content
    assert satu["Location"] == dua["Location"] and satu["ETag"] == dua["ETag"]
    assert not satu.has_header("Idempotency-Replayed") and dua["Idempotency-Replayed"] == "true"
    assert Perkara.objects.count() == 1


def test_langkah_diulang_walau_versi_sudah_maju(sebagai, perkara):
    program = sebagai("ptsp.lombok-timur")
    kirim = partial(program.post, langkah(perkara, "periksa_berkas"), verdict(perkara), versi=1, **K)
    satu = kirim()
    program.post(langkah(perkara, "periksa_berkas"), verdict(perkara), versi=2)
    sebelum, dua = potret(perkara), kirim()
    assert satu.content == dua.content and dua.json()["sudah"] is False and potret(perkara) == sebelum


@pytest.mark.parametrize("beda", ["isi", "versi", "alamat"])
def test_kunci_yang_sama_untuk_permintaan_lain(sebagai, perkara, beda):
    program = sebagai("ptsp.lombok-timur")
    assert program.post(langkah(perkara, "periksa_berkas"), verdict(perkara), versi=1, **K).status_code == 200
    isi = verdict(perkara) | ({"alasan_ktp-kia": "x"} if beda == "isi" else {})
    ke = langkah(perkara, "nyatakan_lengkap" if beda == "alamat" else "periksa_berkas")
    sebelum = potret(perkara)
    jawab = program.post(ke, isi, versi=2 if beda == "versi" else 1, **K)
    assert (jawab.status_code, jenis(jawab)) == (422, "kunci-terpakai") and potret(perkara) == sebelum


def test_kunci_orang_lain_adalah_kunci_lain(sebagai, perkara):
    satu, dua = sebagai("ptsp.lombok-timur"), sebagai("jfu.lombok-timur")
    assert satu.post(langkah(perkara, "periksa_berkas"), verdict(perkara), versi=1, **K).status_code == 200
    assert dua.post(langkah(perkara, "periksa_berkas"), verdict(perkara), versi=1, **K).status_code == 409


def test_penolakan_tidak_memakan_kunci(sebagai):
    """A refused request wrote nothing: the corrected one may carry the same key."""
    program = sebagai("ptsp.lombok-timur")
    assert program.post(API, data_buka(nik="1"), **K).status_code == 422
    assert not KunciIdempotensi.objects.exists()
    assert program.post(API, data_buka(), **K).status_code == 201


def test_multipart_dengan_batas_lain_tetap_permintaan_yang_sama(sebagai, perkara, pelaksana):
    pelaksana.lakukan(
        perkara, "periksa_berkas", {"verdict": {b.kode: ("ada", "") for b in perkara.butir.all()}, "unggahan": {}}
    )
    kini = pelaksana.lakukan(segar(perkara), "nyatakan_lengkap").perkara
    program = sebagai("jfu.lombok-timur")
    satu, dua = (program.kirim(langkah(kini, "ambil_foto"), {"foto": foto()}, versi=kini.versi, **K) for _ in range(2))
    assert satu.status_code == 200 and satu.content == dua.content and dua["Idempotency-Replayed"] == "true"
    assert len(satu.json()["lampiran"]) == 3 and segar(perkara).lampiran.count() == 3


@pytest.mark.parametrize("kunci", ["", "a b", '"', "é", "x" * 256, '"tidak ditutup'])
def test_bukan_kunci(sebagai, kunci):
    jawab = sebagai("ptsp.lombok-timur").post(API, data_buka(), Idempotency_Key=kunci)
    assert (jawab.status_code, jenis(jawab)) == (400, "permintaan-rusak") and not Perkara.objects.exists()


def test_dengan_dan_tanpa_tanda_kutip_kunci_yang_sama(sebagai):
    program = sebagai("ptsp.lombok-timur")
    assert program.post(API, data_buka(), Idempotency_Key='"abc"').status_code == 201
    assert program.post(API, data_buka(), Idempotency_Key="abc").has_header("Idempotency-Replayed")


def test_tersimpan_tanpa_kunci_dan_data_pribadi(sebagai):
    program, nik = sebagai("ptsp.lombok-timur"), data_buka()["nik"]
    program.post(API, data_buka(), Idempotency_Key=nik)
    baris = str(KunciIdempotensi.objects.values().get())
    assert nik not in baris and "Siti" not in baris and "7000000001" not in baris


def test_lewat_sehari_dilupakan(sebagai):
    program = sebagai("ptsp.lombok-timur")
    program.post(API, data_buka(), **K)
    assert idempotensi.hapus_lama() == 0
    lalu = timezone.now() - datetime.timedelta(hours=25)
    KunciIdempotensi.objects.update(dibuat=lalu, sewa_sampai=lalu)
    lagi = program.post(API, data_buka(), **K)
    assert (lagi.status_code, jenis(lagi)) == (409, "sudah-ada") and not KunciIdempotensi.objects.exists()
    assert idempotensi.hapus_lama() == 0


def _permintaan(orang, kunci="k1", isi=b"{}"):
    from rest_framework.parsers import JSONParser

    mentah = RequestFactory().post(
        "/api/v1/x/", isi, content_type="application/json", headers={"Idempotency-Key": kunci}
    )
    hasil = Request(mentah, parsers=[JSONParser()])
    hasil.user, hasil.auth = orang, None
    return hasil


def _kerja(status=201):
    def efek():
        PercobaanCek.objects.create(kunci="efek", waktu=timezone.now())
        return Jawaban(status, {"n": PercobaanCek.objects.count()})

    return efek


class MatiListrik(BaseException):
    """As if the process were gone: nothing after it runs, not even the release of the key."""


def test_mati_di_tengah_lalu_diambil_alih(akun, monkeypatch):
    """Dead before the end: neither effect nor answer; within the lease 409, afterwards the work is done once."""
    orang = akun("ptsp.lombok-timur")

    def mati(*_):
        raise MatiListrik

    with monkeypatch.context() as m:
        m.setattr(idempotensi, "selesaikan", mati)
        m.setattr(idempotensi, "lepas", lambda _: None)
        with pytest.raises(MatiListrik):
            idempotensi.sekali(_permintaan(orang), _kerja)
    assert not PercobaanCek.objects.exists() and KunciIdempotensi.objects.get().selesai is None
    with pytest.raises(Masalah) as masih:
        idempotensi.sekali(_permintaan(orang), _kerja)
    assert masih.value.jenis.kode == "sedang-dikerjakan" and masih.value.kepala == {"Retry-After": "1"}
    KunciIdempotensi.objects.update(sewa_sampai=timezone.now() - datetime.timedelta(seconds=1))
    assert idempotensi.sekali(_permintaan(orang), _kerja).isi == {"n": 1}
    assert idempotensi.sekali(_permintaan(orang), _kerja).ulangan and PercobaanCek.objects.count() == 1


def test_yang_lambat_kehilangan_sewanya_dan_mengurungkan(akun):
    """Its lease ran out while it worked, another request took over and finished: the slow one takes its effect back."""
    orang = akun("ptsp.lombok-timur")

    def lambat():
        KunciIdempotensi.objects.update(sewa_sampai=timezone.now() - datetime.timedelta(seconds=1))
        assert idempotensi.sekali(_permintaan(orang), _kerja).isi == {"n": 1}
        return _kerja()

    with pytest.raises(Masalah):
        idempotensi.sekali(_permintaan(orang), lambat)
    assert PercobaanCek.objects.count() == 1 and KunciIdempotensi.objects.get().selesai is not None


def _berpasangan(orang, ulang, nomor):
    """Two equal requests at once, `ulang` times; how often both had an effect."""
    ganda = 0
    for i in range(ulang):
        sebelum = PercobaanCek.objects.count()
        hasil = balapan(*[partial(_satu, orang, f"{nomor}-{i}") for _ in range(2)])
        ganda += PercobaanCek.objects.count() - sebelum == 2
        assert [isinstance(h, Jawaban) for h in hasil].count(True) >= 1
    return ganda


def _satu(orang, kunci):
    try:
        return idempotensi.sekali(_permintaan(orang, kunci), _kerja)
    except Masalah as galat:
        return galat


@pytest.mark.django_db(transaction=True)
def test_dua_sekaligus_satu_akibat(akun, tanpa_bel):
    assert _berpasangan(akun("ptsp.lombok-timur"), 25, "balap") == 0
    assert PercobaanCek.objects.count() == 25


@pytest.mark.django_db(transaction=True)
def test_kendali_tanpa_kunci_unik_menggandakan(akun, tanpa_bel, monkeypatch):
    """The control: each claim under a key of its own, and the same race doubles every time."""
    asli, urut = idempotensi.ambil, iter(range(1000))
    monkeypatch.setattr(idempotensi, "ambil", lambda siapa, kunci, sidik: asli(siapa, f"{kunci}-{next(urut)}", sidik))
    assert _berpasangan(akun("ptsp.lombok-timur"), 10, "kendali") == 10


@pytest.mark.django_db(transaction=True)
def test_dua_permintaan_http_sekaligus_satu_perkara(sebagai, tanpa_bel):
    """The whole way: 201 and either its replay or 409 while it runs; one person, one case."""
    program = sebagai("ptsp.lombok-timur")
    hasil = balapan(*[partial(program.post, API, data_buka(), **K) for _ in range(2)])
    status = sorted(h.status_code for h in hasil)
    assert status in ([201, 201], [201, 409]) and Perkara.objects.count() == Jemaah.objects.count() == 1
    if status == [201, 409]:
        assert jenis(next(h for h in hasil if h.status_code == 409)) == "sedang-dikerjakan"


def test_pegangan_lama_tidak_melepas_milik_orang_lain(akun):
    orang = akun("ptsp.lombok-timur")
    idempotensi.sekali(_permintaan(orang), _kerja)
    baris = KunciIdempotensi.objects.get()
    idempotensi.lepas(Pegangan(baris.pk, "bukan-pemegang"))
    idempotensi.lepas(Pegangan(baris.pk, baris.pemegang))
    assert KunciIdempotensi.objects.exists(), "an answer that was given stays"
