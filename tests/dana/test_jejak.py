"""Jejak uang: every place where money can stand, said in plain words with its date."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.utils import timezone

from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Sistem
from haji_portal.dana import buku
from haji_portal.dana.contoh import isian
from haji_portal.dana.jejak import TANPA_BATAS, jejak_uang
from haji_portal.dana.models import Pengembalian
from haji_portal.dana.pengembalian import ajukan_lagi, ajukan_pengembalian
from haji_portal.jemaah.models import Setoran
from haji_portal.meja.kasus import jejak_pembaca
from haji_portal.ptsp.keadaan import keadaan
from tests.batal import SETOR, batal  # noqa: F401  (fixture)

pytestmark = pytest.mark.django_db
JALAN = ["catat_spm", "sahkan_spm", "catat_transfer", "sahkan_transfer", "terima"]


@pytest.fixture
def induk(batal):  # noqa: F811
    return batal(1, "diajukan", atas_nama="AMINAH CONTOH")


@pytest.fixture
def dana(induk):
    return ajukan_pengembalian(induk, rekening=induk.rekening, oleh=Sistem("uji"))


@pytest.fixture
def jalan(pelaksana):
    """`jalan(refund, "catat_spm", ...)`: these steps, each by somebody who may."""

    def _jalan(p, *langkah):
        for nama in langkah:
            p = pelaksana.lakukan(p, nama, isian(p, nama)).perkara
        return p

    return _jalan


def kalimat(jejak):
    return [t.kalimat for t in jejak.titik]


def test_sebelum_diajukan_tersimpan_sejak_tanggal_setoran(induk):
    jejak = jejak_uang(induk)
    assert kalimat(jejak) == ["Rp25.000.000 tersimpan di BPKH"]
    assert (jejak.kini, jejak.sejak) == ("Rp25.000.000 tersimpan di BPKH", "3 Maret 2015")
    assert jejak.rincian == [("Setoran", "Rp25.000.000"), ("Nilai manfaat", "dihitung BPKH, tertulis pada SPM")]
    assert not (jejak.tahap or jejak.lanjut or jejak.ajakan or jejak.tanpa_batas)


def test_sampai_diterima_setoran_dan_nilai_manfaat_terpisah(induk, dana, jalan):
    tempat = [jejak_uang(induk).kini]
    for langkah in (["catat_spm"], ["sahkan_spm"], ["catat_transfer", "sahkan_transfer"], ["terima"]):
        dana = jalan(dana, *langkah)
        tempat.append(jejak_uang(induk).kini)
    assert tempat == [
        "Rp25.000.000 di BPKH, sudah disisihkan untuk dikembalikan",
        "Rp25.000.000 di BPKH, sudah disisihkan untuk dikembalikan",
        "Rp26.234.567 dalam perintah bayar BPKH kepada bank",
        "Rp26.234.567 sudah dikirim bank, belum dipastikan diterima",
        "Rp26.234.567 sudah di rekening penerima",
    ]
    jejak = jejak_uang(induk)
    assert kalimat(jejak) == [
        "Rp25.000.000 tersimpan di BPKH",
        "Rp25.000.000 disisihkan untuk dikembalikan",
        f"BPKH memerintahkan pembayaran Rp26.234.567 (SPM nomor {dana.nomor_spm})",
        "Bank mentransfer Rp26.234.567 ke rekening Bank Muamalat ******0001 a.n. AMINAH CONTOH",
        "Rp26.234.567 diterima di rekening Bank Muamalat ******0001 a.n. AMINAH CONTOH",
    ]
    assert [n for _, n in jejak.rincian] == ["Rp25.000.000", "Rp1.234.567", "Rp26.234.567"]
    assert (jejak.lanjut, jejak.tanpa_batas) == ("", "")


def test_batas_waktu_mitra_dikatakan_selama_mitra_memegangnya(induk, dana, jalan):
    for langkah in (["catat_spm", "sahkan_spm"], ["catat_transfer", "sahkan_transfer"]):
        assert jejak_uang(induk).tanpa_batas == TANPA_BATAS
        dana = jalan(dana, *langkah)
    assert jejak_uang(induk).lanjut == "Bank memastikan uang sudah masuk ke rekening tujuan."


def test_yang_umum_tanpa_nama_dan_nomor_rekening(induk, dana, jalan):
    jalan(dana, *JALAN)
    jejak = jejak_uang(induk, umum=True)
    teks = " ".join(kalimat(jejak))
    assert "a.n. A. C." in teks
    assert "AMINAH" not in teks
    assert induk.rekening.nomor not in teks


def test_belum_pasti_lalu_dipastikan_tidak_terkirim(induk, dana, jalan):
    dana = jalan(dana, "catat_spm", "sahkan_spm", "nyatakan_belum_pasti")
    jejak = jejak_uang(induk)
    assert kalimat(jejak)[-1] == "Belum pasti apakah uang sudah sampai; uang tetap disisihkan"
    assert jejak.titik[-1].pada == timezone.localdate(timezone=induk.kantor.zona_waktu)
    assert "tidak dikirim untuk kedua kali" in jejak.lanjut
    assert jejak.nilai_manfaat == 1_234_567


def test_belum_pasti_sebelum_ada_perintah_bayar(induk, dana, jalan):
    """Where only BPKH's answer was lost, the family is not told of money that may be on its way."""
    dana = jalan(dana, "nyatakan_belum_pasti")
    jejak = jejak_uang(induk)
    assert kalimat(jejak)[-1] == "BPKH belum memastikan permintaan pembayaran; uang tetap disisihkan"
    assert jejak.kini.endswith("sudah disisihkan untuk dikembalikan; BPKH belum memastikan permintaan pembayarannya")
    assert jejak.lanjut == "BPKH memastikan permintaan pembayarannya sudah diterima, lalu bank mentransfer."
    jalan(dana, "terima_spm")
    assert "BPKH belum memastikan permintaan pembayaran; uang tetap disisihkan" in kalimat(jejak_uang(induk))


