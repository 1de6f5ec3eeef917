"""Amounts in words, as letters about money carry them."""

import pytest

from haji_portal.alur.tampil_waktu import terbilang


@pytest.mark.parametrize(
    ("nilai", "kata"),
    [
        (0, "nol"), (11, "sebelas"), (15, "lima belas"), (20, "dua puluh"), (100, "seratus"), (111, "seratus sebelas"),
        (1000, "seribu"), (1999, "seribu sembilan ratus sembilan puluh sembilan"), (25_000_000, "dua puluh lima juta"),
        (1_000_000, "satu juta"), (101_001_001, "seratus satu juta seribu satu"),
        (1_525_001_770, "satu miliar lima ratus dua puluh lima juta seribu tujuh ratus tujuh puluh"),
        (11_000, "sebelas ribu"), (121_000, "seratus dua puluh satu ribu"),
    ],
)  # fmt: skip
def test_terbilang(nilai, kata):
    assert terbilang(nilai) == kata


@pytest.mark.parametrize("nilai", [-1, 0.5, 10**15])
def test_terbilang_menolak_yang_bukan_jumlah_uang(nilai):
    with pytest.raises(ValueError, match="bilangan bulat"):
        terbilang(nilai)
