"""The minimum age of the day: whoever registers, and whoever receives a porsi, has reached it on that date."""

from __future__ import annotations

import datetime

from .models import Aturan


def tambah_tahun(hari: datetime.date, tahun: int) -> datetime.date:
    """The same day `tahun` years later; 29 February becomes 1 March in a common year, and 9999 is the last year."""
    if hari.year + tahun > datetime.MAXYEAR:
        return datetime.date.max
    try:
        return hari.replace(year=hari.year + tahun)
    except ValueError:
        return datetime.date(hari.year + tahun, 3, 1)


def lahir_paling_akhir(hari: datetime.date, tahun: int) -> datetime.date:
    """The latest birth date of somebody who is `tahun` years old on that day; the year 1 is the first."""
    if hari.year - tahun < datetime.MINYEAR:
        return datetime.date.min
    try:
        return hari.replace(year=hari.year - tahun)
    except ValueError:
        return datetime.date(hari.year - tahun, 2, 28)


def cukup_usia_sejak(lahir: datetime.date, pada: datetime.date) -> datetime.date:
    """The first day on which the minimum age in force on the date `pada` is reached."""
    return tambah_tahun(lahir, int(Aturan.pada("usia-minimal", pada).nilai))
