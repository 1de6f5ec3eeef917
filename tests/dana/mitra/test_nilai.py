"""The judgement alone, as a table: every event in every state, and every word that cannot be true of a payment."""

from __future__ import annotations

import dataclasses
import datetime

import pytest

from haji_portal.dana.mitra.kabar import Kabar
from haji_portal.dana.mitra.nilai import Keadaan, nilai
from haji_portal.dana.models import Pengembalian, Peristiwa, Putusan

KINI = datetime.datetime(2026, 11, 21, 3, 0, tzinfo=datetime.UTC)
jam = datetime.timedelta(hours=1)
SETORAN, NM = 55_500_000, 1_234_567
SPM, TRANSFER, GAGAL, RETUR = (str(j) for j in Peristiwa.Jenis)
P, S, T, R = "pesan", "spm", "transfer", "terima"


def keadaan(status: str, *gerak: str, **lain) -> Keadaan:
    tahu = NM if S in gerak else None
    return Keadaan(
        **{"status": status, "setoran": SETORAN, "nilai_manfaat": tahu, "nomor_spm": "SPM/1" if S in gerak else "",
           "rekening": "7012345678", "gerak": frozenset(gerak), "dibuka": KINI - 48 * jam, **lain}
    )  # fmt: skip


def kabar(jenis: str, **ganti) -> Kabar:
    isi = {"jenis": jenis, "rujukan": "X", "setoran": SETORAN, "nilai_manfaat": NM, "jumlah": SETORAN + NM,
           "mata_uang": "IDR", "rekening": "7012345678", "waktu": KINI - jam, "nomor_spm": "SPM/1"}  # fmt: skip
    return Kabar(**isi | ganti)


def ringkas(hasil) -> str:
    return " ".join([hasil.hasil, *([hasil.alasan] if hasil.alasan else []), *(nama for nama, _ in hasil.langkah)])


SUDAH, BELUM, KEPASTIAN = "diabaikan sudah", "karantina belum_diajukan", "karantina kepastian"
BERTENTANGAN = "karantina bertentangan"
LANJUT = "diterapkan terima_spm", "diterapkan terima_spm terima_transfer", "diterapkan terima_penolakan"
MUNDUR = "diterapkan terima_spm terima_transfer terima_retur"
ADA_SPM = SUDAH, "diterapkan terima_transfer", "diterapkan terima_penolakan", "diterapkan terima_transfer terima_retur"
TABEL = {
    "disiapkan": (keadaan("disiapkan", P), (BELUM,) * 4),
    "diperiksa": (keadaan("diperiksa", P), (BELUM,) * 4),
    "diusulkan": (keadaan("diusulkan", P), (BELUM,) * 4),
    "dihentikan": (keadaan("dihentikan", P, "lepas", berakhir=KINI), (BELUM,) * 4),
    "diajukan": (keadaan("diajukan", P), (*LANJUT, MUNDUR)),
    "spm_terbit": (keadaan("spm_terbit", P, S), ADA_SPM),
    "ditransfer": (
        keadaan("ditransfer", P, S, T),
        (SUDAH, SUDAH, f"{BERTENTANGAN} nyatakan_belum_pasti", "diterapkan terima_retur"),
    ),
    "belum pasti, tidak terkirim?": (keadaan("belum_pasti", P), (*LANJUT, MUNDUR)),
    "belum pasti sesudah SPM": (keadaan("belum_pasti", P, S), ADA_SPM),
    "belum pasti sesudah transfer": (keadaan("belum_pasti", P, S, T), (SUDAH, SUDAH, KEPASTIAN, KEPASTIAN)),
    "dibuka kembali": (keadaan("belum_pasti", P, pesanan_ke=2, nomor_spm="SPM/1"), (KEPASTIAN,) * 4),
    "diterima": (
        keadaan("diterima", P, S, T, R, berakhir=KINI),
        (SUDAH, SUDAH, "karantina sesudah_akhir", "diterapkan terima_retur"),
    ),
    "gagal": (
        keadaan("gagal", P, "lepas", berakhir=KINI),
        ("diabaikan terlambat", f"{BERTENTANGAN} buka_kembali", SUDAH, SUDAH),
    ),
    "gagal sesudah SPM": (
        keadaan("gagal", P, S, "lepas", berakhir=KINI), (SUDAH, f"{BERTENTANGAN} buka_kembali", SUDAH, SUDAH)
    ),
    "gagal sesudah transfer, kata orang": (keadaan("gagal", P, S, T, "lepas", berakhir=KINI), (SUDAH,) * 4),
    "gagal, pengganti sudah dikirim": (
        keadaan("gagal", P, "lepas", berakhir=KINI, pengganti_dikirim=True),
        ("diabaikan terlambat", "karantina sesudah_gagal", SUDAH, SUDAH),
    ),
    "retur": (keadaan("retur", P, S, T, "retur", berakhir=KINI), (SUDAH,) * 4),
    "diterima, lalu disetor kembali": (
        keadaan("diterima", P, S, T, R, berakhir=KINI, dipulihkan=True),
        (SUDAH, SUDAH, "karantina sesudah_akhir", "karantina dipulihkan"),
    ),
    "gagal, lalu porsi aktif kembali": (
        keadaan("gagal", P, "lepas", berakhir=KINI, dipulihkan=True),
        ("diabaikan terlambat", "karantina dipulihkan", SUDAH, SUDAH),
    ),
}  # fmt: skip


