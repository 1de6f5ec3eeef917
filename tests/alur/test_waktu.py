"""Working time: examples worked by hand. The properties are in test_waktu_sifat.py."""

import time as jam_dinding
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from haji_portal.alur.waktu import (
    JAM_BIASA,
    JAM_RAMADAN,
    JamHari,
    Kalender,
    PeriodeJam,
    libur_nasional,
    periode_ramadan,
)

WIB, WITA, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar"), ZoneInfo("Asia/Jayapura")
LIBUR_2026 = {hari: nama for hari, (nama, _) in libur_nasional(2026).items()}
RAMADAN_2026 = PeriodeJam(*periode_ramadan(2026)[0], "Ramadan", JAM_RAMADAN)
KALENDER = Kalender(WITA, JAM_BIASA, LIBUR_2026, (RAMADAN_2026,))


def wita(teks: str) -> datetime:
    """'2026-11-25 10.30' on the clock of Makassar."""
    return datetime.strptime(teks, "%Y-%m-%d %H.%M").replace(tzinfo=WITA)


class TestTambahMenit:
    @pytest.mark.parametrize(
        ("mulai", "menit", "batas"),
        [
            # Wednesday 25 November 2026, lunch 12.00-13.00, closing 16.00
            ("2026-11-25 10.25", 5, "2026-11-25 10.30"),
            ("2026-11-25 11.58", 5, "2026-11-25 13.03"),
            ("2026-11-25 11.58", 2, "2026-11-25 12.00"),
            ("2026-11-25 12.00", 1, "2026-11-25 13.01"),
            ("2026-11-25 12.30", 3, "2026-11-25 13.03"),
            ("2026-11-25 13.00", 3, "2026-11-25 13.03"),
            ("2026-11-25 15.57", 3, "2026-11-25 16.00"),
            ("2026-11-25 15.57", 4, "2026-11-26 07.31"),
            ("2026-11-25 16.00", 1, "2026-11-26 07.31"),
            ("2026-11-25 05.00", 10, "2026-11-25 07.40"),
            ("2026-11-25 07.30", 450, "2026-11-25 16.00"),
            ("2026-11-25 07.30", 451, "2026-11-26 07.31"),
            # Friday 27 November: break 11.30-13.00, closing 16.30, then a weekend
            ("2026-11-27 11.28", 5, "2026-11-27 13.03"),
            ("2026-11-27 16.28", 5, "2026-11-30 07.33"),
            ("2026-11-28 09.00", 5, "2026-11-30 07.35"),
            # Wednesday 23 December: 24th cuti bersama, 25th Natal, weekend
            ("2026-12-23 15.55", 10, "2026-12-28 07.35"),
            # Ramadan, Tuesday 24 February: 08.00-15.00, break 12.00-12.30; Friday 08.00-15.30, 11.30-12.30
            ("2026-02-24 07.30", 5, "2026-02-24 08.05"),
            ("2026-02-24 11.58", 5, "2026-02-24 12.33"),
            ("2026-02-24 14.58", 5, "2026-02-25 08.03"),
            ("2026-02-27 11.28", 5, "2026-02-27 12.33"),
            ("2026-02-27 15.28", 5, "2026-03-02 08.03"),
            # last working day before Ramadan 1447 is Wednesday 18 February
            ("2026-02-18 15.58", 5, "2026-02-19 08.03"),
        ],
    )
    def test_dihitung_dengan_tangan(self, mulai: str, menit: int, batas: str) -> None:
        assert KALENDER.tambah_menit(wita(mulai), menit) == wita(batas)

    def test_nol_menit_tidak_bergeser(self) -> None:
        sabtu = wita("2026-11-28 09.00")
        assert KALENDER.tambah_menit(sabtu, 0) == sabtu

    def test_detik_disimpan(self) -> None:
        mulai = wita("2026-11-25 11.58") + timedelta(seconds=30)
        assert KALENDER.tambah_menit(mulai, 5) == wita("2026-11-25 13.03") + timedelta(seconds=30)

    def test_satu_saat_tiga_zona(self) -> None:
        """02.58 UTC is 09.58 WIB, 10.58 WITA and 11.58 WIT: only Jayapura meets its lunch."""
        saat = datetime(2026, 11, 25, 2, 58, tzinfo=ZoneInfo("UTC"))
        hasil = {zona: Kalender(zona, JAM_BIASA, {}).tambah_menit(saat, 5) for zona in (WIB, WITA, WIT)}
        assert {zona: f"{batas:%H.%M}" for zona, batas in hasil.items()} == {WIB: "10.03", WITA: "11.03", WIT: "13.03"}
        assert all(batas.tzinfo is zona for zona, batas in hasil.items())

    def test_menit_negatif_ditolak(self) -> None:
        with pytest.raises(ValueError, match="negatif"):
            KALENDER.tambah_menit(wita("2026-11-25 10.00"), -1)


