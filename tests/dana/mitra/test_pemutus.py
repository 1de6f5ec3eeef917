"""The breaker: shared through the database, opened by five failures, tried by exactly one."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from haji_portal.dana.mitra import pemutus
from haji_portal.dana.mitra.pemutus import AMBANG, Izin, Terbuka, berhasil, gagal, lama_terbuka, minta_izin
from haji_portal.dana.models import Pemutus
from tests.kontrak.balapan import balapan

DETIK = datetime.timedelta(seconds=1)


def jatuhkan(kali: int = AMBANG) -> None:
    for _ in range(kali):
        gagal(minta_izin("bpkh"))


@pytest.mark.django_db
class TestPemutus:
    def test_empat_kegagalan_belum_membuka(self):
        jatuhkan(AMBANG - 1)
        assert minta_izin("bpkh") == Izin("bpkh")

    def test_keberhasilan_menghapus_hitungan(self):
        jatuhkan(AMBANG - 1)
        berhasil(minta_izin("bpkh"))
        jatuhkan(AMBANG - 1)
        assert minta_izin("bpkh") == Izin("bpkh")

    def test_lima_membuka_enam_puluh_detik(self, jam):
        jatuhkan()
        with pytest.raises(Terbuka) as galat:
            minta_izin("bpkh")
        assert galat.value.sampai == timezone.now() + 60 * DETIK
        assert minta_izin("bps") == Izin("bps"), "each partner has its own"

    def test_setengah_terbuka_satu_percobaan(self, jam):
        jatuhkan()
        jam.shift(60)
        izin = minta_izin("bpkh")
        assert izin.coba == timezone.now() + pemutus.SEWA_COBA
        with pytest.raises(Terbuka):
            minta_izin("bpkh")
        berhasil(izin)
        assert minta_izin("bpkh") == minta_izin("bpkh") == Izin("bpkh")

    def test_percobaan_yang_mati_digantikan(self, jam):
        jatuhkan()
        jam.shift(60)
        minta_izin("bpkh")
        jam.shift(pemutus.SEWA_COBA)
        assert minta_izin("bpkh").coba is not None

    def test_percobaan_gagal_melipatgandakan_sampai_lima_belas_menit(self, jam):
        jatuhkan()
        lama = []
        for _ in range(6):
            jam.shift(Pemutus.objects.get().terbuka_sampai - timezone.now())
            gagal(minta_izin("bpkh"))
            lama.append((Pemutus.objects.get().terbuka_sampai - timezone.now()).total_seconds())
        assert lama == [120, 240, 480, 900, 900, 900]

    def test_kegagalan_yang_dimulai_sebelum_terbuka_tidak_menambah(self, jam):
        """Twenty calls on their way when the partner falls over must not keep it out for a quarter of an hour."""
        izin = [minta_izin("bpkh") for _ in range(20)]
        for satu in izin:
            gagal(satu)
        assert Pemutus.objects.get().gagal_beruntun == AMBANG
        assert Pemutus.objects.get().terbuka_sampai == timezone.now() + 60 * DETIK

    def test_percobaan_yang_terlambat_tidak_menimpa_percobaan_baru(self, jam):
        jatuhkan()
        jam.shift(60)
        lama = minta_izin("bpkh")
        jam.shift(pemutus.SEWA_COBA)
        baru = minta_izin("bpkh")
        gagal(lama)
        assert Pemutus.objects.get().terbuka_sampai == baru.coba

    def test_lama_terbuka(self):
        assert [lama_terbuka(n).total_seconds() for n in (1, 5, 6, 9, 100_000)] == [60, 60, 120, 900, 900]


@pytest.mark.basis
@pytest.mark.django_db(transaction=True)
class TestBalapan:
    def test_satu_pemenang(self):
        def coba():
            try:
                return minta_izin("bpkh")
            except Terbuka:
                return None

        for _ in range(10):
            Pemutus.objects.update_or_create(
                mitra="bpkh", defaults={"gagal_beruntun": AMBANG, "terbuka_sampai": timezone.now() - DETIK}
            )
            assert sum(izin is not None for izin in balapan(*[coba] * 6)) == 1

    def test_kegagalan_bersamaan_terhitung_semua(self):
        izin = [minta_izin("bpkh") for _ in range(AMBANG)]
        balapan(*[lambda satu=satu: gagal(satu) for satu in izin])
        with pytest.raises(Terbuka):
            minta_izin("bpkh")
