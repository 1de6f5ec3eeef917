"""Reference data beside the SOP tables: roles of the pelaksana, offices, required documents, lists of the SPPH form."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from haji_portal.berkas_yaml import baca_yaml
from haji_portal.jemaah.pilihan import NAMA, pilihan

AKAR = Path(__file__).resolve().parents[2]
PERAN = {
    "ptsp", "jfu", "kasi", "kasubag", "kepala", "siskohat", "kanwil", "direktorat", "subdit", "direktur", "ditjen",
    "bpkh", "bps", "inspektorat", "admin", "pemohon",
}  # fmt: skip
KUNCI_KANTOR = {
    "slug", "nama", "nama_pendek", "jenis", "induk", "kode_perkara", "kode_surat", "zona", "provinsi", "kabupaten",
    "kode_wilayah", "alamat", "telepon", "email", "penanda_tangan", "kop",
}  # fmt: skip
KUNCI_SYARAT = {"kode", "nama", "bentuk", "jumlah", "wajib", "keterangan", "sumber", "kasus", "kantor"}
BENTUK = {"asli", "salinan", "legalisir", "asli_dan_salinan", "ditunjukkan", "unggahan"}


def baca(path: str) -> Any:
    return baca_yaml(AKAR / path)


KANTOR = {k["slug"]: k for k in baca("haji_portal/akun/data/kantor.yaml")["kantor"]}
PELAKSANA = baca("haji_portal/alur/data/pelaksana.yaml")
SYARAT = sorted([*AKAR.glob("*/syarat_berkas.yaml"), *AKAR.glob("haji_portal/*/syarat_berkas.yaml")])


def butir(layanan: str, kasus: str = "", kantor: str = "") -> list[dict[str, Any]]:
    """Rows of one service that are meant for a case and an office, in the order of the file."""
    app = {"konsultasi": "haji_portal/ptsp"}.get(layanan, layanan)

    def daftar(nilai):
        return nilai if isinstance(nilai, list) else [nilai or ""]

    rows = baca(f"{app}/syarat_berkas.yaml")["syarat"]
    return [r for r in rows if kasus in daftar(r.get("kasus")) and kantor in daftar(r.get("kantor"))]


def test_every_pelaksana_maps_to_known_roles():
    assert {p for roles in PELAKSANA.values() for p in roles} <= PERAN
    assert [nama for nama, roles in PELAKSANA.items() if not roles] == ["Siskohat"]  # a system, not a person
    assert set(PELAKSANA["Kepala/Kasi"]) == set(PELAKSANA["Pejabat Kantor"]) == {"kasi", "kepala"}
    assert set(PELAKSANA["Staf Pelaksana/PTSP"]) == {"jfu", "ptsp"}
    assert (PELAKSANA["Petugas FO"], PELAKSANA["Petugas BO"]) == (["ptsp"], ["jfu"])


def test_the_glossary_lists_every_pelaksana_with_its_roles():
    teks = (AKAR / "docs/istilah.md").read_text(encoding="utf-8")
    tabel = dict(re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|", teks.split("## Printed pelaksana")[1], re.MULTILINE))
    for nama, roles in PELAKSANA.items():
        assert set(re.findall(r"`(\w+)`", tabel[nama])) == set(roles), nama


@pytest.mark.parametrize("slug", sorted(KANTOR))
def test_office_is_complete(slug):
    kantor = KANTOR[slug]
    assert set(kantor) == KUNCI_KANTOR
    assert re.fullmatch(r"[A-Z]{2,4}", kantor["kode_perkara"])
    assert kantor["induk"] is None or kantor["induk"] in KANTOR
    assert ZoneInfo(kantor["zona"])
    assert kantor["email"].endswith("@example.go.id")
    assert kantor["jenis"] != "kabkota" or re.fullmatch(r"\d{4}", kantor["kode_wilayah"])


@pytest.mark.parametrize("slug", [s for s, k in KANTOR.items() if k["kop"]])
def test_letterheads_follow_one_another_without_a_gap(slug):
    """UU 14/2025: the new ministry's head from 2026-01-01, letters of 2025 keep the old one."""
    lama, baru = KANTOR[slug]["kop"]
    assert lama["berlaku_sampai"] == datetime.date(2025, 12, 31) and "Agama" in lama["kementerian"]
    assert baru["berlaku_dari"] - lama["berlaku_sampai"] == datetime.timedelta(days=1)
    assert baru["berlaku_sampai"] is None and "Haji dan Umrah" in baru["kementerian"]