class TestHariKerja:
    @pytest.mark.parametrize(
        ("mulai", "hari", "batas"),
        [
            ("2026-11-23 07.00", 3, "2026-11-26 16.00"),
            ("2026-11-23 20.00", 3, "2026-11-26 16.00"),
            ("2026-11-26 10.00", 1, "2026-11-27 16.30"),
            ("2026-11-27 10.00", 1, "2026-11-30 16.00"),
            ("2026-11-28 10.00", 1, "2026-11-30 16.00"),
            ("2026-11-29 10.00", 1, "2026-11-30 16.00"),
            ("2026-12-23 10.00", 1, "2026-12-28 16.00"),
            ("2026-12-17 10.00", 8, "2026-12-31 16.00"),
            # 18 and 20 March cuti bersama, 19 Nyepi, 21-22 Idul Fitri, 23 and 24 cuti bersama
            ("2026-03-17 10.00", 1, "2026-03-25 16.00"),
        ],
    )
    def test_jatuh_pada_jam_tutup(self, mulai: str, hari: int, batas: str) -> None:
        assert KALENDER.tambah_hari_kerja(wita(mulai), hari) == wita(batas)
        assert KALENDER.hari_kerja_antara(wita(mulai).date(), wita(batas).date()) == hari

    def test_tanggal_mulai_menurut_zona_kantor(self) -> None:
        """23.30 UTC on Sunday is Monday morning in Jayapura, so Monday does not count."""
        minggu_utc = datetime(2026, 11, 22, 23, 30, tzinfo=ZoneInfo("UTC"))
        batas = Kalender(WIT, JAM_BIASA, {}).tambah_hari_kerja(minggu_utc, 1)
        assert batas == datetime(2026, 11, 24, 16, 0, tzinfo=WIT)

    @pytest.mark.parametrize("hari", [0, -1])
    def test_kurang_dari_satu_ditolak(self, hari: int) -> None:
        with pytest.raises(ValueError, match="paling sedikit satu"):
            KALENDER.tambah_hari_kerja(wita("2026-11-25 10.00"), hari)

    def test_antara_mundur_nol(self) -> None:
        assert KALENDER.hari_kerja_antara(date(2026, 11, 27), date(2026, 11, 25)) == 0
        assert KALENDER.hari_kerja_antara(date(2026, 11, 25), date(2026, 11, 25)) == 0


class TestBuka:
    @pytest.mark.parametrize(
        ("saat", "buka"),
        [
            ("2026-11-25 07.29", False),
            ("2026-11-25 07.30", True),
            ("2026-11-25 12.00", False),
            ("2026-11-25 13.00", True),
            ("2026-11-25 15.59", True),
            ("2026-11-25 16.00", False),
            ("2026-12-25 10.00", False),
            ("2026-11-28 10.00", False),
        ],
    )
    def test_batas_jam(self, saat: str, buka: bool) -> None:
        assert (KALENDER.buka_berikut(wita(saat)) == wita(saat)) is buka

    @pytest.mark.parametrize(
        ("saat", "berikut"),
        [
            ("2026-11-25 10.00", "2026-11-25 10.00"),
            ("2026-11-25 12.00", "2026-11-25 13.00"),
            ("2026-11-27 16.30", "2026-11-30 07.30"),
            ("2026-12-23 16.00", "2026-12-28 07.30"),
        ],
    )
    def test_buka_berikut(self, saat: str, berikut: str) -> None:
        assert KALENDER.buka_berikut(wita(saat)) == wita(berikut)

    def test_selang_hari(self) -> None:
        assert KALENDER.jam(date(2026, 12, 25)) == ()
        assert KALENDER.jam(date(2026, 11, 27)) == (
            (wita("2026-11-27 07.30"), wita("2026-11-27 11.30")),
            (wita("2026-11-27 13.00"), wita("2026-11-27 16.30")),
        )
        tanpa_istirahat = Kalender(WIB, {1: JamHari(time(8), time(12))}, {})
        assert len(tanpa_istirahat.jam(date(2026, 11, 23))) == 1

    def test_minggu_kerja_sesuai_perpres(self) -> None:
        """Perpres 21/2023: 37 h 30 m, in Ramadan 32 h 30 m."""
        biasa = KALENDER.menit_antara(wita("2026-11-23 00.00"), wita("2026-11-30 00.00"))
        ramadan = KALENDER.menit_antara(wita("2026-02-23 00.00"), wita("2026-03-02 00.00"))
        assert (biasa, ramadan) == (2250, 1950)


