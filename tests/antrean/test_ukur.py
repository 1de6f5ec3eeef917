"""Times from the log, calls in words, opening hours, the end of the day."""

import datetime

import pytest

from haji_portal.alur.models import HariLibur
from haji_portal.ptsp.antrean import panggil
from haji_portal.ptsp.antrean.ambil import Tamu
from haji_portal.ptsp.antrean.bersih import kosongkan_tamu, tutup_hari
from haji_portal.ptsp.antrean.buka import kalimat_istirahat, kalimat_tutup
from haji_portal.ptsp.antrean.ucapan import ucapan
from haji_portal.ptsp.antrean.ukur import angka, baca, bagian, perkiraan, persentil
from haji_portal.ptsp.models import BukuTamu, Loket, Tiket

from .jalan import di_meja, layanan, nomor

pytestmark = [pytest.mark.django_db]


def maju(jam, menit):
    jam.shift(datetime.timedelta(minutes=menit))


def lewati_waktu(jam, loket, siapa, tunggu, layan):
    """The next number waits and is served for so many minutes."""
    maju(jam, tunggu)
    tiket = panggil.panggil_berikutnya(loket, oleh=siapa, kini=None)
    panggil.layani(tiket, loket=loket, oleh=siapa)
    maju(jam, layan)
    return panggil.selesaikan(tiket, loket=loket, oleh=siapa)


class TestWaktu:
    def test_menunggu_dan_dilayani(self, kantor, pagi):
        tiket = nomor(kantor)
        loket, siapa = di_meja("ptsp.lombok-timur")
        lewati_waktu(pagi, loket, siapa, 7, 12)
        (satu,) = bagian(baca(kantor, tiket.tanggal))
        assert (satu.tunggu, satu.layan, satu.loket) == (7 * 60, 12 * 60, loket.pk)

    def test_yang_dipindahkan_dihitung_di_setiap_tempat(self, kantor, pagi):
        nomor(kantor)
        loket, siapa = di_meja("ptsp.lombok-timur")
        lain, dia = di_meja("jfu.lombok-timur", 2)
        maju(pagi, 5)
        tiket = panggil.panggil_berikutnya(loket, oleh=siapa, kini=None)
        panggil.layani(tiket, loket=loket, oleh=siapa)
        maju(pagi, 2)
        panggil.pindahkan(tiket, loket=loket, oleh=siapa, ke=lain, layanan=layanan(kantor, "B"))
        lewati_waktu(pagi, lain, dia, 3, 10)
        satu, dua = bagian(baca(kantor, tiket.tanggal))
        assert (satu.tunggu, satu.layan, satu.loket) == (300, 120, loket.pk)
        assert (dua.tunggu, dua.layan, dua.loket, dua.layanan) == (180, 600, lain.pk, layanan(kantor, "B").pk)

    def test_yang_dipanggil_untuk_mengambil_surat_tidak_menunggu(self, kantor, pagi):
        nomor(kantor)
        loket, siapa = di_meja("ptsp.lombok-timur")
        tiket = lewati_waktu(pagi, loket, siapa, 5, 5)
        maju(pagi, 60)
        panggil.panggil_lagi(tiket, loket=loket, oleh=siapa)
        panggil.layani(tiket, loket=loket, oleh=siapa)
        maju(pagi, 1)
        panggil.selesaikan(tiket, loket=loket, oleh=siapa)
        assert [(b.tunggu, b.layan) for b in bagian(baca(kantor, tiket.tanggal))] == [(300, 300), (None, 60)]

    def test_yang_tidak_datang_tetap_menunggu_sampai_panggilan_pertama(self, kantor, pagi):
        nomor(kantor)
        loket, siapa = di_meja("ptsp.lombok-timur")
        maju(pagi, 4)
        tiket = panggil.panggil_berikutnya(loket, oleh=siapa, kini=None)
        panggil.lewati(tiket, loket=loket, oleh=siapa)
        maju(pagi, 30)
        panggil.panggil_lagi(tiket, loket=loket, oleh=siapa)
        (satu,) = bagian(baca(kantor, tiket.tanggal))
        assert (satu.tunggu, satu.layan) == (240, None)

    def test_persentil_adalah_nilai_yang_terukur(self):
        assert persentil([], 0.5) is None
        assert persentil([3], 0.9) == 3
        assert (persentil(range(1, 11), 0.5), persentil(range(1, 11), 0.9)) == (5, 9)
        assert angka([])["tunggu_median"] is None

    def test_perkiraan_dari_hari_ini(self, kantor, pagi):
        loket, siapa = di_meja("ptsp.lombok-timur")
        for _ in range(3):
            nomor(kantor)
        for _ in range(2):
            lewati_waktu(pagi, loket, siapa, 1, 12)
        menunggu = nomor(kantor)
        assert perkiraan(menunggu, 1) is None, "two services tell nothing yet"
        lewati_waktu(pagi, loket, siapa, 1, 12)
        pagi.shift(31)  # the remembered medians are old now
        assert perkiraan(menunggu, 4) is not None
        assert (perkiraan(menunggu, 4), perkiraan(menunggu, 0)) == (50, 0)
        di_meja("jfu.lombok-timur", 2)
        assert perkiraan(menunggu, 4) == 25, "two desks are twice as fast"


