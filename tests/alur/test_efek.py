"""The outbox: claimed once, repeated after a crash or a failure, given up in the end."""

import datetime
import os
import smtplib
import threading

import pytest
from django.db import close_old_connections, connection
from django.utils import timezone

from haji_portal.alur import efek as mesin
from haji_portal.alur.efek import (
    MAKS_PERCOBAAN,
    SEWA,
    GalatEfek,
    JanganUlang,
    coba_lagi,
    efek_tertunda,
    jalankan_efek,
    jeda,
    penangan,
    ringkas,
    sapu,
)
from haji_portal.alur.models import Efek
from tests.alur.buatan import buat_efek


@pytest.fixture
def tangani(monkeypatch):
    """Register a handler for this test only; returns the list of effects it was called with."""
    monkeypatch.setattr(mesin, "_penangan", {})
    panggilan = []

    def pasang(fungsi=lambda efek: None, jenis="uji.catat"):
        def bungkus(efek):
            panggilan.append(efek.pk)
            fungsi(efek)

        penangan(jenis)(bungkus)
        return panggilan

    return pasang


def segera(efek):
    """As if its pause were over."""
    Efek.objects.filter(pk=efek.pk).update(jatuh_tempo=timezone.now())


@pytest.mark.django_db
class TestSekali:
    def test_selesai_tidak_diulang(self, tangani):
        panggilan = tangani()
        efek = buat_efek()
        assert jalankan_efek(efek.pk) is True
        assert jalankan_efek(efek.pk) is False
        assert panggilan == [efek.pk]
        efek.refresh_from_db()
        assert efek.selesai is not None
        assert efek.sewa_sampai is None
        assert efek.percobaan == 1
        assert efek_tertunda() == 0

    def test_yang_disewa_tidak_dijalankan(self, tangani):
        panggilan = tangani()
        efek = buat_efek(sewa_sampai=timezone.now() + SEWA, percobaan=1)
        assert jalankan_efek(efek.pk) is False
        assert sapu() == 0
        assert panggilan == []

    def test_mati_di_tengah_diulang_sesudah_sewa_habis(self, tangani):
        """The worker ends between its work and its note, as with kill -9: nothing of ours runs any more."""

        class PekerjaMati(BaseException):
            pass

        def mati(efek):
            raise PekerjaMati

        panggilan = tangani(mati)
        efek = buat_efek()
        with pytest.raises(PekerjaMati):
            jalankan_efek(efek.pk)
        assert sapu() == 0, "the lease still runs"
        Efek.objects.filter(pk=efek.pk).update(sewa_sampai=timezone.now() - datetime.timedelta(seconds=1))
        mesin._penangan.clear()
        tangani()
        assert sapu() == 1
        assert panggilan == [efek.pk, efek.pk]

    def test_sewa_hilang_tidak_menimpa_pemilik_baru(self, tangani):
        """A slow handler outlives its lease and somebody else claims: the slow one must not write the outcome."""

        def lambat(efek):
            Efek.objects.filter(pk=efek.pk).update(percobaan=efek.percobaan + 1, sewa_sampai=timezone.now() + SEWA)
            raise GalatEfek("terlambat")

        tangani(lambat)
        efek = buat_efek()
        assert jalankan_efek(efek.pk) is False
        efek.refresh_from_db()
        assert (efek.percobaan, efek.galat) == (2, "")
        assert efek.sewa_sampai is not None

    def test_sapu_urut_dan_terbatas(self, tangani):
        panggilan = tangani()
        kini = timezone.now()
        lama, tengah, baru = (buat_efek(jatuh_tempo=kini - datetime.timedelta(minutes=menit)) for menit in (30, 20, 10))
        buat_efek(jatuh_tempo=kini + datetime.timedelta(minutes=5))
        assert sapu(batas=2) == 2
        assert panggilan == [lama.pk, tengah.pk]
        assert sapu() == 1
        assert panggilan[-1] == baru.pk

    def test_satu_penangan_per_jenis(self, tangani):
        tangani()
        with pytest.raises(ValueError, match="already has a handler"):
            tangani()


@pytest.mark.django_db
class TestGagal:
    def test_gagal_ditunda_dengan_jeda_yang_tumbuh(self, tangani):
        def gagal(efek):
            raise GalatEfek("Server surat belum menjawab")

        tangani(gagal)
        efek = buat_efek()
        mulai = timezone.now()
        assert jalankan_efek(efek.pk) is False
        efek.refresh_from_db()
        assert efek.selesai is None
        assert efek.menyerah is None
        assert "Server surat belum menjawab" in efek.galat
        assert 22 <= (efek.jatuh_tempo - mulai).total_seconds() <= 39
        assert sapu() == 0
        segera(efek)
        jalankan_efek(efek.pk)
        efek.refresh_from_db()
        assert 44 <= (efek.jatuh_tempo - timezone.now()).total_seconds() <= 76

    def test_menyerah_sesudah_percobaan_habis_dan_dapat_dihidupkan(self, tangani):
        def gagal(efek):
            raise GalatEfek("rusak")

        panggilan = tangani(gagal)
        efek = buat_efek()
        for _ in range(MAKS_PERCOBAAN + 3):
            segera(efek)
            sapu()
        efek.refresh_from_db()
        assert len(panggilan) == MAKS_PERCOBAAN
        assert efek.menyerah is not None
        assert efek_tertunda() == 1
        assert coba_lagi(efek) is True
        assert coba_lagi(efek) is False
        sapu()
        assert len(panggilan) == MAKS_PERCOBAAN + 1

    def test_jangan_ulang_menyerah_seketika(self, tangani):
        def gagal(efek):
            raise JanganUlang("Templat tidak ada")

        tangani(gagal)
        efek = buat_efek()
        jalankan_efek(efek.pk)
        efek.refresh_from_db()
        assert efek.menyerah is not None

    def test_pil_racun_tidak_membunuh_pekerja_selamanya(self, tangani):
        """It kills its worker each time, so no failure is ever noted; only the counter in the database knows."""
        panggilan = tangani()
        efek = buat_efek(percobaan=MAKS_PERCOBAAN)
        assert jalankan_efek(efek.pk) is False
        assert panggilan == []
        efek.refresh_from_db()
        assert efek.menyerah is not None
        assert "berulang kali" in efek.galat

    def test_jenis_tanpa_penangan_menunggu_kode_baru(self, tangani):
        efek = buat_efek(jenis="uji.baru")
        tangani()
        assert jalankan_efek(efek.pk) is False
        efek.refresh_from_db()
        assert efek.menyerah is None
        assert "uji.baru" in efek.galat

    def test_satu_gagal_tidak_menahan_yang_lain(self, tangani):
        def pilih(efek):
            if efek.kunci == "buruk":
                raise GalatEfek("buruk")

        tangani(pilih)
        buat_efek(kunci="buruk")
        buat_efek(kunci="baik")
        assert sapu() == 1