class TestKalenderSalah:
    def test_tanpa_hari_buka(self) -> None:
        kosong = Kalender(WITA, {6: None}, {})
        for panggil in (
            kosong.buka_berikut,
            lambda m: kosong.tambah_menit(m, 1),
            lambda m: kosong.tambah_hari_kerja(m, 1),
        ):
            with pytest.raises(ValueError, match="tidak memiliki hari kerja dalam 400 hari"):
                panggil(wita("2026-11-25 10.00"))
        assert kosong.menit_antara(wita("2026-11-25 10.00"), wita("2026-12-25 10.00")) == 0

    def test_tutup_lama_masih_ketemu(self) -> None:
        tutup = {date(2026, 1, 1) + timedelta(days=n): "Pembangunan gedung" for n in range(390)}
        assert Kalender(WITA, JAM_BIASA, tutup).buka_berikut(wita("2026-01-01 09.00")) == wita("2027-01-26 07.30")

    def test_waktu_tanpa_zona_ditolak(self) -> None:
        with pytest.raises(ValueError, match="zona waktu"):
            KALENDER.tambah_menit(datetime(2026, 11, 25, 10, 0), 5)

    @pytest.mark.parametrize(
        "jam",
        [
            (time(16), time(8), None),
            (time(8), time(8), None),
            (time(8), time(16), (time(13), time(12))),
            (time(8), time(16), (time(15), time(17))),
            (time(8), time(16), (time(8), time(9))),
        ],
    )
    def test_jam_tidak_berurutan_ditolak(self, jam: tuple) -> None:
        with pytest.raises(ValueError, match="berurutan"):
            JamHari(*jam)

    def test_periode_terbalik_ditolak(self) -> None:
        with pytest.raises(ValueError, match="berakhir sebelum dimulai"):
            PeriodeJam(date(2026, 2, 2), date(2026, 2, 1), "Ramadan", {})

    def test_libur_mengalahkan_periode_dan_hari_tak_disebut_tetap(self) -> None:
        jumat_pendek = PeriodeJam(date(2026, 11, 23), date(2026, 11, 29), "Acara", {5: JamHari(time(8), time(10))})
        kalender = Kalender(WITA, JAM_BIASA, {date(2026, 11, 27): "Libur kantor"}, (jumat_pendek,))
        assert kalender.jam(date(2026, 11, 27)) == ()
        assert kalender.jam(date(2026, 11, 26))[0][0] == wita("2026-11-26 07.30")


