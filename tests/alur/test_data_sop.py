"""The SOP tables as data: closed schema, known actors, and the figures that the printed SOPs carry."""

from __future__ import annotations

import copy
import datetime
import re
from pathlib import Path
from typing import Any

import pytest

from haji_portal.berkas_yaml import baca_yaml

AKAR = Path(__file__).resolve().parents[2]
PELAKSANA = baca_yaml(AKAR / "haji_portal/alur/data/pelaksana.yaml")
BERKAS = sorted([*AKAR.glob("*/sop/*.yaml"), *AKAR.glob("haji_portal/*/sop/*.yaml")])
SEMUA: dict[str, dict[str, Any]] = {isi["kode"]: isi for isi in (baca_yaml(b) for b in BERKAS)}

KUNCI_TABEL = {
    "kode", "layanan", "kantor", "varian", "nama", "berlaku_dari", "berlaku_sampai", "jangka_waktu", "catatan",
    "identitas", "kolom", "rentang", "langkah",
}  # fmt: skip
KUNCI_IDENTITAS = {
    "nomor", "tanggal_pembuatan", "tanggal_revisi", "tanggal_efektif", "disahkan_oleh", "dasar_hukum", "kualifikasi",
    "keterkaitan", "peralatan", "peringatan", "pencatatan",
}  # fmt: skip
KUNCI_LANGKAH = {
    "no", "aktivitas", "pelaksana", "kolom", "salah_satu", "menunggu", "bentuk", "kembali_ke", "kelengkapan", "menit",
    "hari_kerja", "output", "cabang", "transisi", "selesai", "status",
}  # fmt: skip
# surat: the letters that the row's signing step signs. lanjutan: a row of the national SOP that the office's own print
# leaves out, because it ends at the office's door. Tables may also say `awal`, the status in which their cases begin,
# and `lanjutan`, the heading above such rows.
KUNCI_BOLEH = {"surat", "lanjutan"}
KUNCI_RENTANG = {"kode", "menit", "hari_kerja", "sumber"}
PIHAK_RENTANG = ["kantor", "kanwil", "pusat"]
KANTOR = {"lombok-timur", "tanah-bumbu", "kepulauan-seribu", "jakarta-selatan", "palu", "nasional"}

# Read off the printed SOPs: rows, minutes and working days of the whole table, then the time of each row in order
# (number = menit, "hk" = hari kerja, "-" = none printed). A table without a third column sets no time per row.
CETAK: dict[str, tuple[int, int, int, str]] = {
    # Lombok Timur 2022. Pembatalan and pengaktifan print rows without a number (3b, 6b): 9 numbers, 11 and 10 rows.
    "pendaftaran/lombok-timur": (7, 47, 0, "- 2 5 10 5 5 20"),
    "pembatalan/lombok-timur": (11, 45, 5, "- 5 10 5 10 15 1hk 1hk 3hk - -"),
    "pengaktifan/lombok-timur": (10, 55, 4, "15 10 10 10 5 1hk 1hk 1hk 5 1hk"),
    # Tanah Bumbu 2024.
    "pendaftaran/tanah-bumbu": (8, 25, 0, "8 5 3 2 3 2 1 1"),
    "pembatalan/tanah-bumbu": (8, 24, 0, "5 3 3 2 2 2 5 2"),
    "pelimpahan/tanah-bumbu": (7, 21, 0, "2 3 5 2 2 2 5"),
    # Jakarta Selatan 2020 and Palu 2024.
    "ptsp/jakarta-selatan": (9, 115, 1, "15 15 15 15 15 15 1hk 15 10"),
    "tim-siskohat/palu": (7, 260, 0, "20 30 30 30 60 60 30"),
    # Kepulauan Seribu 2023: 20-30 menit for the whole, no time per row.
    "pendaftaran/kepulauan-seribu": (6, 0, 0, ""),
    "pendaftaran-elektronik/kepulauan-seribu": (10, 0, 0, ""),
    "pembatalan/kepulauan-seribu": (10, 0, 0, ""),
    "pelimpahan/kepulauan-seribu": (7, 0, 0, ""),
    "pelimpahan-elektronik/kepulauan-seribu": (10, 0, 0, ""),
    "pengaktifan/kepulauan-seribu/kesalahan-sistem": (8, 0, 0, ""),
    "pengaktifan/kepulauan-seribu/salah-entri": (12, 0, 0, ""),
    "pengaktifan/kepulauan-seribu/sepihak": (12, 0, 0, ""),
    "pengaktifan/kepulauan-seribu/putusan-pengadilan": (12, 0, 0, ""),
    "rekomendasi/kepulauan-seribu": (7, 0, 0, ""),
    "konsultasi-tertulis/kepulauan-seribu": (5, 0, 0, ""),
    "konsultasi-langsung/kepulauan-seribu": (5, 0, 0, ""),
    # Kepdirjen PHU of 20 September 2021: 244 C and D, 241 C.1, D.3 and D.4, 245 C and D.
    "pendaftaran/nasional": (6, 0, 0, ""),
    "pendaftaran-elektronik/nasional": (10, 0, 0, ""),
    "pembatalan/nasional": (10, 0, 0, ""),
    "pembatalan-validasi-tidak-memenuhi/nasional": (7, 0, 0, ""),
    "pembatalan-validasi-reversal/nasional": (1, 0, 0, ""),
    "pelimpahan/nasional": (7, 0, 0, ""),
    "pelimpahan-elektronik/nasional": (10, 0, 0, ""),
}


