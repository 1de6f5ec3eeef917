"""The question to BPKH: by machine with repetition, by hand on its page, and by file."""

import pytest
from django.test import Client
from django.utils import timezone

from haji_portal.akun.models import Pengguna
from haji_portal.alur.models import Efek
from haji_portal.dana.mitra import saldo as modul_saldo
from haji_portal.dana.mitra.tanya import MitraBisu, Saldo
from haji_portal.dana.models import KonfirmasiSaldo
from haji_portal.meja.models import ImporBerkas
from haji_portal.meja.tukar.periksa import dalam_kalimat
from tests.conftest import SANDI
from tests.meja.berkas_siskohat import csv

from .jalan import buka, kerjakan_efek, sampai, segar

pytestmark = pytest.mark.django_db


@pytest.fixture
def p(pelaksana):
    return sampai(pelaksana, buka(2), "menunggu_saldo")


def tanya(p):
    return KonfirmasiSaldo.objects.filter(induk=p.pk).latest("pk")


def mesin(monkeypatch, settings, *jawaban):
    """BPKH's machine: one answer after the other; an exception is raised."""
    settings.BPKH_URL = "http://127.0.0.1:9/bpkh"
    urut = iter(jawaban)

    def satu(**nomor):
        assert nomor["nomor_validasi"] is None and len(nomor["nomor_porsi"]) == 10
        isi = next(urut)
        if isinstance(isi, Exception):
            raise isi
        return isi

    monkeypatch.setattr(modul_saldo, "tanya_saldo", satu)


@pytest.mark.parametrize(("selisih", "tahap"), [(0, "saldo_ada"), (1, "saldo_ada"), (-1, "saldo_keluar")])
def test_jawaban_mesin(p, monkeypatch, settings, selisih, tahap):
    jumlah = tanya(p).jumlah + selisih
    mesin(monkeypatch, settings, Saldo("ada", jumlah, timezone.now()))
    kerjakan_efek()
    assert segar(p).tahap == tahap and tanya(p).jawaban == jumlah


def test_tidak_ada(p, monkeypatch, settings):
    mesin(monkeypatch, settings, Saldo("tidak_ada", None, None))
    kerjakan_efek()
    assert segar(p).tahap == "saldo_keluar" and tanya(p).jawaban == 0


def test_mesin_bisu_diulang_lalu_dijawab(p, monkeypatch, settings):
    mesin(monkeypatch, settings, MitraBisu("BPKH tidak menjawab."), Saldo("ada", tanya(p).jumlah, None))
    kerjakan_efek()
    efek = Efek.objects.get(jenis="dana.tanya_saldo")
    assert segar(p).tahap == "menunggu_saldo" and efek.selesai is None and efek.percobaan == 1
    Efek.objects.filter(pk=efek.pk).update(jatuh_tempo=timezone.now())
    kerjakan_efek()
    assert segar(p).tahap == "saldo_ada"


def test_nomor_yang_tidak_dikenal_mesin_dijawab_orang(p, monkeypatch, settings):
    mesin(monkeypatch, settings, Saldo("tidak_dikenal", None, None))
    kerjakan_efek()
    k = tanya(p)
    assert k.tahap == "ditanyakan" and "tidak mengenal" in k.keterangan
    klien = masuk("bpkh")
    isi = {"versi": k.versi, "jumlah": f"{k.jumlah:,}".replace(",", "."), "per_tanggal": timezone.localdate()}
    jawab = klien.post(f"/konfirmasi-saldo/{k.nomor}/langkah/nyatakan_ada/", isi)
    assert jawab.status_code == 303, jawab.text
    kerjakan_efek()
    assert segar(p).tahap == "saldo_ada"


def test_jumlah_yang_kurang_ditolak_di_isiannya(p):
    k = tanya(p)
    isi = {"versi": k.versi, "jumlah": "1.000", "per_tanggal": timezone.localdate()}
    jawab = masuk("bpkh").post(f"/konfirmasi-saldo/{k.nomor}/langkah/nyatakan_ada/", isi)
    assert jawab.status_code == 422 and "jawab “tidak ada”" in jawab.text


@pytest.mark.parametrize(("kurang", "tahap"), [(0, "saldo_ada"), (5, "saldo_keluar")])
def test_lewat_berkas(p, kurang, tahap):
    k, klien = tanya(p), masuk("bpkh")
    assert k.nomor in klien.get("/berkas-dana/saldo/ekspor/?format=csv").content.decode("utf-8-sig")
    hari = timezone.localdate().strftime("%d-%m-%Y")
    judul = ["Nomor perkara", "Jumlah ditanyakan", "Saldo di BPKH", "Saldo per tanggal"]
    jawab = klien.post(
        "/berkas-dana/saldo/impor/", {"berkas": csv([k.nomor, k.jumlah, k.jumlah - kurang, hari], judul=judul)}
    )
    assert jawab.status_code == 303, jawab.text
    impor = ImporBerkas.objects.latest("pk")
    assert [(b.keadaan, b.kalimat) for b in impor.baris.all()] == [("siap", "")]
    assert klien.post(f"/berkas-dana/impor/{impor.pk}/terapkan/").status_code == 303
    kerjakan_efek()
    assert segar(p).tahap == tahap
    assert tanya(p).lampiran.filter(jenis="bukti_saldo").exists()


def test_berkas_untuk_pertanyaan_lain(p):
    k, klien = tanya(p), masuk("bpkh")
    hari = timezone.localdate().strftime("%d-%m-%Y")
    judul = ["Nomor perkara", "Jumlah ditanyakan", "Saldo di BPKH", "Saldo per tanggal"]
    klien.post("/berkas-dana/saldo/impor/", {"berkas": csv([k.nomor, "1000", k.jumlah, hari], judul=judul)})
    (baris,) = ImporBerkas.objects.latest("pk").baris.all()
    assert baris.keadaan == "galat" and "bukan jumlah perkara ini" in baris.kalimat


def test_judul_kolom_di_tengah_kalimat():
    judul = ("Saldo di BPKH", "Nomor porsi", "NIK")
    assert [dalam_kalimat(j) for j in judul] == ["saldo di BPKH", "nomor porsi", "NIK"]


def masuk(nama):
    klien = Client()
    klien.force_login(Pengguna.objects.get(username=nama))
    klien.post("/sandi-lagi/", {"sandi": SANDI})
    return klien