class TestSebab:
    def test_kosong_bila_langsung(self) -> None:
        assert KALENDER.sebab(wita("2026-11-25 10.00"), wita("2026-11-25 10.05")) == []
        assert KALENDER.sebab(wita("2026-11-25 10.00"), wita("2026-11-25 09.00")) == []

    def test_istirahat(self) -> None:
        assert KALENDER.sebab(wita("2026-11-27 11.28"), wita("2026-11-27 13.03")) == [
            "Istirahat pukul 11.30 sampai 13.00 pada Jumat, 27 November 2026 tidak dihitung."
        ]

    def test_tepat_pada_awal_istirahat_tidak_disebut(self) -> None:
        assert KALENDER.sebab(wita("2026-11-25 11.58"), wita("2026-11-25 12.00")) == []

    def test_mulai_tepat_pada_akhir_istirahat_tidak_disebut(self) -> None:
        assert KALENDER.sebab(wita("2026-11-25 13.00"), wita("2026-11-25 13.03")) == []

    def test_mulai_sesudah_tutup_tidak_menghitung_malam_dua_kali(self) -> None:
        assert KALENDER.sebab(wita("2026-11-25 17.00"), wita("2026-11-26 07.35")) == [
            "Waktu dihitung mulai Kamis, 26 November 2026 pukul 07.30 WITA, karena sebelumnya di luar jam kerja."
        ]

    def test_libur_bernama_dan_akhir_pekan(self) -> None:
        assert KALENDER.sebab(wita("2026-12-23 15.55"), wita("2026-12-28 07.35")) == [
            "Kamis, 24 Desember 2026 tidak dihitung: Cuti Bersama Hari Raya Natal.",
            "Jumat, 25 Desember 2026 tidak dihitung: Hari Raya Natal.",
            "Sabtu, 26 Desember 2026 dan Minggu, 27 Desember 2026 tidak dihitung: akhir pekan.",
        ]

    def test_libur_pada_akhir_pekan_disebut_akhir_pekan(self) -> None:
        """31 May 2026 is Waisak and a Sunday: nothing was lost by it."""
        sebab = KALENDER.sebab(wita("2026-05-29 16.29"), wita("2026-06-02 07.35"))
        assert "Sabtu, 30 Mei 2026 dan Minggu, 31 Mei 2026 tidak dihitung: akhir pekan." in sebab
        assert "Senin, 1 Juni 2026 tidak dihitung: Hari Lahir Pancasila." in sebab

    def test_ramadan_malam_dan_mulai_di_luar_jam(self) -> None:
        assert KALENDER.sebab(wita("2026-02-23 06.00"), wita("2026-02-25 08.03")) == [
            "Waktu dihitung mulai Senin, 23 Februari 2026 pukul 08.00 WITA, karena sebelumnya di luar jam kerja.",
            "Pada Senin, 23 Februari 2026 sampai Rabu, 25 Februari 2026 berlaku jam kerja Ramadan.",
            "Istirahat pukul 12.00 sampai 12.30 pada 2 hari kerja antara 23 Februari 2026 dan 24 Februari 2026 "
            "tidak dihitung.",
            "Jam di luar jam kerja pada 2 malam tidak dihitung.",
        ]

    def test_penutupan_oleh_periode(self) -> None:
        tutup = PeriodeJam(date(2026, 11, 24), date(2026, 11, 25), "Pindah gedung", {2: None, 3: None})
        kalender = Kalender(WITA, JAM_BIASA, {}, (tutup,))
        assert kalender.sebab(wita("2026-11-23 15.00"), wita("2026-11-26 08.00")) == [
            "Selasa, 24 November 2026 dan Rabu, 25 November 2026 tidak dihitung: Pindah gedung."
        ]


class TestLibur:
    def test_cuti_bersama_2026(self) -> None:
        cuti = [hari for hari, (_, jenis) in libur_nasional(2026).items() if jenis == "cuti_bersama"]
        assert cuti == [
            date(2026, 2, 16),
            date(2026, 3, 18),
            date(2026, 3, 20),
            date(2026, 3, 23),
            date(2026, 3, 24),
            date(2026, 5, 15),
            date(2026, 5, 28),
            date(2026, 12, 24),
        ]

    def test_nasional_2026(self) -> None:
        libur = libur_nasional(2026)
        assert libur[date(2026, 8, 17)] == ("Hari Kemerdekaan Republik Indonesia", "nasional")
        assert sum(jenis == "nasional" for _, jenis in libur.values()) == 17

    def test_hasil_boleh_diubah_pemanggil(self) -> None:
        libur_nasional(2026).clear()
        assert libur_nasional(2026)

    @pytest.mark.parametrize(
        ("tahun", "rentang"),
        [
            (2023, [("2023-03-23", "2023-04-21")]),
            (2024, [("2024-03-12", "2024-04-09")]),
            (2025, [("2025-03-01", "2025-03-30")]),
            (2026, [("2026-02-19", "2026-03-20")]),
        ],
    )
    def test_ramadan_menurut_sidang_isbat(self, tahun: int, rentang: list[tuple[str, str]]) -> None:
        assert [(f"{dari}", f"{sampai}") for dari, sampai in periode_ramadan(tahun)] == rentang

    def test_ramadan_menyentuh_dua_tahun(self) -> None:
        assert len(periode_ramadan(2030)) == 2
        assert periode_ramadan(2030)[1] == periode_ramadan(2031)[0]

    @pytest.mark.parametrize("tahun", range(2027, 2047))
    def test_ramadan_selalu_29_atau_30_hari(self, tahun: int) -> None:
        assert all((sampai - dari).days + 1 in (29, 30) for dari, sampai in periode_ramadan(tahun))

    def test_ramadan_di_luar_jangkauan(self) -> None:
        with pytest.raises(ValueError, match="1900"):
            periode_ramadan(1900)


def test_delapan_hari_kerja_tidak_menghitung_per_menit() -> None:
    """A loop over minutes would take some 16,000 steps a call and miss this by far."""
    mulai = wita("2026-11-25 10.25")
    awal = jam_dinding.perf_counter()
    for _ in range(200):
        KALENDER.tambah_menit(mulai, 8 * 450)
    assert jam_dinding.perf_counter() - awal < 0.5
