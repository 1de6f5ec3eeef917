"""Each rule of 245/2021 at its border, and that the verdict never says otherwise than the single rules."""

import dataclasses
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haji_portal.alur.models import Aturan
from haji_portal.alur.usia import lahir_paling_akhir, tambah_tahun
from pelimpahan import kelayakan as k
from pelimpahan.kelayakan import LAIN, Akhir, BanyakPorsi, Berangkat, Hasil, RiwayatPorsi, Tentang
from pelimpahan.tahap import Hubungan, Sebab

AMBANG = k.Ambang(datetime.date(2026, 11, 21), 12, datetime.date(2019, 4, 29), "UU 8/2019")
SEHARI = datetime.timedelta(days=1)
DAPAT = k.Keadaan(
    sebab=Sebab.WAFAT, wafat_terhitung=True, berangkat=Berangkat.BELUM, riwayat_porsi=RiwayatPorsi.UTUH,
    banyak_porsi=BanyakPorsi.SATU, hubungan=Hubungan.ANAK, islam=True, cukup_usia=True, hadir=True, bank_sama=True,
    daftar_di_sini=True, beda_provinsi=False,
)  # fmt: skip


def ubah(**ganti):
    return k.nilai(dataclasses.replace(DAPAT, **ganti), AMBANG)


def temuan(kode, **ganti):
    return next((t for t in ubah(**ganti).temuan if t.kode == kode), None)


def test_semua_terpenuhi():
    putusan = k.nilai(DAPAT, AMBANG)
    assert putusan.akhir == Akhir.DAPAT and putusan.judul == "Porsi ini dapat dilimpahkan"
    assert {t.hasil for t in putusan.temuan} == {Hasil.YA}
    assert [t.kode for t in putusan.temuan] == [aturan.kode for aturan in k.KETENTUAN]


def test_tidak_diketahui_apa_apa_berarti_belum():
    putusan = k.nilai(k.Keadaan(), AMBANG)
    assert putusan.akhir == Akhir.BELUM and putusan.judul == "Belum dapat dipastikan"
    assert {t.hasil for t in putusan.temuan} == {Hasil.CARI}


# code of the rule, what differs, its verdict, what the sentence or its citation names
KASUS = [
    ("sebab", {"sebab": "sakit"}, "ya", "A.2"),
    ("sebab", {"sebab": "wafat"}, "ya", "A.3"),
    ("sebab", {"sebab": "lain"}, "tidak", "wafat atau sakit permanen"),
    ("sebab", {"sebab": ""}, "cari", "surat keterangan dokter"),
    ("wafat-sejak", {"wafat_terhitung": True}, "ya", "29 April 2019"),
    ("wafat-sejak", {"wafat_terhitung": False}, "tidak", "29 April 2019"),
    ("wafat-sejak", {"wafat_terhitung": None}, "cari", "akta kematian"),
    ("berangkat", {"berangkat": "belum"}, "ya", "belum pernah"),
    ("berangkat", {"berangkat": "asrama"}, "tidak", "A.7"),
    ("berangkat", {"berangkat": "pulang"}, "ya", "A.8"),
    ("berangkat", {"berangkat": "masuk"}, "cari", "masa pemberangkatan"),
    ("berangkat", {"berangkat": "sudah"}, "tidak", "sudah berangkat"),
    ("berangkat", {"berangkat": ""}, "cari", "asrama haji"),
    ("berangkat", {"sebab": "sakit", "berangkat": "masuk"}, "ya", "tidak berangkat"),
    ("berangkat", {"sebab": "sakit", "berangkat": "sudah"}, "tidak", "sudah berangkat"),
    ("berangkat", {"sebab": "sakit", "berangkat": "asrama"}, "cari", "asrama haji"),
    ("riwayat-porsi", {"riwayat_porsi": "utuh"}, "ya", "A.5"),
    ("riwayat-porsi", {"riwayat_porsi": "dilimpahkan"}, "tidak", "satu kali"),
    ("riwayat-porsi", {"riwayat_porsi": "batal"}, "tidak", "241/2021 C.1.f"),
    ("riwayat-porsi", {"riwayat_porsi": ""}, "cari", "Tanyakan di kantor"),
    ("banyak-porsi", {"banyak_porsi": "satu"}, "ya", "A.6"),
    ("banyak-porsi", {"banyak_porsi": "terdekat"}, "ya", "yang lain dibatalkan"),
    ("banyak-porsi", {"banyak_porsi": "lebih-jauh"}, "tidak", "paling awal"),
    ("banyak-porsi", {"banyak_porsi": ""}, "cari", "A.6"),
    *(("hubungan", {"hubungan": satu}, "ya", "A.3") for satu in Hubungan),
    ("hubungan", {"hubungan": "lain"}, "tidak", "anak kandung"),
    ("hubungan", {"hubungan": ""}, "cari", "saudara kandung"),
    ("islam", {"islam": True}, "ya", "A.4"),
    ("islam", {"islam": False}, "tidak", "beragama Islam"),
    ("islam", {"islam": None}, "cari", "A.4"),
    ("usia", {"cukup_usia": True}, "ya", "12 tahun"),
    ("usia", {"cukup_usia": False}, "tidak", "21 November 2014"),
    ("usia", {"cukup_usia": None}, "cari", "21 November 2014"),
    ("hadir", {"hadir": False}, "penuhi", "E.1"),
    ("hadir", {"hadir": None}, "cari", "diwakilkan"),
    ("bank", {"bank_sama": False}, "penuhi", "B.1.h"),
    ("bank", {"bank_sama": None}, "cari", "bukti setoran"),
    ("kantor", {"daftar_di_sini": False}, "penuhi", "A.9"),
    ("kantor", {"daftar_di_sini": None}, "cari", "SPH"),
]  # fmt: skip