def _tangkap(galat):
    try:
        raise galat
    except Exception as e:  # noqa: BLE001
        return ringkas(e)


def test_galat_tidak_memuat_data_pribadi():
    alamat = smtplib.SMTPRecipientsRefused({"siti@contoh.id": (550, b"Siti Contoh tidak dikenal")})
    teks = _tangkap(alamat)
    assert teks.startswith("SMTPRecipientsRefused (test_efek.py:")
    assert "siti" not in teks.lower()
    assert "3171012345678901" not in _tangkap(ValueError("NIK 3171012345678901 salah"))
    assert "Connection refused" in _tangkap(ConnectionRefusedError(111, "Connection refused to siti@contoh.id"))
    assert "siti" not in _tangkap(ConnectionRefusedError(111, "Connection refused to siti@contoh.id"))
    assert len(_tangkap(GalatEfek("x" * 900))) == 300


def test_jeda_tumbuh_terbatas_dan_berbeda_beda():
    rata = [sum((jeda(n) for _ in range(200)), datetime.timedelta()).total_seconds() / 200 for n in (1, 2, 3, 9, 40)]
    assert rata == sorted(rata)
    assert abs(rata[0] - 30) < 3
    assert jeda(10_000) <= mesin.JEDA_TERPANJANG * 1.25
    assert len({jeda(5) for _ in range(20)}) > 15


@pytest.mark.basis
@pytest.mark.django_db(transaction=True)
class TestBalapan:
    """Two workers claim the same effect at the same moment."""

    def _balapan(self, efek, putaran=1):
        mulai = threading.Barrier(2)

        def kerja():
            try:
                mulai.wait(5)
                jalankan_efek(efek.pk)
            finally:
                connection.close()

        utas = [threading.Thread(target=kerja) for _ in range(2)]
        for u in utas:
            u.start()
        for u in utas:
            u.join(30)
        close_old_connections()

    def _serentak(self, monkeypatch):
        """Hold both threads between reading the row and claiming it, the worst moment."""
        temu = threading.Barrier(2)
        asli = mesin._bebas

        def bebas(sekarang):
            hasil = asli(sekarang)
            panggilan.append(1)
            if len(panggilan) > 2:
                try:
                    temu.wait(2)
                except threading.BrokenBarrierError:
                    pass
            return hasil

        panggilan = []
        monkeypatch.setattr(mesin, "_bebas", bebas)

    def test_tepat_satu_yang_mengerjakan(self, tangani, monkeypatch):
        panggilan = tangani()
        for _ in range(5):
            efek = buat_efek()
            with monkeypatch.context() as m:
                self._serentak(m)
                self._balapan(efek)
            assert panggilan.count(efek.pk) == 1
            efek.refresh_from_db()
            assert (efek.percobaan, efek.selesai is not None) == (1, True)

    def test_pekerja_dibunuh_di_tengah_diulang_sesudah_sewa(self, tangani):
        """A real process that ends in the middle of the handler, as with kill -9: nothing lost, done once more."""

        def mati(efek):
            if os.getpid() != induk:
                os._exit(137)

        induk = os.getpid()
        panggilan = tangani(mati)
        efek = buat_efek()
        connection.close()
        anak = os.fork()
        if anak == 0:
            try:
                sapu()
            finally:
                os._exit(1)
        assert os.waitstatus_to_exitcode(os.waitpid(anak, 0)[1]) == 137
        assert sapu() == 0, "the dead worker's lease still runs"
        assert panggilan == []
        Efek.objects.filter(pk=efek.pk).update(sewa_sampai=timezone.now() - datetime.timedelta(seconds=1))
        assert sapu() == 1
        efek.refresh_from_db()
        assert (efek.percobaan, efek.selesai is not None) == (2, True)

    def test_kendali_tanpa_penjaga_berjalan_dua_kali(self, tangani, monkeypatch):
        """Negative control: with a claim that does not compare, the same race runs the handler twice."""
        panggilan = tangani()
        temu = threading.Barrier(2)

        def klaim_tanpa_banding(pk):
            efek = Efek.objects.get(pk=pk)
            temu.wait(5)
            Efek.objects.filter(pk=pk).update(percobaan=efek.percobaan + 1)
            efek.percobaan += 1
            return efek

        monkeypatch.setattr(mesin, "_klaim", klaim_tanpa_banding)
        efek = buat_efek()
        self._balapan(efek)
        assert panggilan.count(efek.pk) == 2