def keberatan(isi: dict[str, Any]) -> list[str]:
    """Every way in which a table breaks the schema, as sentences; empty when it is sound."""
    galat = [f"kunci tabel {k}" for k in KUNCI_TABEL ^ (set(isi) - {"awal", "lanjutan"})]
    galat += [f"kunci identitas {k}" for k in KUNCI_IDENTITAS ^ set(isi["identitas"])]
    ruas = isi["kode"].split("/")
    if [isi["layanan"], isi["kantor"], isi["varian"]] != [*ruas, ""][:3]:
        galat.append("kode tidak cocok dengan layanan/kantor/varian")
    if isi["kantor"] not in KANTOR:
        galat.append("kantor tidak dikenal")
    if not isinstance(isi["berlaku_dari"], datetime.date):
        galat.append("berlaku_dari bukan tanggal")
    galat += [f"pelaksana tidak dikenal {k}" for k in isi["kolom"] if k not in PELAKSANA]
    galat += [
        f"kunci rentang {r}"
        for r in isi["rentang"]
        if set(r) - {"pihak"} != KUNCI_RENTANG or not (r["menit"] or r["hari_kerja"])
    ]
    pihak = [r["pihak"] for r in isi["rentang"] if "pihak" in r]
    galat += [f"pihak rentang {p}" for p in pihak if not p or set(p) - set(PIHAK_RENTANG)]
    nomor = [b["no"] for b in isi["langkah"]]
    if len(nomor) != len(set(nomor)):
        galat.append("nomor langkah ganda")
    for i, baris in enumerate(isi["langkah"]):
        galat += [f"langkah {baris['no']}: {g}" for g in _keberatan_langkah(isi, baris, i)]
    return galat + _keberatan_status(isi)


def _keberatan_langkah(isi: dict[str, Any], baris: dict[str, Any], i: int) -> list[str]:
    galat = [f"kunci {k}" for k in KUNCI_LANGKAH ^ (set(baris) - KUNCI_BOLEH)]
    galat += [f"pelaksana tidak dikenal {p}" for p in baris["pelaksana"] if p not in PELAKSANA]
    galat += [f"kolom {k} tidak ada pada tabel" for k in baris["kolom"] if k not in isi["kolom"]]
    sebelum = [b["no"] for b in isi["langkah"][:i]]
    harapan = "mulai" if i == 0 else "selesai" if i in _ujung(isi) else None
    if baris["bentuk"] != harapan if harapan else baris["bentuk"] not in {"proses", "keputusan"}:
        galat.append(f"bentuk {baris['bentuk']}")
    if (baris["bentuk"] == "keputusan") != (baris["kembali_ke"] is not None):
        galat.append("kembali_ke hanya dan selalu pada keputusan")
    if baris["kembali_ke"] is not None and baris["kembali_ke"] not in sebelum:
        galat.append("kembali_ke tidak menunjuk langkah sebelumnya")
    if baris.get("lanjutan") and (baris["kolom"] or baris["menit"] or baris["hari_kerja"]):
        galat.append("langkah lanjutan tidak tercetak: tanpa kolom dan waktu")
    if "surat" in baris and not baris["surat"]:
        galat.append("surat kosong")
    if not baris["pelaksana"] or not baris["aktivitas"] or not isinstance(baris["no"], str):
        galat.append("isi kosong atau nomor bukan teks")
    if baris["selesai"] not in {"semua", "salah_satu"} or (baris["cabang"] and baris["transisi"]):
        galat.append("selesai tidak dikenal, atau cabang dengan transisi")
    for satuan in ("menit", "hari_kerja"):
        if baris[satuan] is not None and (not isinstance(baris[satuan], int) or baris[satuan] <= 0):
            galat.append(f"{satuan} bukan bilangan positif")
    return galat


