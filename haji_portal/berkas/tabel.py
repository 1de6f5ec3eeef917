"""Spreadsheets, both ways: what people upload is read in a limited process, what they download cannot run anything."""

from __future__ import annotations

import datetime
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from defusedcsv import csv
from django.core.files.uploadedfile import UploadedFile
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from .nama import nama_aman
from .saring import UnggahanDitolak, panggil_anak

MAKS_BYTE = 8 * 1024 * 1024
MIME = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Sel = str | bool | None
MENYAMAR = re.compile(r"[=+\-@|%]|[0-9][0-9eE ./,:\-]*\Z")
"""Text that a spreadsheet would take for a formula, a number or a date."""

KALIMAT = {
    "kolom": "Lembar ini lebih dari 200 kolom. Sisakan kolom yang diperlukan, lalu unggah lagi.",
    "baris": "Berkas ini lebih dari 10.000 baris. Bagi menjadi beberapa berkas, lalu unggah lagi.",
    "kosong": "Berkas ini tidak berisi baris apa pun. Pilih berkas lain, lalu unggah lagi.",
    "rusak-csv": "CSV ini tidak terbaca. Simpan ulang dari Excel sebagai CSV UTF-8 atau XLSX, lalu unggah lagi.",
    "sandi-teks": "Huruf dalam CSV ini tidak terbaca. Simpan ulang dari Excel sebagai CSV UTF-8, lalu unggah lagi.",
    "rusak-xlsx": "Berkas XLSX ini rusak atau tidak utuh. Buka dan simpan ulang dengan Excel, lalu unggah lagi.",
    "xls": "Berkas ini berformat Excel lama (.xls) atau terkunci sandi. Simpan ulang sebagai XLSX tanpa sandi.",
    "makro": "Berkas ini berisi makro. Simpan ulang sebagai XLSX biasa tanpa makro, lalu unggah lagi.",
    "berat": "Isi berkas ini terlalu berat untuk diperiksa dengan aman. Salin tabelnya ke berkas baru.",
}


@dataclass(frozen=True)
class TabelTerbaca:
    """What a spreadsheet holds. baris: (row number as Excel shows it, cells); a cell False is a formula."""

    isi: bytes
    nama: str
    baris: list[tuple[int, list[Sel]]]
    lembar: str
    lembar_lain: list[str]
    gabungan: bool


def terima_tabel(berkas: UploadedFile) -> TabelTerbaca:
    """Read an uploaded CSV or XLSX. Raises UnggahanDitolak with the sentence for the person; nothing is stored."""
    if berkas.size is not None and berkas.size > MAKS_BYTE:
        raise UnggahanDitolak("Berkas lebih dari 8 MB. Bagi menjadi beberapa berkas, lalu unggah lagi.")
    isi = berkas.read(MAKS_BYTE + 1)
    if len(isi) > MAKS_BYTE:
        raise UnggahanDitolak("Berkas lebih dari 8 MB. Bagi menjadi beberapa berkas, lalu unggah lagi.")
    jenis = (berkas.name or "").rpartition(".")[2].strip().lower()
    if jenis in ("xlsm", "xltm", "xlsb", "xlam"):
        raise UnggahanDitolak(KALIMAT["makro"])
    if jenis not in MIME and jenis != "xls":
        raise UnggahanDitolak("Jenis berkas ini tidak diterima. Unggah berkas XLSX atau CSV.")
    return baca_tabel(isi, nama_aman(berkas.name or "", jenis))


def baca_tabel(isi: bytes, nama: str) -> TabelTerbaca:
    """Read the bytes of a spreadsheet by what they are, whatever the name says. Raises UnggahanDitolak."""
    if not isi.strip():
        raise UnggahanDitolak(KALIMAT["kosong"])
    xlsx = isi.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or nama.endswith(".xlsx")
    jawaban, _ = panggil_anak("anak_tabel.py", "xlsx" if xlsx else "csv", isi, berat=KALIMAT["berat"])
    if "galat" in jawaban:
        raise UnggahanDitolak(KALIMAT[jawaban["galat"]])
    baris = [(nomor, sel) for nomor, sel in jawaban["baris"]]
    return TabelTerbaca(isi, nama, baris, jawaban["lembar"], jawaban["lain"], jawaban["gabungan"])


def tulis_tabel(format_: str, judul: Sequence[str], baris: Iterable[Sequence[Any]], lembar: str = "Data") -> bytes:
    """A table as a file: text stays text (leading zeros too), dates are dates, no cell can be a formula."""
    tulis = {"csv": _tulis_csv, "xlsx": _tulis_xlsx}[format_]
    return tulis(judul, baris, lembar)


def _tulis_csv(judul: Sequence[str], baris: Iterable[Sequence[Any]], lembar: str) -> bytes:
    """Semicolons and a byte order mark, as Indonesian Excel opens it; digits carry an apostrophe to stay text."""
    keluar = io.StringIO()
    tulis = csv.writer(keluar, delimiter=";", lineterminator="\r\n")
    tulis.writerow(judul)
    for satu in baris:
        tulis.writerow([_teks_csv(nilai) for nilai in satu])
    return b"\xef\xbb\xbf" + keluar.getvalue().encode()


def _teks_csv(nilai: Any) -> Any:
    if isinstance(nilai, datetime.date):
        return f"{nilai:%d-%m-%Y}"
    if isinstance(nilai, int):
        return nilai
    teks = _bersih("" if nilai is None else str(nilai))
    # defusedcsv lets "-1" and "+62..." pass as numbers, and tabs and line ends in front of a formula.
    return f"'{teks}" if MENYAMAR.match(teks) else teks


def _tulis_xlsx(judul: Sequence[str], baris: Iterable[Sequence[Any]], lembar: str) -> bytes:
    buku = Workbook(write_only=True)
    ws = buku.create_sheet(lembar[:31])
    ws.freeze_panes = "B2"
    for ke, nama in enumerate(judul, 1):
        ws.column_dimensions[get_column_letter(ke)].width = max(12, min(len(nama) + 4, 28))
    kepala = [_sel(ws, nama) for nama in judul]
    for sel in kepala:
        sel.font, sel.fill = Font(bold=True), PatternFill("solid", fgColor="DDEBE3")
    ws.append(kepala)
    for satu in baris:
        ws.append([_sel(ws, nilai) for nilai in satu])
    keluar = io.BytesIO()
    buku.save(keluar)
    return keluar.getvalue()


def _sel(ws: Any, nilai: Any) -> WriteOnlyCell:
    if isinstance(nilai, datetime.date):
        sel = WriteOnlyCell(ws, nilai)
        sel.number_format = "dd-mm-yyyy"
        return sel
    if isinstance(nilai, int):
        return WriteOnlyCell(ws, nilai)
    # Text cells, the empty ones too: what is typed into them later keeps its zeros, and "=" is a letter.
    sel = WriteOnlyCell(ws, _bersih(str(nilai)) if nilai else None)
    if nilai:
        sel.data_type = "s"
    sel.number_format = "@"
    return sel


def _bersih(teks: str) -> str:
    """One line, without the invisible characters that XML refuses or that hide what stands there."""
    return "".join(" " if h.isspace() else h for h in teks if h.isspace() or unicodedata.category(h)[0] != "C").strip()