def test_offices_of_the_sop_texts():
    assert len({k["kode_perkara"] for k in KANTOR.values()}) == len(KANTOR) == 13
    surat = {s: KANTOR[s]["kode_surat"] for s in ("palu", "lombok-timur", "jakarta-selatan", "tanah-bumbu")}
    assert surat == {
        "palu": "Kk.22.02", "lombok-timur": "Kk.18.03", "jakarta-selatan": "Kk.09.1", "tanah-bumbu": "Kk.17.12",
    }  # fmt: skip
    penanda = {s: k["penanda_tangan"]["sph"] for s, k in KANTOR.items() if k["jenis"] == "kabkota"}
    assert penanda == {
        "lombok-timur": "kasi", "tanah-bumbu": "kepala", "kepulauan-seribu": "kepala", "jakarta-selatan": "kasi",
        "palu": "kasi",
    }  # fmt: skip


@pytest.mark.parametrize("berkas", SYARAT, ids=lambda b: b.parent.name)
def test_requirements_are_sound_and_cited(berkas):
    isi = baca_yaml(berkas)
    for row in isi["syarat"]:
        assert set(row) <= KUNCI_SYARAT and row["bentuk"] in BENTUK, row
        assert row.get("sumber") or isi.get("sumber"), row
        # A document that is asked only in some cases says in which.
        assert row.get("wajib", True) or row["keterangan"].startswith("Wajib bila "), row


@pytest.mark.parametrize(
    ("layanan", "kasus", "kantor", "jumlah"),
    [
        ("pendaftaran", "", "", 5),  # 244/2021 A.9 and B.3-B.6
        ("pendaftaran", "elektronik", "", 3),  # 244/2021 D.5
        ("pembatalan", "meninggal", "", 7),  # 241/2021 A.4 and B.1 (six letters)
        ("pembatalan", "sendiri", "", 6),  # 241/2021 A.4 and B.2 (five letters)
        ("pembatalan", "validasi-belum-daftar", "", 7),  # 241/2021 D.1: letter, four, and two more after a death
        ("pembatalan", "validasi-tidak-memenuhi", "", 1),  # 241/2021 D.3.a
        ("pelimpahan", "sakit", "", 9),  # 245/2021 B.1: eight letters, KTP and KK apart
        ("pelimpahan", "wafat", "", 9),  # 245/2021 B.2
        ("pelimpahan", "sakit", "tanah-bumbu", 13),  # the printed form has 14 rows; akta kematian is not for the sick
        ("pelimpahan", "wafat", "tanah-bumbu", 13),  # ... and the doctor's letter not for the dead
        ("pengaktifan", "kesalahan-sistem", "", 3),  # Kepulauan Seribu 019/2023, komponen 1
        ("pengaktifan", "salah-entri", "", 5),
        ("pengaktifan", "sepihak", "", 5),
        ("pengaktifan", "putusan-pengadilan", "", 2),
        ("rekomendasi", "", "", 5),  # Kepulauan Seribu 009/2023, komponen 1
        ("konsultasi", "tertulis", "", 5),  # Kepulauan Seribu 089/2023, komponen 1
        ("konsultasi", "langsung", "", 3),
    ],
)
def test_number_of_documents_is_that_of_the_text(layanan, kasus, kantor, jumlah):
    rows = butir(layanan, kasus, kantor)
    assert len(rows) == len({r["kode"] for r in rows}) == jumlah


def test_the_printed_form_of_tanah_bumbu():
    rows = [r for k in ("wafat", "sakit") for r in butir("pelimpahan", k, "tanah-bumbu")]
    nomor = {int(re.search(r"no\. (\d+)", r["sumber"])[1]): r for r in rows}
    assert sorted(nomor) == list(range(1, 15))
    assert {n: r["jumlah"] for n, r in nomor.items() if "jumlah" in r} == {n: 2 for n in nomor if n != 7}
    assert [n for n, r in nomor.items() if r["bentuk"] == "legalisir"] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("nama", NAMA)
def test_lists_of_the_spph_form_have_no_doubles_and_fit_their_columns(nama):
    nilai = [kunci for kunci, _ in pilihan(nama)]
    batas = {"pendidikan": 40, "pekerjaan": 60, "golongan_darah": 3, "bank": 60}[nama]
    assert len(nilai) == len(set(nilai)) > 3
    assert all(isinstance(n, str) and len(n) <= batas for n in nilai)


def test_an_unknown_list_is_refused():
    with pytest.raises(ValueError, match="tidak dikenal"):
        pilihan("../kantor")
