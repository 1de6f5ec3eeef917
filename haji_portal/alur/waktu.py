"""Working-time arithmetic of one office: pure functions over a dated calendar, no database.

Boundary rules, the same for every method:

* A working interval is half-open, ``[buka, tutup)``. The first minute of a break, the closing minute, a holiday and
  a day without hours are *closed*; the opening minute and the minute at which a break ends are *open*.
* A due instant is the **end** of the last working minute. Five minutes from 11.58 with lunch 12.00-13.00 end at
  13.03; two minutes from 11.58 end at 12.00 and stay there; a deadline that falls exactly at closing time stays at
  closing time and does not slide to the next opening.
* A start while the office is closed counts from the next opening.
* Zero minutes end where they start, also outside working hours.
* Seconds are kept; ``menit_antara`` rounds down.
* A holiday beats a dated period, a dated period beats the normal week; of two overlapping periods the first wins.

All datetimes must be aware (``ValueError`` otherwise); results are in the office's zone. The Indonesian zones have no
daylight saving, so wall-clock arithmetic inside one zone is exact.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from haji_portal.alur.hari_libur import libur_nasional, periode_ramadan
from haji_portal.alur.sebab_waktu import susun_sebab

__all__ = [
    "HORIZON_HARI",
    "JAM_BIASA",
    "JAM_RAMADAN",
    "JamHari",
    "Kalender",
    "PeriodeJam",
    "libur_nasional",
    "periode_ramadan",
]

HORIZON_HARI = 400
"""So many closed days in a row mean a calendar that was set up wrongly, not a long holiday."""

_SEHARI = timedelta(days=1)
_SEMENIT = timedelta(minutes=1)


@dataclass(frozen=True)
class JamHari:
    """Opening hours of one day, local time; ``istirahat`` lies strictly inside them or is ``None``."""

    buka: time
    tutup: time
    istirahat: tuple[time, time] | None = None

    def __post_init__(self) -> None:
        titik = [self.buka, *(self.istirahat or ()), self.tutup]
        if any(awal >= akhir for awal, akhir in pairwise(titik)):
            raise ValueError("Jam kerja harus berurutan: buka, mulai istirahat, selesai istirahat, tutup.")

    def selang(self) -> tuple[tuple[time, time], ...]:
        if self.istirahat is None:
            return ((self.buka, self.tutup),)
        return ((self.buka, self.istirahat[0]), (self.istirahat[1], self.tutup))


@dataclass(frozen=True)
class PeriodeJam:
    """Other hours from ``dari`` to ``sampai`` (both included).

    ``hari`` maps isoweekday (1 Monday .. 7 Sunday) to hours, or to ``None`` for closed; a weekday that is not named
    keeps the normal week's hours.
    """

    dari: date
    sampai: date
    nama: str
    hari: Mapping[int, JamHari | None]

    def __post_init__(self) -> None:
        if self.sampai < self.dari:
            raise ValueError(f"Periode “{self.nama}” berakhir sebelum dimulai.")


@dataclass(frozen=True)
class Kalender:
    """The working calendar of one office; see the module's docstring for the boundary rules.

    ``hari`` maps isoweekday to the normal week's hours (a missing weekday is closed), ``libur`` maps a date to the
    name of the holiday, cuti bersama or closure of the office.
    """

    zona: ZoneInfo
    hari: Mapping[int, JamHari | None]
    libur: Mapping[date, str]
    periode: tuple[PeriodeJam, ...] = ()

    def periode_pada(self, hari: date) -> PeriodeJam | None:
        """The dated period that sets this day's hours, if any."""
        for periode in self.periode:
            if periode.dari <= hari <= periode.sampai and hari.isoweekday() in periode.hari:
                return periode
        return None

    def jam_hari(self, hari: date) -> JamHari | None:
        """Opening hours of a local day; ``None`` when closed."""
        if hari in self.libur:
            return None
        periode = self.periode_pada(hari)
        return (periode.hari if periode else self.hari).get(hari.isoweekday())

    def jam(self, hari: date) -> tuple[tuple[datetime, datetime], ...]:
        """Working intervals of a local day: none, one, or two around the break."""
        jam_hari = self.jam_hari(hari)
        if jam_hari is None:
            return ()
        return tuple(
            (datetime.combine(hari, awal, self.zona), datetime.combine(hari, akhir, self.zona))
            for awal, akhir in jam_hari.selang()
        )

    def hari_kerja(self, hari: date) -> bool:
        return self.jam_hari(hari) is not None

    def buka_berikut(self, saat: datetime) -> datetime:
        """The instant itself when open, else the next opening. ``ValueError`` when the office never opens."""
        return next(self._sisa_selang(self._lokal(saat)))[0]

    def tambah_menit(self, mulai: datetime, menit: int) -> datetime:
        """The instant at which ``menit`` working minutes after ``mulai`` are over.

        ``ValueError`` for a negative number and for a calendar without an open day in the next 400 days.
        """
        if menit < 0:
            raise ValueError("Jumlah menit tidak boleh negatif.")
        lokal = self._lokal(mulai)
        if menit == 0:
            return lokal
        sisa = timedelta(minutes=menit)
        for awal, akhir in self._sisa_selang(lokal):
            if sisa <= akhir - awal:
                return awal + sisa
            sisa -= akhir - awal
        raise AssertionError("unreachable: the intervals never end")

    def tambah_hari_kerja(self, mulai: datetime, hari: int) -> datetime:
        """Closing time of the ``hari``-th working day after the local date of ``mulai``.

        The date of the start never counts, whatever its hour: a file of Monday 07.00, 10.00 and 20.00 with three
        working days is due on Thursday at closing time. A start on a closed day follows the same rule: from Saturday
        or from Sunday, one working day ends on Monday. ``ValueError`` when ``hari`` is below one.
        """
        if hari < 1:
            raise ValueError("Jumlah hari kerja paling sedikit satu.")
        tanggal = self._lokal(mulai).date()
        for _ in range(hari):
            tanggal = self._hari_kerja_mulai(tanggal + _SEHARI)
        return self.jam(tanggal)[-1][1]

    def menit_antara(self, a: datetime, b: datetime) -> int:
        """Whole working minutes from ``a`` to ``b``, rounded down; 0 when ``b`` is not after ``a``."""
        awal, akhir = self._lokal(a), self._lokal(b)
        if akhir <= awal:
            return 0
        jumlah = timedelta()
        tanggal = awal.date()
        while tanggal <= akhir.date():
            for buka, tutup in self.jam(tanggal):
                jumlah += max(min(tutup, akhir) - max(buka, awal), timedelta())
            tanggal += _SEHARI
        return jumlah // _SEMENIT

    def hari_kerja_antara(self, a: date, b: date) -> int:
        """Working days after ``a`` up to and including ``b``; 0 when ``b`` is not after ``a``.

        The counterpart of ``tambah_hari_kerja``: from the date of start to the due date it gives back the number.
        """
        return sum(self.hari_kerja(a + timedelta(days=n)) for n in range(1, (b - a).days + 1))

    def sebab(self, mulai: datetime, batas: datetime) -> list[str]:
        """Why the deadline is what it is: what lies between and does not count, as Indonesian sentences.

        Empty when nothing but working time lies between, or when ``batas`` is not after ``mulai``.
        """
        return susun_sebab(self, self._lokal(mulai), self._lokal(batas))

    def _lokal(self, saat: datetime) -> datetime:
        if saat.tzinfo is None or saat.utcoffset() is None:
            raise ValueError("Waktu harus memuat zona waktu.")
        return saat.astimezone(self.zona)

    def _hari_kerja_mulai(self, hari: date) -> date:
        """The first working day from this day on, the day itself included."""
        for n in range(HORIZON_HARI):
            if self.hari_kerja(hari + timedelta(days=n)):
                return hari + timedelta(days=n)
        raise ValueError(
            f"Kalender kantor tidak memiliki hari kerja dalam {HORIZON_HARI} hari sejak {hari:%d-%m-%Y}. "
            "Periksa jam kerja dan hari libur kantor."
        )

    def _sisa_selang(self, lokal: datetime) -> Iterator[tuple[datetime, datetime]]:
        """What is left of the working intervals from an instant on, without end."""
        tanggal = lokal.date()
        while True:
            tanggal = self._hari_kerja_mulai(tanggal)
            for awal, akhir in self.jam(tanggal):
                if akhir > lokal:
                    yield max(awal, lokal), akhir
            tanggal += _SEHARI


_SENIN_KAMIS = range(1, 5)
_JUMAT = 5
_BIASA = JamHari(time(7, 30), time(16, 0), (time(12, 0), time(13, 0)))
_RAMADAN = JamHari(time(8, 0), time(15, 0), (time(12, 0), time(12, 30)))

JAM_BIASA: Mapping[int, JamHari | None] = {
    **dict.fromkeys(_SENIN_KAMIS, _BIASA),
    _JUMAT: JamHari(time(7, 30), time(16, 30), (time(11, 30), time(13, 0))),
    6: None,
    7: None,
}
"""Perpres 21/2023: 37 h 30 m a week from 07.30, break 60 minutes, Friday 90."""

JAM_RAMADAN: Mapping[int, JamHari | None] = {
    **dict.fromkeys(_SENIN_KAMIS, _RAMADAN),
    _JUMAT: JamHari(time(8, 0), time(15, 30), (time(11, 30), time(12, 30))),
    6: None,
    7: None,
}
"""Perpres 21/2023: 32 h 30 m a week from 08.00, break 30 minutes, Friday 60."""