@pytest.mark.parametrize(("kode", "ganti", "hasil", "kata"), KASUS)
def test_satu_aturan(kode, ganti, hasil, kata):
    satu = temuan(kode, **ganti)
    assert satu.hasil == hasil and kata in str(satu)
    lain = [t for t in ubah(**ganti).temuan if t.kode != kode and t.hasil != Hasil.YA]
    assert [t.kode for t in lain] == []
    harap = {"ya": Akhir.DAPAT, "tidak": Akhir.TIDAK}.get(hasil, Akhir.BELUM)
    assert ubah(**ganti).akhir == harap


def test_sakit_tidak_ditanya_tanggal_wafat():
    assert temuan("wafat-sejak", sebab="sakit", wafat_terhitung=None) is None
    assert temuan("wafat-sejak", sebab="", wafat_terhitung=None) is None
    assert ubah(sebab="sakit", wafat_terhitung=None).akhir == Akhir.DAPAT


@pytest.mark.parametrize(("ganti", "porsi"), [({"berangkat": "asrama"}, True), ({"hubungan": "lain"}, False)])
def test_tidak_tentang_porsi_menutup_dan_tentang_orang_tidak(ganti, porsi):
    putusan = ubah(**ganti)
    assert putusan.akhir == Akhir.TIDAK and putusan.porsi_tertutup is porsi
    assert ("kepada orang itu" in putusan.judul) is not porsi


def test_beda_provinsi_hanya_keterangan():
    assert ubah(beda_provinsi=True) == ubah(beda_provinsi=None) == ubah(beda_provinsi=False)
    assert "E.2" in k.beda_provinsi(dataclasses.replace(DAPAT, beda_provinsi=True))
    assert k.beda_provinsi(DAPAT) == k.beda_provinsi(k.Keadaan()) == ""


@pytest.mark.parametrize(("hari", "harap"), [
    (datetime.date(2019, 4, 28), False), (datetime.date(2019, 4, 29), True), (datetime.date(2019, 4, 30), True),
    (None, None),
])  # fmt: skip
def test_batas_tanggal_wafat(hari, harap):
    assert k.terhitung(hari, AMBANG) is harap


def test_batas_usia():
    assert AMBANG.lahir_paling_akhir == datetime.date(2014, 11, 21)


MASUK, AKHIR = datetime.date(2026, 5, 10), datetime.date(2026, 5, 31)


