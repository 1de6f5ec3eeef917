"""Indonesian wording of dates, times, durations and money."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from haji_portal.alur import tampil_waktu

WIB, WITA, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar"), ZoneInfo("Asia/Jayapura")


class TestTampil:
    def test_tanggal_dan_jam(self) -> None:
        utc = datetime(2026, 11, 25, 2, 30, tzinfo=ZoneInfo("UTC"))
        assert tampil_waktu.tanggal(date(2026, 11, 21)) == "21 November 2026"
        assert tampil_waktu.hari_tanggal(date(2026, 11, 21)) == "Sabtu, 21 November 2026"
        assert [tampil_waktu.jam(utc, zona) for zona in (WIB, WITA, WIT)] == ["09.30 WIB", "10.30 WITA", "11.30 WIT"]
        assert tampil_waktu.saat(utc, WITA) == "Rabu, 25 November 2026 pukul 10.30 WITA"

    def test_saat_memakai_tanggal_zona(self) -> None:
        utc = datetime(2026, 12, 31, 16, 0, tzinfo=ZoneInfo("UTC"))
        assert tampil_waktu.saat(utc, WIB) == "Kamis, 31 Desember 2026 pukul 23.00 WIB"
        assert tampil_waktu.saat(utc, WIT) == "Jumat, 1 Januari 2027 pukul 01.00 WIT"

    def test_tanpa_zona_ditolak(self) -> None:
        with pytest.raises(ValueError, match="zona waktu"):
            tampil_waktu.jam(datetime(2026, 11, 25, 10, 0), WIB)

    @pytest.mark.parametrize(
        ("menit", "teks"),
        [
            (0, "0 menit"),
            (3, "3 menit"),
            (65, "1 jam 5 menit"),
            (449, "7 jam 29 menit"),
            (450, "1 hari kerja"),
            (960, "2 hari kerja 1 jam"),
            (961, "2 hari kerja 1 jam 1 menit"),
        ],
    )
    def test_durasi(self, menit: int, teks: str) -> None:
        assert tampil_waktu.durasi(menit) == teks

    def test_durasi_hari_lain_dan_negatif(self) -> None:
        assert tampil_waktu.durasi(400, menit_per_hari=390) == "1 hari kerja 10 menit"
        with pytest.raises(ValueError, match="negatif"):
            tampil_waktu.durasi(-1)

    def test_sisa(self) -> None:
        assert [tampil_waktu.sisa(n) for n in (3, -120, 0)] == [
            "tersisa 3 menit",
            "terlambat 2 jam",
            "jatuh tempo sekarang",
        ]

    @pytest.mark.parametrize(
        ("nilai", "teks"),
        [
            (25_000_000, "Rp25.000.000"),
            (Decimal("25000000.00"), "Rp25.000.000"),
            (Decimal("1000.5"), "Rp1.000,50"),
            (Decimal("0.005"), "Rp0,01"),
            (Decimal("-0.001"), "Rp0"),
            (0, "Rp0"),
            (-5000, "-Rp5.000"),
        ],
    )
    def test_rupiah(self, nilai: Decimal | int, teks: str) -> None:
        assert tampil_waktu.rupiah(nilai) == teks