def _ujung(isi: dict[str, Any]) -> set[int]:
    """Indexes of the rows that end the table: the last printed one, and the last one of what goes on behind it."""
    tercetak = [i for i, b in enumerate(isi["langkah"]) if not b.get("lanjutan")]
    return {tercetak[-1], len(isi["langkah"]) - 1} if tercetak else set()


def _keberatan_status(isi: dict[str, Any]) -> list[str]:
    """A status belongs to one unbroken group of rows, and a transition completes one row only."""
    galat = []
    lanjutan = [bool(b.get("lanjutan")) for b in isi["langkah"]]
    if lanjutan != sorted(lanjutan):
        galat.append("langkah lanjutan hanya di belakang yang tercetak")
    for status in {s for b in isi["langkah"] for s in b["status"]}:
        urut = [i for i, b in enumerate(isi["langkah"]) if status in b["status"]]
        if urut != list(range(urut[0], urut[-1] + 1)):
            galat.append(f"status {status} terputus")
    transisi = [t for b in isi["langkah"] for t in b["transisi"]]
    return galat + (["transisi ganda"] if len(transisi) != len(set(transisi)) else [])


def waktu_baris(baris: dict[str, Any]) -> str:
    if baris["hari_kerja"]:
        return f"{baris['hari_kerja']}hk"
    return str(baris["menit"] or "-")


def test_every_printed_table_is_there_once():
    assert len(BERKAS) == len(SEMUA) == 27
    assert set(SEMUA) == set(CETAK)


@pytest.mark.parametrize("kode", sorted(SEMUA))
def test_table_follows_the_schema(kode):
    assert keberatan(SEMUA[kode]) == []


@pytest.mark.parametrize("kode", sorted(CETAK))
def test_rows_and_times_are_those_of_the_print(kode):
    jumlah, menit, hari, per_baris = CETAK[kode]
    baris = [b for b in SEMUA[kode]["langkah"] if not b.get("lanjutan")]
    assert len(baris) == jumlah
    assert sum(b["menit"] or 0 for b in baris) == menit
    assert sum(b["hari_kerja"] or 0 for b in baris) == hari
    assert [waktu_baris(b) for b in baris] == (per_baris.split() or ["-"] * jumlah)


def _rusak(ubah) -> dict[str, Any]:
    isi = copy.deepcopy(SEMUA["pendaftaran/lombok-timur"])
    ubah(isi)
    return isi


@pytest.mark.parametrize(
    "ubah",
    [
        lambda t: t.update(asing=1),
        lambda t: t["identitas"].pop("nomor"),
        lambda t: t.update(kantor="palu"),
        lambda t: t["langkah"][1].update(no="1"),
        lambda t: t["langkah"][1].update(lanjutan=True),
        lambda t: t["langkah"][6].update(lanjutan=True, kolom=[], menit=5),
        lambda t: t["langkah"][1].update(surat=[]),
        lambda t: t["langkah"][1].update(pelaksana=["Satpam"]),
        lambda t: t["langkah"][1].update(kolom=["BPKH"]),
        lambda t: t["langkah"][2].update(kembali_ke="6"),
        lambda t: t["langkah"][2].update(kembali_ke=None),
        lambda t: t["langkah"][0].update(bentuk="proses"),
        lambda t: t["langkah"][3].update(menit=0),
        lambda t: t["langkah"][5].update(status=["diperiksa"]),
        lambda t: t["langkah"][6].update(transisi=["ajukan"]),
        lambda t: t["rentang"].append({"kode": "x", "menit": None, "hari_kerja": None, "sumber": "x"}),
        lambda t: t["rentang"].append({"kode": "x", "menit": 5, "hari_kerja": None, "sumber": "x", "pihak": []}),
        lambda t: t["rentang"].append({"kode": "x", "menit": 5, "hari_kerja": None, "sumber": "x", "pihak": ["mitra"]}),
    ],
)
def test_the_validator_objects_to_a_broken_table(ubah):
    assert keberatan(_rusak(ubah)) != []


@pytest.mark.parametrize("berkas", BERKAS, ids=lambda b: b.stem)
def test_no_person_is_named(berkas):
    """The print carries names and NIP of officials; the portal keeps the office title only."""
    teks = berkas.read_text(encoding="utf-8")
    assert not re.search(r"\d{16,18}|\bNIP\b|\bNip\b|\bDrs\.|\bM\.?M\b|\bM\.?Pd\b", teks)


def test_national_tables_start_with_the_decree_and_bind_every_service():
    nasional = [t for t in SEMUA.values() if t["kantor"] == "nasional"]
    assert {t["berlaku_dari"] for t in nasional} == {datetime.date(2021, 9, 20)}
    assert {t["layanan"].split("-")[0] for t in nasional} == {"pendaftaran", "pembatalan", "pelimpahan"}


