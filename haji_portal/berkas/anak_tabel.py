"""The child process of `tabel.py`: reads one CSV or XLSX from stdin, writes its cells as text to stdout.

A script like `anak.py`: neither Django nor settings. Usage: `python -I anak_tabel.py csv|xlsx`. Answer: one JSON line,
`{"baris": [[row number, [cells]], ...], "lembar": name, "lain": [names], "gabungan": bool}` or `{"galat": code}`.
A cell is text, null when empty, false when it holds a formula. Any other end means that a limit was hit.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import resource
import sys
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree import ElementTree

MAKS_BARIS = 10_100
"""Rows with anything in them: 10,000 answers and what stands above them."""
MAKS_KOLOM = 200
MAKS_SEL = 500
MAKS_KOSONG = 200_000
"""Empty rows that are walked through: formatted down to the sheet's end is a habit, not an attack."""
MAKS_BONGKAR = 120 * 1024 * 1024
MAKS_ISI_ZIP = 500
MEMORI = 768 * 1024 * 1024
DETIK_CPU = 18
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PEMISAH = ";,\t|"
Sel = str | bool | None


class Tolak(Exception):
    """Refused; `args[0]` is the code that the parent turns into a sentence."""


def batasi() -> None:
    for apa, nilai in (
        (resource.RLIMIT_AS, MEMORI),
        (resource.RLIMIT_CPU, DETIK_CPU),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(apa, (nilai, nilai))


def rapikan(teks: str) -> Sel:
    """A cell's text without invisible characters and without the tricks that keep digits as text in Excel."""
    if len(teks) < MAKS_SEL and teks.isascii() and teks.isalnum():
        return teks
    bersih = "".join(" " if h.isspace() else h for h in teks if h.isspace() or unicodedata.category(h)[0] != "C")
    bersih = bersih.strip()
    if trik := re.fullmatch(r'="([^"]*)"', bersih):
        return trik[1].strip()[:MAKS_SEL] or None
    if bersih.startswith("="):
        return False
    if re.match(r"'\S", bersih):
        bersih = bersih[1:]
    return bersih[:MAKS_SEL] or None


def kumpulkan(baris: Iterable[tuple[int, list[Sel]]]) -> list[tuple[int, list[Sel]]]:
    """The rows that hold anything, without their empty tail."""
    isi: list[tuple[int, list[Sel]]] = []
    for ke, (nomor, sel) in enumerate(baris):
        while sel and sel[-1] is None:
            sel.pop()
        if len(sel) > MAKS_KOLOM:
            raise Tolak("kolom")
        if sel:
            isi.append((nomor, sel))
        if len(isi) > MAKS_BARIS or ke - len(isi) > MAKS_KOSONG:
            raise Tolak("baris")
    if not isi:
        raise Tolak("kosong")
    return isi


def baca_csv(isi: bytes) -> dict[str, Any]:
    teks = urai_sandi(isi).replace("\x00", "")
    kepala, _, sisa = teks.partition("\n")
    if tanda := re.fullmatch(r"sep=(.)\r?", kepala, re.IGNORECASE):
        pemisah, lewati, teks = tanda[1], 1, sisa
    else:
        pemisah, lewati = tebak_pemisah(teks), 0
    pembaca = csv.reader(io.StringIO(teks, newline=""), delimiter=pemisah)

    def baris() -> Iterator[tuple[int, list[Sel]]]:
        for ke, sel in enumerate(pembaca, 1 + lewati):
            yield ke, [rapikan(s) for s in sel]

    try:
        return {"baris": kumpulkan(baris()), "lembar": "", "lain": [], "gabungan": False}
    except csv.Error as galat:
        raise Tolak("rusak-csv") from galat


def urai_sandi(isi: bytes) -> str:
    """By its mark; without one UTF-8, then UTF-16 when every other byte is empty, then Windows-1252."""
    if isi.startswith(b"\xef\xbb\xbf"):
        calon = ["utf-8-sig"]
    elif isi.startswith((b"\xff\xfe", b"\xfe\xff")):
        calon = ["utf-16"]
    elif isi[:2000].count(0) > len(isi[:2000]) // 4:
        calon = ["utf-16-le" if isi[1:2] == b"\0" else "utf-16-be"]
    else:
        calon = ["utf-8", "cp1252"]
    for sandi in calon:
        try:
            return isi.decode(sandi)
        except UnicodeDecodeError:
            continue
    raise Tolak("sandi-teks")


def tebak_pemisah(teks: str) -> str:
    """The mark that cuts one of the first lines into most filled cells."""
    contoh = "".join(teks.splitlines(keepends=True)[:20])

    def kolom(pemisah: str) -> int:
        try:
            rows = csv.reader(io.StringIO(contoh, newline=""), delimiter=pemisah)
            return max((sum(s.strip(f" {PEMISAH}") != "" for s in r) for r in rows), default=0)
        except csv.Error:
            return 0

    return max(PEMISAH, key=kolom)


NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
FORMAT_TANGGAL = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
"""Built-in number formats that show a date or a time (ECMA-376 18.8.30)."""


def baca_xlsx(isi: bytes) -> dict[str, Any]:
    """The first visible sheet that holds anything. Read directly: a workbook library took ten times as long."""
    with buka_zip(isi) as arsip:
        try:
            buku = Buku(arsip)
            terisi = [
                (nama, jalur) for nama, jalur in buku.lembar if b"<v>" in arsip.read(jalur) or buku.sebaris(jalur)
            ]
            if not terisi:
                raise Tolak("kosong")
            nama, jalur = terisi[0]
            baris = kumpulkan(buku.baris(jalur))
            gabungan = b"<mergeCell " in arsip.read(jalur)
        except (KeyError, ValueError, IndexError, OverflowError, ElementTree.ParseError, zipfile.BadZipFile) as galat:
            raise Tolak("rusak-xlsx") from galat
    return {"baris": baris, "lembar": nama, "lain": [n for n, _ in terisi[1:]], "gabungan": gabungan}


def buka_zip(isi: bytes) -> zipfile.ZipFile:
    """Before anything is unpacked: macros, encryption, and what it would become."""
    if isi.startswith(OLE):
        raise Tolak("xls")
    try:
        arsip = zipfile.ZipFile(io.BytesIO(isi))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as galat:
        raise Tolak("rusak-xlsx") from galat
    daftar = arsip.infolist()
    if len(daftar) > MAKS_ISI_ZIP or sum(i.file_size for i in daftar) > MAKS_BONGKAR:
        raise Tolak("berat")
    if any(n.endswith("vbaproject.bin") or "/macrosheets/" in n for n in (i.filename.lower() for i in daftar)):
        raise Tolak("makro")
    if any(i.flag_bits & 1 for i in daftar):
        raise Tolak("xls")
    return arsip


class Buku:
    """A workbook's sheets, shared texts and date styles. Raises KeyError, ValueError, ParseError when it is broken."""

    def __init__(self, arsip: zipfile.ZipFile) -> None:
        self.arsip = arsip
        buku = self.urai("xl/workbook.xml")
        tujuan = {r.get("Id"): r.get("Target", "") for r in self.urai("xl/_rels/workbook.xml.rels")}
        self.lembar = [
            (s.get("name", ""), self.jalur(tujuan[s.get(RID)]))
            for s in buku.iter(f"{NS}sheet")
            if s.get("state", "visible") == "visible"
        ]
        sifat = buku.find(f"{NS}workbookPr")
        mulai_1904 = sifat is not None and sifat.get("date1904") in ("1", "true")
        self.asal = datetime.datetime(1904, 1, 1) if mulai_1904 else datetime.datetime(1899, 12, 30)  # noqa: DTZ001
        self.teks = self.teks_bersama()
        self.tanggal = self.gaya_tanggal()

    def jalur(self, tujuan: str) -> str:
        return tujuan.lstrip("/") if tujuan.startswith("/") else f"xl/{tujuan}"

    def urai(self, jalur: str) -> Any:
        """An XML part. No document type: that is where bombs of entities live, and no spreadsheet has one."""
        isi = self.arsip.read(jalur)
        if b"<!DOCTYPE" in isi or b"<!ENTITY" in isi or b"\0" in isi[:200]:
            raise Tolak("rusak-xlsx")
        return ElementTree.fromstring(isi)  # noqa: S314

    def teks_bersama(self) -> list[Sel]:
        if "xl/sharedStrings.xml" not in self.arsip.namelist():
            return []
        return [tulisan(teks_polos(si)) for si in self.urai("xl/sharedStrings.xml")]

    def gaya_tanggal(self) -> set[str]:
        """Numbers of the cell styles that show a date."""
        if "xl/styles.xml" not in self.arsip.namelist():
            return set()
        gaya = self.urai("xl/styles.xml")
        sendiri = {
            int(f.get("numFmtId", 0))
            for f in gaya.iter(f"{NS}numFmt")
            if re.search("[dmy]", re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", f.get("formatCode", "").lower()))
        }
        xfs = gaya.find(f"{NS}cellXfs")
        nomor = [int(xf.get("numFmtId", 0)) for xf in (xfs if xfs is not None else [])]
        return {str(i) for i, n in enumerate(nomor) if n in FORMAT_TANGGAL | sendiri}

    def sebaris(self, jalur: str) -> bool:
        return b"<is>" in self.arsip.read(jalur)

    def baris(self, jalur: str) -> Iterator[tuple[int, list[Sel]]]:
        ke = 0
        for row in self.urai(jalur).iter(f"{NS}row"):
            ke = int(row.get("r") or ke + 1)
            sel: list[Sel] = []
            for c in row:
                letak = kolom_ke(c.get("r", "")) if c.get("r") else len(sel)
                if not len(sel) <= letak <= MAKS_KOLOM:
                    raise Tolak("kolom" if letak > MAKS_KOLOM else "rusak-xlsx")
                sel.extend([None] * (letak - len(sel)))
                sel.append(self.isi_sel(c))
            yield ke, sel

    def isi_sel(self, c: Any) -> Sel:
        """Whole numbers without a point, dates as ISO, formulas as such (their result may be missing or wrong)."""
        rumus = c.find(f"{NS}f")
        if rumus is not None:
            return rapikan(f"={rumus.text or ''}")
        jenis, v = c.get("t", "n"), c.find(f"{NS}v")
        if jenis == "inlineStr":
            return tulisan(teks_polos(c))
        if v is None or not v.text:
            return None
        if jenis == "s":
            return self.teks[int(v.text)]
        if jenis in ("str", "e", "d"):
            return rapikan(v.text)
        if jenis == "b":
            return "TRUE" if v.text == "1" else "FALSE"
        return self.angka(v.text.strip(), c.get("s", "0"))

    def angka(self, teks: str, gaya: str) -> Sel:
        if gaya in self.tanggal:
            saat = self.asal + datetime.timedelta(days=float(teks))
            return saat.date().isoformat() if saat.time() == datetime.time() else saat.isoformat(" ", "seconds")
        if teks.isascii() and teks.isdigit():
            return teks[:MAKS_SEL]
        nilai = float(teks)
        return str(int(nilai)) if nilai.is_integer() and abs(nilai) < 1e17 else str(nilai)


def tulisan(teks: str) -> Sel:
    """A text cell: an equals sign in it is a letter."""
    sel = rapikan(teks)
    return rapikan(f"'{teks.strip()}") if sel is False else sel


def teks_polos(benda: Any) -> str:
    """All text runs of an element but the phonetic ones."""
    asing = {id(t) for rph in benda.iter(f"{NS}rPh") for t in rph}
    return "".join(t.text or "" for t in benda.iter(f"{NS}t") if id(t) not in asing)


def kolom_ke(alamat: str) -> int:
    """`C7` -> 2."""
    ke = 0
    for huruf in alamat.rstrip("0123456789"):
        ke = ke * 26 + ord(huruf) - 64
    return ke - 1


def utama(tugas: str) -> None:
    isi = sys.stdin.buffer.read()
    try:
        jawaban = {"csv": baca_csv, "xlsx": baca_xlsx}[tugas](isi)
    except Tolak as galat:
        jawaban = {"galat": galat.args[0]}
    except (MemoryError, RecursionError):
        jawaban = {"galat": "berat"}
    sys.stdout.buffer.write(json.dumps(jawaban).encode() + b"\n")


if __name__ == "__main__":
    batasi()
    utama(sys.argv[1])
