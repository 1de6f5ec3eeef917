"""The intake of a transfer at the counter: a known porsi, one from before the portal, and what stands in the way."""

import datetime

import pytest
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.galat import SudahAda
from haji_portal.alur.models import Kunci, Perkara
from haji_portal.dana.buku import saldo_porsi
from haji_portal.dana.models import Akun
from haji_portal.jemaah.models import Jemaah, PeristiwaPorsi, Porsi, Rekening, Setoran
from pelimpahan import contoh
from pelimpahan.api import CONTOH
from pelimpahan.masuk import FormPelimpahan

from .jalan import HARI, petugas

pytestmark = pytest.mark.django_db
DIKENAL = ("terbit", "bank", "nomor_validasi", "jumlah", "tanggal_setoran")


@pytest.fixture
def kantor(acuan):
    return Kantor.objects.get(slug="lombok-timur")


@pytest.fixture
def dikenal(kantor):
    """The form about a porsi that the portal knows: of the pilgrim nothing is typed but the number."""
    asal = contoh.buat_jemaah(kantor, 7)
    setoran = contoh.setoran_contoh(asal, kantor, 7)
    isi = {n: v for n, v in CONTOH.items() if n not in DIKENAL and not n.startswith("asal_")}
    wafat = timezone.localdate() - 90 * HARI
    return isi | {"nomor_porsi": setoran.porsi.nomor, "bank_penerima": setoran.bank, "tanggal_meninggal": str(wafat)}


def formulir(kantor, isi, **ganti):
    return FormPelimpahan(isi | ganti, kantor=kantor)


def terima(kantor, isi, **ganti):
    form = formulir(kantor, isi, **ganti)
    assert form.is_valid(), form.errors
    return form.buka(petugas(f"jfu.{kantor.slug}")).perkara


def kalimat(form):
    return " ".join(str(k) for daftar in form.errors.values() for k in daftar)


def test_porsi_dikenal_cukup_nomornya(kantor, dikenal):
    p = terima(kantor, dikenal)
    assert p.pemohon.nama == CONTOH["nama"] and p.jemaah_asal == p.porsi.jemaah != p.pemohon
    assert p.rekening.jemaah == p.pemohon and Porsi.objects.count() == Setoran.objects.count() == 1
    kunci = set(Kunci.objects.filter(perkara=p.pk).values_list("jenis", flat=True))
    assert kunci == {"porsi", "setoran"}


def test_porsi_lama_dicatat_utuh(kantor):
    p = terima(kantor, CONTOH)
    assert (p.porsi.nomor, p.porsi.kantor, p.porsi.jemaah.nama) == ("2300000002", kantor, "Aminah Contoh")
    assert p.porsi.peristiwa.get().waktu.date() == datetime.date(2015, 3, 9)
    assert p.porsi.setoran.get().jumlah == 25_000_000 and p.porsi.setoran.get().jemaah == p.jemaah_asal
    assert saldo_porsi(p.porsi)[Akun.BPKH]["setoran"] == 25_000_000


def test_porsi_lama_tanpa_buktinya_ditanyakan(kantor):
    isi = {n: v for n, v in CONTOH.items() if n not in DIKENAL}
    form = formulir(kantor, isi)
    assert set(form.errors) == set(DIKENAL) and "belum dikenal portal" in kalimat(form)


def test_gagal_di_akhir_tidak_menulis_apa_pun(kantor):
    form = formulir(kantor, CONTOH)
    assert form.is_valid()
    with pytest.raises(Exception, match="Permohonan dibuka"):
        form.buka(petugas("bps"))
    assert [m.objects.count() for m in (Jemaah, Porsi, Setoran, Rekening, PeristiwaPorsi, Perkara)] == [0] * 6


def test_porsi_kantor_lain_ditolak_dengan_aturannya(kantor, dikenal):
    Porsi.objects.update(kantor=Kantor.objects.get(slug="tanah-bumbu"))
    assert "245/2021 A.9" in kalimat(formulir(kantor, dikenal))


def test_cari_tidak_membacakan_porsi_kantor_lain(kantor, dikenal):
    assert formulir(kantor, dikenal).cari()["asal_nama"] == Porsi.objects.get().jemaah.nama
    lain = Kantor.objects.get(slug="tanah-bumbu")
    assert formulir(lain, dikenal).cari() == {}


def test_pemegang_lain_dari_yang_ditulis(kantor, dikenal):
    assert "tercatat atas nama orang lain" in kalimat(formulir(kantor, dikenal, asal_nik=CONTOH["asal_nik"]))


def test_setoran_untuk_porsi_lain(kantor, dikenal):
    asal = Porsi.objects.get().jemaah
    lain = contoh.setoran_contoh(asal, kantor, 8)
    form = formulir(kantor, dikenal, nomor_validasi=lain.nomor_validasi)
    assert "tercatat untuk nomor porsi lain" in kalimat(form)


def test_dari_beberapa_porsi_hanya_yang_terdekat(kantor, dikenal):
    porsi = Porsi.objects.get()
    dekat = contoh.setoran_contoh(porsi.jemaah, kantor, 8).porsi
    Porsi.objects.filter(pk=dekat.pk).update(terbit=porsi.terbit - HARI)
    salah = formulir(kantor, dikenal)
    assert "245/2021 A.6" in kalimat(salah) and dekat.nomor in kalimat(salah)
    p = terima(kantor, dikenal, nomor_porsi=dekat.nomor, bank_penerima=dekat.setoran.get().bank)
    assert [satu.nomor for satu in p.porsi_lain()] == [porsi.nomor], "the others are proposed for cancellation"


def test_perkara_lain_pada_porsi_disebut(kantor, dikenal):
    pertama = terima(kantor, dikenal)
    form = formulir(kantor, dikenal)
    assert form.is_valid(), form.errors
    with pytest.raises(SudahAda, match=pertama.nomor):
        form.buka(petugas("ptsp.lombok-timur"))
    assert Perkara.objects.count() == 1


def test_pembatalan_yang_berjalan_menghalangi(kantor, dikenal, batal):
    lama = batal(9, porsi=Porsi.objects.get())
    form = formulir(kantor, dikenal)
    assert form.is_valid()
    with pytest.raises(SudahAda, match=lama.nomor):
        form.buka(petugas("jfu.lombok-timur"))


@pytest.mark.parametrize(
    ("ganti", "kata"),
    [
        ({"hadir_sendiri": ""}, "245/2021 E.1"),
        ({"tanggal_meninggal": ""}, "245/2021 B.2.b"),
        ({"bank_penerima": "Bank Lain"}, "245/2021 B.1.h"),
        ({"atas_nama": "ORANG LAIN"}, "245/2021 B.1.h"),
        ({"tanggal_lahir": "2020-01-01"}, "245/2021 A.4"),
    ],
    ids=["diwakilkan", "tanpa-tanggal", "bank", "rekening", "usia"],
)
def test_yang_tidak_memenuhi_menyebut_dasarnya(kantor, dikenal, ganti, kata):
    assert kata in kalimat(formulir(kantor, dikenal, **ganti)) and not Perkara.objects.exists()


def test_jemaah_tidak_menerima_porsinya_sendiri(kantor, dikenal):
    asal = Porsi.objects.get().jemaah
    diri = {n: getattr(asal, n) for n in ("nik", "nama", "tempat_lahir", "tanggal_lahir", "jenis_kelamin", "alamat")}
    form = formulir(kantor, dikenal, **diri, asal_nik=asal.nik, atas_nama=asal.nama)
    assert "jemaah itu sendiri" in kalimat(form)
