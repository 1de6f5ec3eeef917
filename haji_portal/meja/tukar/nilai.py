"""Cells of an answer as people and programs write them -> values. ValueError carries the sentence for the person."""

from __future__ import annotations

import datetime
import re

from django.utils import timezone

BULAN = {
    nama: ke
    for ke, semua in enumerate(
        (
            "januari jan january", "februari feb pebruari february", "maret mar march", "april apr", "mei may",
            "juni jun june", "juli jul july", "agustus agu agt ags aug august", "september sep sept",
            "oktober okt oct october", "november nov nop nopember", "desember des dec december",
        ),
        1,
    )
    for nama in semua.split()
}  # fmt: skip
TERTUA = datetime.date(2000, 1, 1)
ASAL_SERI = datetime.date(1899, 12, 30)
"""Day 0 of a spreadsheet's day numbers (Excel's and LibreOffice's default)."""


def nomor_porsi(sel: str) -> str:
    """Ten digits; never filled up, since nobody knows which digits a spreadsheet dropped."""
    teks = re.sub(r"[\s.]", "", sel)
    if re.fullmatch(r"[0-9][0-9,]*[eE]\+?[0-9]+", teks):
        raise ValueError("Nomor porsi dipotong Excel (tampil seperti 2,3E+09). Jadikan kolomnya Teks, lalu isi ulang.")
    if not re.fullmatch(r"[0-9]+", teks):
        raise ValueError("Nomor porsi hanya berisi angka.")
    if len(teks) != 10:
        nol = " Bila angka nol di depannya hilang, jadikan kolomnya Teks." if len(teks) < 10 else ""
        raise ValueError(f"Nomor porsi terdiri atas 10 angka, yang terbaca {len(teks)} angka.{nol}")
    return teks


def tanggal(sel: str, *, tertua: datetime.date = TERTUA, dua_angka: bool = True) -> datetime.date:
    """Day first as Indonesia writes it, ISO, month names, or a spreadsheet's day number.

    tertua: what lies before is a slip; dua_angka: whether a year of two digits is one of this century (a birth's is
    not).
    """
    teks = re.sub(r"[ T]00:00(:00)?$", "", sel.strip().lower())
    if hari := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", teks, re.ASCII):
        angka = (int(hari[1]), int(hari[2]), int(hari[3]))
    elif hari := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})", teks, re.ASCII):
        angka = (_tahun(hari[3]), int(hari[2]), int(hari[1]))
    elif hari := re.fullmatch(r"(\d{1,2})[-/. ]([a-z]+)[-/., ]+(\d{4}|\d{2})", teks, re.ASCII):
        angka = (_tahun(hari[3]), BULAN.get(hari[2], 0), int(hari[1]))
    elif re.fullmatch(r"[3-7]\d{4}", teks, re.ASCII):
        return ASAL_SERI + datetime.timedelta(days=int(teks))
    else:
        raise ValueError(f"Tanggal “{sel[:30]}” tidak terbaca. Tulis seperti 21-11-2026 atau 21 November 2026.")
    try:
        hasil = datetime.date(*angka)
    except ValueError:
        raise ValueError(f"Tanggal “{sel[:30]}” tidak ada dalam kalender. Tulis hari-bulan-tahun.") from None
    if not dua_angka and str(hasil.year) not in teks:
        raise ValueError(f"Tahun pada tanggal “{sel[:30]}” ditulis empat angka, misalnya 1970.")
    if hasil < tertua:
        raise ValueError(f"Tahun pada tanggal “{sel[:30]}” tidak wajar.")
    return hasil


def tanggal_lewat(sel: str) -> datetime.date:
    """A date that cannot lie in the future."""
    hari = tanggal(sel)
    if hari > timezone.localdate():
        raise ValueError(f"Tanggal {hari:%d-%m-%Y} sesudah hari ini.")
    return hari


def tahun(sel: str) -> int:
    """Four digits, from this century or the next."""
    teks = sel.strip()
    if not re.fullmatch(r"2[0-1][0-9]{2}", teks, re.ASCII):
        raise ValueError(f"Tahun “{sel[:20]}” tidak terbaca. Tulis empat angka, misalnya 2051.")
    return int(teks)


def _tahun(teks: str) -> int:
    return int(teks) + 2000 if len(teks) == 2 else int(teks)