@pytest.mark.parametrize("nama", TABEL)
def test_setiap_peristiwa_pada_setiap_keadaan(nama):
    k, harus = TABEL[nama]
    assert tuple(ringkas(nilai(k, kabar(j), kini=KINI)) for j in Peristiwa.Jenis) == harus


def test_tabel_menyebut_setiap_status_dan_alasan_ada():
    assert {k.status for k, _ in TABEL.values()} == {str(s) for s in Pengembalian.Status}
    sebutan = {kata for _, harus in TABEL.values() for satu in harus for kata in satu.split()[1:2]}
    assert sebutan <= {str(a) for a in Putusan.Alasan} | {
        "terima_spm", "terima_transfer", "terima_retur", "terima_penolakan"
    }  # fmt: skip


SALAH = [
    ("mata_uang", {"mata_uang": "USD"}),
    ("mata_uang", {"mata_uang": "XXX"}),
    ("setoran", {"setoran": SETORAN - 1, "jumlah": SETORAN - 1 + NM}),
    ("setoran", {"setoran": SETORAN + 1, "jumlah": SETORAN + 1 + NM}),
    ("setoran", {"setoran": SETORAN // 2, "jumlah": SETORAN // 2 + NM}),
    ("setoran", {"setoran": 0, "jumlah": NM}),
    ("jumlah", {"jumlah": SETORAN}),
    ("jumlah", {"jumlah": SETORAN + NM + 1}),
    ("jumlah", {"jumlah": 0}),
    ("rekening", {"rekening": "7012345679"}),
    ("rekening", {"rekening": "07012345678"}),
    ("rekening", {"rekening": "701234567"}),
    ("waktu", {"waktu": KINI + datetime.timedelta(hours=24, seconds=1)}),
    ("waktu", {"waktu": KINI + datetime.timedelta(days=365)}),
    ("waktu", {"waktu": KINI - 73 * jam}),
]


@pytest.mark.parametrize("jenis", Peristiwa.Jenis)
@pytest.mark.parametrize("alasan, ganti", SALAH)
def test_yang_tidak_mungkin_benar_dikarantina_tanpa_langkah(jenis, alasan, ganti):
    for k, _ in TABEL.values():
        assert ringkas(nilai(k, kabar(jenis, **ganti), kini=KINI)) == f"karantina {alasan}"


@pytest.mark.parametrize("tulisan", ["7012345678", "7012-345-678", "7012.345.678", " 7012 345678 "])
def test_rekening_seperti_dicetak_bank(tulisan):
    assert nilai(keadaan("diajukan", P), kabar(SPM, rekening=tulisan), kini=KINI).hasil == "diterapkan"


@pytest.mark.parametrize("manfaat", [0, 1, NM - 1, NM + 1, 10**12])
def test_nilai_manfaat_lain_itu_biasa(manfaat):
    e = kabar(TRANSFER, nilai_manfaat=manfaat, jumlah=SETORAN + manfaat)
    hasil = nilai(keadaan("spm_terbit", P, S), e, kini=KINI)
    assert hasil.langkah == (("terima_transfer", {"tanggal_transfer": e.waktu, "nilai_manfaat": manfaat}),)


def test_lima_tahun_kemudian_tetap_dinilai():
    k = keadaan("diterima", P, S, T, R, berakhir=KINI)
    kini = KINI + datetime.timedelta(days=5 * 365)
    assert ringkas(nilai(k, kabar(TRANSFER), kini=kini)) == SUDAH
    assert ringkas(nilai(k, kabar(RETUR, waktu=kini), kini=kini)) == "diterapkan terima_retur"
    assert ringkas(nilai(k, kabar(GAGAL, waktu=kini), kini=kini)) == "karantina sesudah_akhir"


def test_transfer_lagi_sesudah_retur_dikarantina():
    """Paid a second time under a reference that ended: another payment is being prepared in its place."""
    k = dataclasses.replace(TABEL["retur"][0], kejadian={RETUR: KINI - 2 * jam})
    assert ringkas(nilai(k, kabar(TRANSFER), kini=KINI)) == "karantina sesudah_gagal"
    assert ringkas(nilai(k, kabar(TRANSFER, waktu=KINI - 3 * jam), kini=KINI)) == SUDAH


def test_transfer_baru_sesudah_orang_menyatakan_gagal():
    k = dataclasses.replace(TABEL["gagal sesudah transfer, kata orang"][0], berakhir=KINI - 2 * jam)
    assert ringkas(nilai(k, kabar(TRANSFER), kini=KINI)) == f"{BERTENTANGAN} buka_kembali"


def test_spm_sesudah_gagal_menurut_waktu_kejadiannya():
    """Not when the portal heard of it counts, but when it happened."""
    k = dataclasses.replace(TABEL["gagal"][0], kejadian={GAGAL: KINI - 2 * jam})
    assert ringkas(nilai(k, kabar(SPM), kini=KINI)) == "karantina sesudah_gagal"
    assert ringkas(nilai(k, kabar(SPM, waktu=KINI - 3 * jam), kini=KINI)) == "diabaikan terlambat"


def test_gagal_sebelum_spm_tidak_membebaskan_dana():
    k = dataclasses.replace(keadaan("spm_terbit", P, S), kejadian={SPM: KINI - jam})
    assert ringkas(nilai(k, kabar(GAGAL, waktu=KINI - 2 * jam), kini=KINI)) == BERTENTANGAN
    assert ringkas(nilai(k, kabar(GAGAL), kini=KINI)) == "diterapkan terima_penolakan"


@pytest.mark.parametrize(
    "status, gerak", [("spm_terbit", (P, S)), ("ditransfer", (P, S, T)), ("diterima", (P, S, T, R))]
)
def test_spm_lain(status, gerak):
    k = keadaan(status, *gerak)
    assert ringkas(nilai(k, kabar(SPM, nomor_spm="SPM/2"), kini=KINI)) == "karantina spm_lain"
    assert ringkas(nilai(k, kabar(TRANSFER, nomor_spm="SPM/2"), kini=KINI)) == "karantina spm_lain"
    assert ringkas(nilai(k, kabar(SPM, nomor_spm=" spm/1 "), kini=KINI)) == SUDAH


def test_spm_yang_sama_dengan_manfaat_lain():
    e = kabar(SPM, nilai_manfaat=NM + 1, jumlah=SETORAN + NM + 1)
    assert ringkas(nilai(keadaan("spm_terbit", P, S), e, kini=KINI)) == "karantina spm_lain"
    # What the bank paid is the last word on the yield.
    assert ringkas(nilai(keadaan("ditransfer", P, S, T), e, kini=KINI)) == SUDAH


@pytest.mark.parametrize("status", ["ditransfer", "diterima", "belum_pasti"])
def test_nomor_spm_yang_menyusul(status):
    k = keadaan(status, P, S, T, nomor_spm="")
    assert nilai(k, kabar(SPM), kini=KINI).langkah == (
        ("lengkapi_spm", {"nomor_spm": "SPM/1", "tanggal_spm": KINI - jam}),
    )


def test_transfer_dengan_manfaat_lain_dari_yang_sudah_ditransfer():
    e = kabar(TRANSFER, nilai_manfaat=NM + 1, jumlah=SETORAN + NM + 1)
    assert ringkas(nilai(keadaan("ditransfer", P, S, T), e, kini=KINI)) == "karantina manfaat"