@pytest.mark.parametrize(
    ("huruf", "angka_nomor", "loket", "kata"),
    [
        ("A", 12, 2, "Nomor antrean A, nol, dua belas, silakan ke loket dua."),
        ("B", 5, 11, "Nomor antrean B, nol, nol, lima, silakan ke loket sebelas."),
        ("C", 120, 1, "Nomor antrean C, seratus dua puluh, silakan ke loket satu."),
    ],
)
def test_ucapan(huruf, angka_nomor, loket, kata):
    assert ucapan(Tiket(huruf=huruf, nomor=angka_nomor), Loket(nomor=loket)) == kata


def test_ucapan_loket_bernama():
    assert ucapan(Tiket(huruf="A", nomor=1), Loket(nomor=3, nama="Meja Foto")).endswith("silakan ke Meja Foto.")


class TestBuka:
    def test_jam_kantor_di_zonanya(self, kantor):
        buka = datetime.datetime(2026, 11, 23, 7, 30, tzinfo=kantor.zona_waktu)
        assert kalimat_tutup(kantor, buka) == ""
        sebelum = kalimat_tutup(kantor, buka - datetime.timedelta(minutes=1))
        assert "Senin, 23 November 2026 pukul 07.30 WITA" in sebelum
        assert "Selasa, 24 November 2026" in kalimat_tutup(kantor, buka.replace(hour=16, minute=0))
        assert "Senin, 23 November 2026" in kalimat_tutup(kantor, buka - datetime.timedelta(days=1))

    def test_istirahat_tetap_memberi_nomor(self, kantor):
        siang = datetime.datetime(2026, 11, 23, 12, 15, tzinfo=kantor.zona_waktu)
        assert kalimat_tutup(kantor, siang) == ""
        assert "sampai pukul 13.00 WITA" in kalimat_istirahat(kantor, siang)
        assert kalimat_istirahat(kantor, siang.replace(hour=11)) == ""

    def test_hari_libur_disebut(self, kantor):
        hari = datetime.date(2026, 11, 24)
        HariLibur.objects.create(tanggal=hari, nama="Hari jadi kabupaten", jenis="setempat", kantor=kantor)
        saat = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=kantor.zona_waktu)
        assert "(Hari jadi kabupaten)" in kalimat_tutup(kantor, saat)


class TestBersih:
    def test_nomor_kemarin_ditutup_sekali(self, kantor, pagi):
        semua = [nomor(kantor) for _ in range(3)]
        loket, siapa = di_meja("ptsp.lombok-timur")
        panggil.layani(panggil.panggil_berikutnya(loket, oleh=siapa, kini=None), loket=loket, oleh=siapa)
        assert tutup_hari() == 0
        maju(pagi, 24 * 60)
        assert (tutup_hari(), tutup_hari()) == (3, 0)
        keadaan = [Tiket.objects.get(pk=t.pk).keadaan for t in semua]
        assert keadaan == ["selesai", "batal", "batal"]
        assert semua[0].peristiwa.last().jenis == "ditutup"

    def test_data_diri_tamu_lama_dihapus(self, kantor, pagi):
        nomor(kantor, tamu=Tamu("Siti Contoh", "Selong", "081200000001"))
        maju(pagi, 91 * 24 * 60)
        baru = nomor(kantor, tamu=Tamu("Budi Contoh", "Selong"))
        assert (kosongkan_tamu(), kosongkan_tamu()) == (1, 0)
        lama = BukuTamu.objects.exclude(pk=baru.tamu_id).get()
        assert (lama.nama, lama.asal, lama.telepon, lama.keperluan) == ("", "", "", "") and lama.dikosongkan
        assert BukuTamu.objects.get(pk=baru.tamu_id).nama == "Budi Contoh"
        assert Tiket.objects.count() == 2, "the number stays as a figure"
