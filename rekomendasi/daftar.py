"""A group's list as a spreadsheet: read into the rows of the page, where the officer sees and mends them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile

from haji_portal.berkas.saring import UnggahanDitolak
from haji_portal.berkas.tabel import Sel, TabelTerbaca, terima_tabel, tulis_tabel
from haji_portal.meja.tukar.cocokkan import CARI_KEPALA, rata
from haji_portal.meja.tukar.nilai import tanggal

from .bidang import KOLOM, LABEL, MAKS_ORANG, PANJANG, WAJIB, Baris, bersihkan

SINONIM: Mapping[str, Sequence[str]] = {
    "nik": ("no ktp", "nomor ktp", "nomor induk kependudukan", "no nik"),
    "nama": ("nama jemaah", "nama peserta", "nama sesuai ktp"),
    "tempat_lahir": ("tmp lahir", "kota lahir"),
    "tanggal_lahir": ("tgl lahir", "lahir"),
    "hubungan": ("hubungan", "hubungan keluarga", "hubungan atau keterangan", "ket"),
}
RUMUS = "berisi rumus; tulis nilainya saja"
TERTUA = datetime.date(1900, 1, 1)


@dataclass(frozen=True)
class DaftarTerbaca:
    """Rows for the page, {index: {column: sentence}} of what cannot be read, and a sentence about the whole file."""

    baris: list[Baris]
    galat: dict[int, dict[str, str]]
    kalimat: str


def baca_daftar(berkas: UploadedFile) -> DaftarTerbaca:
    """Raises UnggahanDitolak with the sentence for the person; nothing is stored."""
    tabel = terima_tabel(berkas)
    kepala, letak = cari_kepala(tabel, {k: (LABEL[k], k, *SINONIM[k]) for k in KOLOM})
    if kurang := [LABEL[k] for k in WAJIB if k not in kepala.values()]:
        raise UnggahanDitolak(f"Kolom {', '.join(kurang)} tidak ditemukan. Pakai judul kolom seperti pada contoh.")
    isi = [(urut, pilih(sel, kepala)) for urut, sel in tabel.baris[letak + 1 :]]
    isi = [(urut, satu) for urut, satu in isi if satu]
    if not isi:
        raise UnggahanDitolak("Di bawah judul kolom belum ada baris yang terisi.")
    if len(isi) > MAKS_ORANG:
        raise UnggahanDitolak(
            f"Daftar ini memuat {len(isi)} orang; satu permohonan paling banyak {MAKS_ORANG} orang. "
            "Bagi menjadi beberapa permohonan."
        )
    baris, galat = [], {}
    for ke, (urut, sel) in enumerate(isi):
        satu, salah = _satu(sel)
        baris.append(satu)
        if salah := bersihkan(satu)[1] | salah:
            galat[ke] = {k: f"{kalimat.rstrip('.')} (baris {urut} pada berkas)." for k, kalimat in salah.items()}
    perlu = f" {len(galat)} baris perlu diperbaiki." if galat else ""
    return DaftarTerbaca(baris, galat, f"{len(baris)} orang terbaca dari {tabel.nama}.{perlu} Cocokkan dengan KTP-nya.")


def cari_kepala(tabel: TabelTerbaca, dikenal: Mapping[str, Iterable[str]]) -> tuple[dict[int, str], int]:
    """{position: column} of the header row, and where it stands; UnggahanDitolak when a column stands twice."""
    kode = {rata(judul): k for k, semua in dikenal.items() for judul in semua}

    def cocok(sel: Sequence[Sel]) -> dict[int, str]:
        return {i: kode[r] for i, s in enumerate(sel) if (r := rata(s or "")) in kode}

    letak = max(range(min(CARI_KEPALA, len(tabel.baris))), key=lambda i: len(cocok(tabel.baris[i][1])))
    kepala = cocok(tabel.baris[letak][1])
    ada = list(kepala.values())
    if ganda := sorted({k for k in ada if ada.count(k) > 1}):
        raise UnggahanDitolak(f"Kolom {', '.join(ganda)} ada lebih dari satu kali. Sisakan satu, lalu unggah lagi.")
    return kepala, letak


def pilih(sel: Sequence[Sel], kepala: Mapping[int, str]) -> dict[str, Sel]:
    """The filled cells of a row by column; False is a formula."""
    return {kepala[i]: s for i, s in enumerate(sel) if i in kepala and s is not None}


def _satu(sel: Mapping[str, Sel]) -> tuple[Baris, dict[str, str]]:
    baris, galat = dict.fromkeys(KOLOM, ""), {}
    for kolom, isi in sel.items():
        if not isinstance(isi, str):
            galat[kolom] = f"{LABEL[kolom]} {RUMUS}"
        elif kolom == "tanggal_lahir":
            try:
                baris[kolom] = tanggal(isi, tertua=TERTUA, dua_angka=False).isoformat()
            except ValueError as salah:
                galat[kolom] = str(salah)
        else:
            baris[kolom] = (re.sub(r"[\s.'-]", "", isi) if kolom == "nik" else isi)[: PANJANG[kolom] + 1]
    return baris, galat


def templat_daftar() -> bytes:
    """The empty list to fill in, with one invented person as a pattern."""
    contoh = ["9999010101700001", "Siti Contoh", "Pulau Pramuka", datetime.date(1970, 1, 1), "Pemohon"]
    return tulis_tabel("xlsx", [LABEL[k] for k in KOLOM], [contoh], "Daftar orang")