def test_sejak_kapan_uang_di_tangan_pemegangnya(induk, dana, jalan):
    """Not since when the cancellation waits for its money as a whole."""
    with time_machine.travel(timezone.now() + datetime.timedelta(days=3)):
        jalan(dana, "catat_spm", "sahkan_spm")
        umum = keadaan(Perkara.objects.get(pk=induk.pk))
        assert (umum.dengan, umum.sejak) == ("bank", jejak_uang(induk).sejak)


def test_gagal_lalu_disiapkan_lagi(induk, dana, jalan):
    dana = jalan(dana, "catat_spm", "sahkan_spm", "gagalkan")
    jejak = jejak_uang(induk)
    kembali = "Pembayaran tidak berhasil; Rp25.000.000 tersimpan di BPKH, nilai manfaatnya dihitung lagi"
    assert jejak.titik[-1].kalimat == kembali
    assert jejak.titik[-1].alasan == dana.alasan_akhir
    assert jejak.nilai_manfaat is None
    ajukan_lagi(dana)
    jejak = jejak_uang(induk)
    assert jejak.kini == "Rp25.000.000 di BPKH, sudah disisihkan untuk dikembalikan"
    assert kalimat(jejak)[-1] == "Rp25.000.000 disisihkan lagi untuk dikembalikan"
    assert "buku rekening" in jejak.ajakan


def test_retur_sesudah_diterima(induk, dana, jalan):
    jalan(dana, *JALAN, "kembalikan_dana")
    jejak = jejak_uang(induk)
    assert jejak.titik[-1].kalimat == (
        "Uang kembali dari bank penerima; Rp25.000.000 tersimpan di BPKH, nilai manfaatnya dihitung lagi"
    )
    assert jejak.kini == "Rp25.000.000 tersimpan di BPKH"


def test_dua_setoran_satu_gerak(induk, jalan):
    Setoran.objects.create(
        jemaah=induk.pemohon, bank="BSI", nomor_validasi="2699000001", jumlah=30_500_000, jenis="lunas",
        tanggal=datetime.date(2026, 3, 2), porsi=induk.porsi,
    )  # fmt: skip
    jalan(ajukan_pengembalian(induk, rekening=induk.rekening, oleh=Sistem("uji")), "catat_spm", "sahkan_spm")
    jejak = jejak_uang(induk)
    assert kalimat(jejak)[:3] == [
        "Setoran awal Rp25.000.000 tersimpan di BPKH",
        "Setoran lunas Rp30.500.000 tersimpan di BPKH",
        "Rp55.500.000 disisihkan untuk dikembalikan",
    ]
    assert "Rp56.734.567 (SPM" in kalimat(jejak)[3]
    assert len(jejak.titik) == 4


def test_reversal_bank(induk):
    buku.reversal("uji", induk.setoran, induk)
    jejak = jejak_uang(induk)
    assert kalimat(jejak)[-1] == "Rp25.000.000 dikembalikan bank kepada penyetor: setoran dibatalkan"
    assert jejak.kini == "Uang sudah tidak dikelola BPKH"


def test_bank_hanya_membaca_pembayarannya_sendiri(induk, dana, jalan, akun):
    """The refund that follows a return may go through another bank: the first one reads nothing of it."""
    dana = jalan(dana, *JALAN, "kembalikan_dana")
    lagi = ajukan_lagi(dana)
    milik_bank = jejak_pembaca(dana, akun("bps"))
    assert milik_bank.kini == milik_bank.tahap == ""
    assert "disisihkan lagi" not in " ".join(kalimat(milik_bank))
    for nama in ("jfu.lombok-timur", "direktorat", "inspektorat"):
        assert jejak_pembaca(dana, akun(nama)) == jejak_uang(induk) == jejak_uang(Pengembalian.objects.get(pk=lagi.pk))


def test_perkara_tanpa_setoran(batal):  # noqa: F811
    assert jejak_uang(batal.jurnal()) is None


def test_biaya_tetap(induk, dana, jalan, django_assert_num_queries):
    jalan(dana, *JALAN)
    segar = type(induk).objects.select_related("kantor", "porsi").get(pk=induk.pk)
    with django_assert_num_queries(5):
        jejak_uang(segar)
    assert SETOR.year == 2015