def test_what_goes_on_behind_a_print_is_the_national_table():
    """Tanah Bumbu's print ends at the counter; the rows behind it are those of 241/2021 C.1.e to j, word for word."""
    belakang = [b for b in SEMUA["pembatalan/tanah-bumbu"]["langkah"] if b.get("lanjutan")]
    nasional = {b["no"]: b for b in SEMUA["pembatalan/nasional"]["langkah"]}
    assert [b["no"] for b in belakang] == list("efghij")
    for baris, no in zip(belakang, ["5", "6", "7", "8", "9", "10"], strict=True):
        for kunci in ("aktivitas", "pelaksana", "bentuk", "output", "transisi", "status"):
            assert baris[kunci] == nasional[no][kunci], (baris["no"], kunci)
    lain = [k for k, t in SEMUA.items() if any(b.get("lanjutan") for b in t["langkah"])]
    assert lain == [k for k, t in SEMUA.items() if t.get("lanjutan")]
    terus = {"pembatalan/tanah-bumbu", "pelimpahan/tanah-bumbu", "pelimpahan/kepulauan-seribu"}
    assert set(lain) == terus | {"pengaktifan/lombok-timur"}


@pytest.mark.parametrize(
    ("kode", "no"), [("pelimpahan/tanah-bumbu", ["4", "6", "7"]), ("pelimpahan/kepulauan-seribu", ["4", "5", "6", "7"])]
)
def test_behind_a_transfer_stands_245(kode, no):
    """Both prints end at the Kanwil's door; what follows is 245/2021 C.4 to 7 (Tanah Bumbu's row 7 is C.3 and C.5)."""
    belakang = [b for b in SEMUA[kode]["langkah"] if b.get("lanjutan")]
    nasional = {b["no"]: b for b in SEMUA["pelimpahan/nasional"]["langkah"]}
    assert [b["no"] for b in belakang] == [f"c{satu}" for satu in no]
    for baris, satu in zip(belakang, no, strict=True):
        for kunci in ("aktivitas", "pelaksana", "bentuk", "output", "cabang", "transisi", "status"):
            assert baris[kunci] == nasional[satu][kunci], (baris["no"], kunci)


def test_who_signs_and_who_waits():
    """Spot checks against the texts that a sum would not notice."""
    lt = {b["no"]: b for b in SEMUA["pendaftaran/lombok-timur"]["langkah"]}
    assert lt["5"]["salah_satu"] and lt["5"]["kolom"] == ["Kasi", "Kepala Kantor"]
    assert (lt["3"]["bentuk"], lt["3"]["kembali_ke"], lt["2"]["menunggu"]) == ("keputusan", "2", "Jemaah")
    tb = [b["transisi"] for b in SEMUA["pendaftaran/tanah-bumbu"]["langkah"]]
    datar = [t for baris in tb for t in baris]
    assert datar.index("ambil_foto") < datar.index("tandatangani") < datar.index("pindai_berkas")
    assert SEMUA["pelimpahan/tanah-bumbu"]["langkah"][6]["menunggu"] == "Kanwil"
    for varian in ("sepihak", "putusan-pengadilan"):
        baris = SEMUA[f"pengaktifan/kepulauan-seribu/{varian}"]["langkah"][4]
        assert baris["pelaksana"] == ["Jemaah", "Kepala Kantor"] and baris["salah_satu"]
    assert SEMUA["pengaktifan/kepulauan-seribu/salah-entri"]["langkah"][4]["pelaksana"] == ["Kepala Kantor"]
    assert [b["no"] for b in SEMUA["pembatalan/nasional"]["langkah"] if b["cabang"]] == ["3"]


def test_limits_that_span_rows():
    rentang = {r["kode"]: r for r in SEMUA["pembatalan/nasional"]["rentang"]}
    assert [rentang[k]["hari_kerja"] for k in ("keseluruhan", "kantor", "direktorat")] == [8, 3, 5]  # 241/2021 E
    for layanan, isi in SEMUA.items():
        pihak = {r["kode"]: r.get("pihak", ["kantor"]) for r in isi["rentang"] if r["hari_kerja"]}
        if layanan.startswith("pembatalan/"):
            assert pihak == {"keseluruhan": ["kantor", "pusat"], "kantor": ["kantor"], "direktorat": ["pusat"]}
    assert [r["menit"] for r in SEMUA["pendaftaran/kepulauan-seribu"]["rentang"]] == [30]
    assert [r["hari_kerja"] for r in SEMUA["pendaftaran-elektronik/nasional"]["rentang"]] == [3]  # 244/2021 E.2
