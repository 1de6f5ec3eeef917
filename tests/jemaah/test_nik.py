"""NIK, names, phone and account numbers. All numbers are invented."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haji_portal.jemaah.nik import (
    BagianNik,
    inisial,
    normalkan_telepon,
    periksa_nik,
    peringatan_nik,
    samarkan_nik,
    samarkan_rekening,
)

tetap = settings(max_examples=100, derandomize=True, deadline=None)


class TestPeriksaNik:
    def test_laki_laki(self) -> None:
        bagian = periksa_nik("5203071708650001")
        assert bagian == BagianNik("520307", 17, 8, 65, "L", 1)
        assert (bagian.provinsi, bagian.kabupaten) == ("52", "5203")

    def test_perempuan_tanggal_ditambah_40(self) -> None:
        bagian = periksa_nik("5203075708659999")
        assert (bagian.hari, bagian.jenis_kelamin, bagian.urut) == (17, "P", 9999)

    @pytest.mark.parametrize("hari", ["01", "31", "41", "71"])
    def test_batas_hari_diterima(self, hari: str) -> None:
        assert periksa_nik(f"520307{hari}08650001").hari in (1, 31)

    def test_tanggal_yang_tidak_ada_tetap_diterima(self) -> None:
        assert periksa_nik("5203073102650001").bulan == 2

    @pytest.mark.parametrize("hari", ["00", "32", "40", "72", "99"])
    def test_hari_salah(self, hari: str) -> None:
        with pytest.raises(ValueError, match="ke-7 dan ke-8"):
            periksa_nik(f"520307{hari}08650001")

    @pytest.mark.parametrize("bulan", ["00", "13"])
    def test_bulan_salah(self, bulan: str) -> None:
        with pytest.raises(ValueError, match="ke-9 dan ke-10"):
            periksa_nik(f"52030717{bulan}650001")

    def test_urut_nol(self) -> None:
        with pytest.raises(ValueError, match="0000"):
            periksa_nik("5203071708650000")

    @pytest.mark.parametrize(
        "nik",
        [
            "",
            "520307170865000",
            "52030717086500011",
            "5203 0717 0865 0001",
            "52030717O8650001",
            "5203071708650001\n",
            "٥٢٠٣٠٧١٧٠٨٦٥٠٠٠١",  # Arabic-Indic digits count as \d, not as a NIK
        ],
    )
    def test_bukan_16_angka(self, nik: str) -> None:
        with pytest.raises(ValueError, match="16 angka"):
            periksa_nik(nik)

    @tetap
    @given(st.integers(0, 999999), st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.booleans(), st.integers(1, 9999))
    def test_nik_yang_disusun_terbaca_kembali(self, wilayah: int, lahir: date, perempuan: bool, urut: int) -> None:
        nik = f"{wilayah:06d}{lahir.day + 40 * perempuan:02d}{lahir:%m%y}{urut:04d}"
        jenis = "P" if perempuan else "L"
        assert periksa_nik(nik) == BagianNik(f"{wilayah:06d}", lahir.day, lahir.month, lahir.year % 100, jenis, urut)
        assert peringatan_nik(nik, lahir, jenis) == []

    @tetap
    @given(st.from_regex(r"[0-9]{16}", fullmatch=True))
    def test_galat_tidak_memuat_nik(self, nik: str) -> None:
        try:
            periksa_nik(nik)
        except ValueError as galat:
            assert nik not in str(galat)


class TestPeringatanNik:
    NIK = "5203071708650001"

    def test_cocok(self) -> None:
        assert peringatan_nik(self.NIK, date(1965, 8, 17), "L") == []

    def test_abad_tidak_diputuskan(self) -> None:
        assert peringatan_nik(self.NIK, date(2065, 8, 17), "L") == []

    @pytest.mark.parametrize("lahir", [date(1965, 8, 18), date(1965, 9, 17), date(1966, 8, 17)])
    def test_tanggal_berbeda(self, lahir: date) -> None:
        (peringatan,) = peringatan_nik(self.NIK, lahir, "L")
        assert peringatan.startswith("Tanggal lahir")

    def test_jenis_kelamin_berbeda(self) -> None:
        (peringatan,) = peringatan_nik(self.NIK, date(1965, 8, 17), "P")
        assert peringatan.startswith("Jenis kelamin")

    def test_keduanya_berbeda(self) -> None:
        assert len(peringatan_nik(self.NIK, date(1970, 1, 1), "P")) == 2

    def test_yang_belum_diisi_tidak_dibandingkan(self) -> None:
        assert peringatan_nik(self.NIK, None, "") == []

    def test_bentuk_salah_hanya_memperingatkan(self) -> None:
        assert peringatan_nik("123", date(1965, 8, 17), "L") == [
            "NIK terdiri atas 16 angka, tanpa spasi atau tanda baca."
        ]


class TestSamarkan:
    def test_nik(self) -> None:
        assert samarkan_nik("5203071708650001") == "5203**********01"
        assert samarkan_nik("52030717") == "********"

    @tetap
    @given(st.from_regex(r"[0-9]{16}", fullmatch=True))
    def test_tanggal_lahir_tidak_terlihat(self, nik: str) -> None:
        assert samarkan_nik(nik)[4:14] == "*" * 10
        assert len(samarkan_nik(nik)) == 16

    @pytest.mark.parametrize(
        ("nomor", "samar"),
        [
            ("7001234567", "******4567"),
            (" 7001234567 ", "******4567"),
            ("12345678", "****5678"),
            ("1234567", "*****67"),
            ("12345", "***45"),
            ("1234", "****"),
            ("", ""),
        ],
    )
    def test_rekening(self, nomor: str, samar: str) -> None:
        assert samarkan_rekening(nomor) == samar

    @tetap
    @given(st.from_regex(r"[0-9]{0,24}", fullmatch=True))
    def test_rekening_paling_banyak_setengah_terlihat(self, nomor: str) -> None:
        samar = samarkan_rekening(nomor)
        assert len(samar) == len(nomor)
        assert sum(huruf != "*" for huruf in samar) <= min(4, len(nomor) / 2)


class TestInisial:
    @pytest.mark.parametrize(
        ("nama", "hasil"),
        [
            ("H. Ahmad Yani", "H. A. Y."),
            ("H.Ahmad", "H. A."),
            ("hj siti aminah, S.Pd.I.", "Hj. S. A."),
            ("Drs. H. M.Yusuf bin Abdullah", "H. M. Y. bin A."),
            ("TGH. Zainul", "TGH. Z."),
            ("Ahmad H. Yani", "A. H. Y."),
            ("Suharti", "S."),
            ("H", "H."),
            ("Bin Ahmad", "B. A."),
            ("I Gusti Ayu", "I. G. A."),
            ("'Aisyah Al-Farisi", "A. A."),
            ("  ", ""),
            ("123", ""),
        ],
    )
    def test_contoh(self, nama: str, hasil: str) -> None:
        assert inisial(nama) == hasil

    @tetap
    @given(st.lists(st.text("abcdefghijklmnoprstuvwxyzABCDE", min_size=6, max_size=12), min_size=1, max_size=5))
    def test_satu_huruf_per_kata(self, kata: list[str]) -> None:
        assert inisial(" ".join(kata)) == " ".join(f"{k[0].upper()}." for k in kata)

    @tetap
    @given(st.text(max_size=40))
    def test_menerima_teks_apa_pun(self, nama: str) -> None:
        boleh = {"H.", "Hj.", "KH.", "TGH.", "bin", "binti"}
        assert all(k in boleh or k.endswith(".") for k in inisial(nama).split(" ") if k)


class TestTelepon:
    @pytest.mark.parametrize(
        "nomor",
        [
            "081234567890",
            "0812-3456-7890",
            "(0812) 3456.7890",
            "6281234567890",
            "+62 812 3456 7890",
            "+62 (0) 812 3456 7890",
            "0062 812 3456 7890",
            "81234567890",
        ],
    )
    def test_ponsel(self, nomor: str) -> None:
        assert normalkan_telepon(nomor) == "+6281234567890"

    @pytest.mark.parametrize(
        ("nomor", "hasil"),
        [("(0376) 212345", "+62376212345"), ("021-3456789", "+62213456789"), ("0622 123456", "+62622123456")],
    )
    def test_telepon_rumah(self, nomor: str, hasil: str) -> None:
        assert normalkan_telepon(nomor) == hasil

    @pytest.mark.parametrize(
        "nomor",
        ["", "0815", "+1 202 555 0100", "123456789", "+62+6281234567", "08123456789012", "0812345678a", "٠٨١٢٣٤٥٦٧٨٩٠"],
    )
    def test_ditolak_tanpa_mengulang_nomor(self, nomor: str) -> None:
        with pytest.raises(ValueError, match="Nomor telepon tidak dikenali") as galat:
            normalkan_telepon(nomor)
        assert not nomor or nomor not in str(galat.value)

    @tetap
    @given(st.from_regex(r"8[1-9][0-9]{7,10}", fullmatch=True), st.sampled_from(["0", "62", "+62", "0062", "+620", ""]))
    def test_semua_awalan_sama_dan_tetap(self, nasional: str, awalan: str) -> None:
        hasil = normalkan_telepon(awalan + nasional)
        assert hasil == f"+62{nasional}"
        assert normalkan_telepon(hasil) == hasil
