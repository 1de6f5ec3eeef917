"""A refund whose cancellation was put right: what the partners still say of it moves no money and opens no refund."""

from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from haji_portal.akun.models import Pengguna
from haji_portal.alur.galat import LangkahGagal, Tertutup
from haji_portal.alur.jalankan import Hasil, jalankan
from haji_portal.alur.models import Efek, Perkara
from haji_portal.alur.pelaku import Sistem
from haji_portal.dana import pembukuan
from haji_portal.dana.buku import SaldoKurang, saldo_porsi
from haji_portal.dana.contoh import isian as isian_dana
from haji_portal.dana.efek import siapkan_lagi
from haji_portal.dana.mitra import jawaban, olah
from haji_portal.dana.models import Akun, KonfirmasiSaldo, Pengembalian, Posting, Putusan
from haji_portal.dana.pengembalian import ajukan_lagi
from haji_portal.dana.periksa import periksa_buku
from tests.conftest import SANDI
from tests.dana.mitra.kirim_kabar import isi_kabar
from tests.dana.mitra.test_olah import kabari, simpan
from tests.dana.tanah import langkah as langkah_dana
from tests.kontrak.balapan import balapan

from .jalan import KS, batal, buka, kerjakan_efek, lakukan, langkahi, sampai, segar
from .test_cabang import KEMBALI
from .test_masuk import buka as lewat_loket

RETUR, TRANSFER, GAGAL = "dana.retur", "dana.ditransfer", "dana.gagal"
basis = pytest.mark.basis


def refund(induk) -> Pengembalian:
    return Pengembalian.objects.filter(induk=induk.pk).latest("pk")


def diminta(pelaksana, induk, urut):
    """The reactivation up to where BPKH is asked whether the pilgrim's money has come back."""
    p = sampai(pelaksana, buka(urut, KS, batal=induk), "menunggu_saldo")
    return langkahi(pelaksana, p, "saldo_keluar", "minta_setoran_pusat", *KEMBALI[:3])


def letak(porsi) -> tuple[int, int, int]:
    """Deposits at BPKH, under way, and with the recipient."""
    saldo = saldo_porsi(porsi)
    jalan = sum(saldo[a]["setoran"] for a in (Akun.DIPESAN, Akun.SPM, Akun.BPS))
    return saldo[Akun.BPKH]["setoran"], jalan, saldo[Akun.PENERIMA]["setoran"]


def utuh(porsi) -> None:
    """The whole deposit lies at BPKH, nothing is negative, no refund lives."""
    jumlah = sum(int(s.jumlah) for s in porsi.setoran.all())
    assert letak(porsi) == (jumlah, 0, 0)
    assert periksa_buku(catat=False) == []
    assert not Pengembalian.objects.filter(porsi=porsi, ditutup__isnull=True).exists()


@pytest.fixture(params=["setoran pasti", "porsi aktif"])
def disetor(pelaksana, request):
    """(cancellation, its received refund) after the pilgrim paid back, before and after the porsi lives again."""
    induk = batal(pelaksana, 8, sampai_tahap="selesai")
    p = lakukan(pelaksana, diminta(pelaksana, induk, 8), "setoran_pasti")
    if request.param == "porsi aktif":
        p = lakukan(pelaksana, p, "aktifkan_lanjutan")
    return induk, refund(induk)


@pytest.mark.django_db
def test_retur_dari_mitra_dikarantina(disetor):
    induk, p = disetor
    assert kabari(p, RETUR) == ["karantina dipulihkan"]
    assert kabari(p, RETUR, GAGAL) == ["diabaikan sudah", "karantina sesudah_akhir"]
    assert refund(induk).tahap == "diterima" and segar(induk).tahap == "selesai"
    with pytest.raises(LangkahGagal, match="sudah dipulihkan"):
        olah.nilai_ulang(Putusan.objects.menunggu().filter(alasan="dipulihkan").get())
    kerjakan_efek()
    utuh(induk.porsi)


@pytest.mark.django_db
def test_jawaban_bpkh_tentang_retur_dikarantina(disetor):
    induk, p = disetor
    isi = isi_kabar(p, RETUR)
    putusan = jawaban._nilai(jawaban.simpan(RETUR, isi, 1))
    assert (putusan.hasil, putusan.alasan) == ("karantina", "dipulihkan")
    utuh(induk.porsi)


@pytest.mark.django_db
def test_langkah_petugas_ditolak_dengan_kalimat(disetor):
    induk, p = disetor
    for nama, akun in (("kembalikan_dana", "direktorat"), ("terima_retur", "")):
        with pytest.raises(Tertutup, match="Selesaikan kabar tentang pembayaran lama ini dengan BPKH"):
            langkah_dana(p, nama, akun)
    klien = Client()
    klien.force_login(Pengguna.objects.get(username="direktorat"))
    klien.post("/sandi-lagi/", {"sandi": SANDI})
    isi = {"versi": p.versi, "alasan": "Dana kembali."}
    jawab = klien.post(f"/pengembalian/{p.nomor}/langkah/kembalikan_dana/", isi)
    assert jawab.status_code in (409, 422)
    utuh(induk.porsi)


@pytest.mark.django_db
def test_pengembalian_lagi_tidak_dibuka(disetor):
    induk, p = disetor
    with pytest.raises(Tertutup, match="tidak berlaku lagi"):
        ajukan_lagi(p)
    utuh(induk.porsi)


