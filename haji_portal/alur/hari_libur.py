"""Proposals for an office's calendar: national holidays, cuti bersama and Ramadan, per year.

Proposals, since both are decided by people: the joint decree of three ministers (SKB) may change a year's cuti bersama,
and Ramadan begins by the sidang isbat. An office edits the rows that it stored; nothing here overrides them.
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays
from hijridate import Gregorian, Hijri

NASIONAL = "nasional"
CUTI_BERSAMA = "cuti_bersama"

_IDUL_FITRI = "Hari Raya Idul Fitri"
_BULAN_RAMADAN = 9

AWAL_RAMADAN_DITETAPKAN: dict[int, date] = {
    1444: date(2023, 3, 23),
    1445: date(2024, 3, 12),
    1446: date(2025, 3, 1),
    1447: date(2026, 2, 19),
}
"""1 Ramadan by Hijri year where the sidang isbat has decided; the computed calendar was a day off in 1445 and 1447."""


def libur_nasional(tahun: int) -> dict[date, tuple[str, str]]:
    """Date -> (name, ``nasional`` | ``cuti_bersama``) of one Gregorian year.

    A date that is both is ``nasional``. A name ends in "(perkiraan)" where the date is not decreed yet.
    """
    return dict(_libur_nasional(tahun))


@lru_cache(maxsize=16)
def _libur_nasional(tahun: int) -> dict[date, tuple[str, str]]:
    hasil: dict[date, tuple[str, str]] = {}
    for kategori, jenis in (("public", NASIONAL), ("government", CUTI_BERSAMA)):
        daftar = holidays.country_holidays("ID", years=tahun, categories=(kategori,), language="id")
        for hari, nama in sorted(daftar.items()):
            hasil.setdefault(hari, (nama, jenis))
    return dict(sorted(hasil.items()))


def periode_ramadan(tahun: int) -> list[tuple[date, date]]:
    """First and last day of every Ramadan that touches this Gregorian year, in order.

    Usually one; 2030 has two, and a Ramadan across New Year's Eve is given whole for both of its years: key stored
    rows by the first day. Decided starts come from ``AWAL_RAMADAN_DITETAPKAN``, others are computed (Umm al-Qura) and
    cut to end on the day before Indonesia's Idul Fitri. ``ValueError`` outside 1925-2076.
    """
    awal_tahun, akhir_tahun = date(tahun, 1, 1), date(tahun, 12, 31)
    try:
        hijriah = range(Gregorian(tahun, 1, 1).to_hijri().year - 1, Gregorian(tahun, 12, 31).to_hijri().year + 1)
        semua = [_ramadan(tahun_hijriah) for tahun_hijriah in hijriah]
    except (OverflowError, ValueError) as galat:
        raise ValueError(f"Ramadan tahun {tahun} di luar jangkauan kalender Hijriah.") from galat
    return [(dari, sampai) for dari, sampai in semua if dari <= akhir_tahun and sampai >= awal_tahun]


def _ramadan(tahun_hijriah: int) -> tuple[date, date]:
    awal_bulan = Hijri(tahun_hijriah, _BULAN_RAMADAN, 1)
    dari = date.fromisoformat(awal_bulan.to_gregorian().isoformat())
    sampai = _malam_idul_fitri(dari) or dari + timedelta(days=awal_bulan.month_length() - 1)
    # A lunar month has at most 30 days: where Idul Fitri came a day later here, so did 1 Ramadan.
    dari = max(dari, sampai - timedelta(days=29))
    return AWAL_RAMADAN_DITETAPKAN.get(tahun_hijriah, dari), sampai


def _malam_idul_fitri(dari: date) -> date | None:
    """The last day of the Ramadan that begins about ``dari``, by Indonesia's Idul Fitri; ``None`` if not listed."""
    for n in range(28, 33):
        hari = dari + timedelta(days=n)
        if libur_nasional(hari.year).get(hari, ("", ""))[0].startswith(_IDUL_FITRI):
            return hari - timedelta(days=1)
    return None