@pytest.mark.parametrize(("masuk", "wafat", "akhir", "harap"), [
    (None, MASUK, AKHIR, "belum"), (MASUK, MASUK - SEHARI, AKHIR, "belum"), (MASUK, None, AKHIR, "masuk"),
    (MASUK, MASUK, AKHIR, "asrama"), (MASUK, AKHIR, AKHIR, "asrama"), (MASUK, AKHIR + SEHARI, AKHIR, "pulang"),
    (MASUK, AKHIR, None, ""),
])  # fmt: skip
def test_batas_asrama(masuk, wafat, akhir, harap):
    assert k.sampai_mana(masuk, wafat, akhir) == harap


@given(st.dates(), st.integers(0, 100))
def test_lahir_paling_akhir_adalah_batas(hari, tahun):
    lahir = lahir_paling_akhir(hari, tahun)
    if lahir > datetime.date.min:
        assert tambah_tahun(lahir, tahun) <= hari
    if lahir < datetime.date.max:
        assert tambah_tahun(lahir + SEHARI, tahun) > hari


tiga = st.sampled_from([None, True, False])
keadaan = st.builds(
    k.Keadaan, sebab=st.sampled_from(["", *Sebab, LAIN]), berangkat=st.sampled_from(["", *Berangkat]),
    riwayat_porsi=st.sampled_from(["", *RiwayatPorsi]), banyak_porsi=st.sampled_from(["", *BanyakPorsi]),
    hubungan=st.sampled_from(["", *Hubungan, LAIN]), wafat_terhitung=tiga, islam=tiga, cukup_usia=tiga, hadir=tiga,
    bank_sama=tiga, daftar_di_sini=tiga, beda_provinsi=tiga,
)  # fmt: skip


@given(keadaan)
def test_putusan_tidak_pernah_menyangkal_aturannya(satu):
    putusan = k.nilai(satu, AMBANG)
    sendiri = [t for aturan in k.KETENTUAN if (t := aturan.periksa(satu, AMBANG)) is not None]
    assert list(putusan.temuan) == sendiri
    hasil = {t.hasil for t in sendiri}
    assert (putusan.akhir == Akhir.TIDAK) == (Hasil.TIDAK in hasil)
    assert (putusan.akhir == Akhir.DAPAT) == (hasil == {Hasil.YA})
    tertutup = any(t.hasil == Hasil.TIDAK and t.tentang == Tentang.PORSI for t in sendiri)
    assert putusan.porsi_tertutup == tertutup and (not tertutup or putusan.akhir == Akhir.TIDAK)
    assert ("Porsi ini dapat dilimpahkan" in putusan.judul) <= (not hasil & {Hasil.TIDAK, Hasil.CARI})
    assert [t for _, isi in putusan.kelompok() for t in isi if t.hasil == Hasil.TIDAK] == [
        t for t in sendiri if t.hasil == Hasil.TIDAK
    ]
    assert sum(len(isi) for _, isi in putusan.kelompok()) == len(sendiri)


@given(keadaan)
def test_setiap_kalimat_berdasar_dan_lengkap(satu):
    for t in k.nilai(satu, AMBANG).temuan:
        assert t.dasar and "{" not in t.dasar
        assert not t.kalimat.endswith(".") and t.kalimat[0].isupper() and "  " not in t.kalimat


@given(keadaan, st.sampled_from([f.name for f in dataclasses.fields(k.Keadaan)]))
def test_melupakan_satu_jawaban_tidak_membuatnya_dapat(satu, nama):
    """An unknown answer may keep a verdict open; it never turns a no or an open one into a yes."""
    kosong = None if isinstance(getattr(k.Keadaan(), nama), type(None)) else ""
    lupa = k.nilai(dataclasses.replace(satu, **{nama: kosong}), AMBANG)
    if lupa.akhir == Akhir.DAPAT:
        assert k.nilai(satu, AMBANG).akhir == Akhir.DAPAT


def test_ambang_menurut_tanggal(acuan):
    lama = k.Ambang.pada(datetime.date(2026, 11, 21))
    assert (lama.usia, lama.wafat_sejak) == (12, datetime.date(2019, 4, 29))
    Aturan.objects.create(kode="usia-minimal", nilai="13", sumber="UU Contoh 1/2027", mulai="2027-01-01")
    assert k.Ambang.pada(datetime.date(2026, 12, 31)).usia == 12
    baru = k.Ambang.pada(datetime.date(2027, 1, 1))
    assert baru.usia == 13 and baru.lahir_paling_akhir == datetime.date(2014, 1, 1)