@pytest.mark.django_db
def test_buku_sendiri_menolak_uang_yang_sudah_disetor_kembali(disetor):
    """Whatever the conditions said: behind the deposits' lock the book itself does not let it become negative."""
    induk, p = disetor
    p.waktu = timezone.now()
    with pytest.raises(SaldoKurang, match="sudah disetor kembali"):
        pembukuan.retur(p)
    utuh(induk.porsi)


@pytest.mark.django_db
def test_retur_sebelum_disetor_kembali_tetap_dibukukan_dan_menunggu(pelaksana):
    """The money bounced while the reactivation was examined: it is at BPKH, and no refund is opened meanwhile."""
    induk = batal(pelaksana, 8, sampai_tahap="selesai")
    p = diminta(pelaksana, induk, 8)
    assert kabari(refund(induk), RETUR) == ["diterapkan"]
    kerjakan_efek()
    utuh(induk.porsi)
    assert segar(induk).tahap == "selesai"
    assert {e.jenis for e in Efek.objects.filter(selesai__isnull=True)} >= {"dana.ajukan_lagi", "alur.induk"}
    p = langkahi(pelaksana, p, "setoran_pasti", "aktifkan_lanjutan", "jawab")
    Efek.objects.filter(selesai__isnull=True).update(jatuh_tempo=timezone.now())
    kerjakan_efek()
    assert segar(induk).tahap == "selesai" and segar(p).porsi.status == "aktif"
    assert not Efek.objects.filter(jenis__in=("dana.ajukan_lagi", "alur.induk"), selesai__isnull=True).exists()
    assert not Posting.objects.filter(jenis="kembali").exists()
    utuh(induk.porsi)


@pytest.mark.django_db
def test_retur_lalu_pengaktifan_gagal_uangnya_diajukan_lagi(pelaksana):
    induk = batal(pelaksana, 8, sampai_tahap="selesai")
    p = sampai(pelaksana, buka(8, KS, batal=induk), "di_pusat")
    kabari(refund(induk), RETUR)
    kerjakan_efek()
    langkahi(pelaksana, p, "usulkan_tolak", "jawab_tolak")
    Efek.objects.filter(selesai__isnull=True).update(jatuh_tempo=timezone.now())
    kerjakan_efek()
    baru = refund(induk)
    assert (baru.tahap, segar(induk).tahap) == ("disiapkan", "diajukan") and baru.sebelumnya_id
    assert letak(induk.porsi)[1] == baru.jumlah_setoran
    assert periksa_buku(catat=False) == []


@pytest.fixture
def dilepas(pelaksana):
    """A refund failed, and before the next one was prepared a reactivation took the porsi: (cancellation, refund,
    reactivation, the waiting effect)."""
    induk = batal(pelaksana, 9, sampai_tahap="diajukan")
    p = refund(induk)
    assert olah.olah(simpan(p, GAGAL).pk)
    efek = Efek.objects.get(jenis="dana.ajukan_lagi", riwayat__perkara=p.pk)
    return induk, p, lewat_loket(induk), efek


@pytest.mark.django_db
def test_pengganti_tidak_disiapkan_untuk_porsi_yang_aktif_kembali(pelaksana, dilepas):
    induk, p, aktif, efek = dilepas
    assert segar(induk).tahap == "dialihkan"
    aktif = sampai(pelaksana, aktif, "selesai")
    for _ in range(2):
        siapkan_lagi(efek)
    assert kabari(p, TRANSFER) == ["karantina dipulihkan"]
    kerjakan_efek()
    assert segar(induk).tahap == "dialihkan" and segar(aktif).porsi.status == "aktif"
    utuh(induk.porsi)


@pytest.mark.django_db
def test_pembatalan_yang_dilanjutkan_mengajukan_uangnya_sendiri(pelaksana, dilepas):
    """The failed refund's replacement does not come beside the one that the journal asks for."""
    induk, p, aktif, efek = dilepas
    lakukan(pelaksana, aktif, "cabut")
    Efek.objects.filter(selesai__isnull=True).update(jatuh_tempo=timezone.now())
    kerjakan_efek()
    siapkan_lagi(efek)
    assert segar(induk).tahap == "dibatalkan" and refund(induk).pk == p.pk
    utuh(induk.porsi)


@basis
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("tanpa_bel")
def test_retur_dan_setoran_kembali_pada_saat_yang_sama(pelaksana):
    """Either the money bounced or it was paid back; in every order the book has it once, at BPKH."""
    for urut in range(20, 24):
        induk = batal(pelaksana, urut, sampai_tahap="selesai")
        diminta(pelaksana, induk, urut)
        p, k = refund(induk), KonfirmasiSaldo.objects.filter(porsi=induk.porsi_id).latest("pk")
        ada = {"jumlah": k.jumlah, "per_tanggal": timezone.localdate()}
        oleh = Sistem("uji")
        hasil = balapan(
            partial(jalankan, Perkara(pk=k.pk), "nyatakan_ada", oleh=oleh, versi=None, data=ada),
            partial(jalankan, Perkara(pk=p.pk), "terima_retur", oleh=oleh, versi=None,
                    data=isian_dana(p, "terima_retur")),
        )  # fmt: skip
        assert isinstance(hasil[0], Hasil) and isinstance(hasil[1], (Hasil, LangkahGagal)), hasil
        kerjakan_efek()
        utuh(induk.porsi)
