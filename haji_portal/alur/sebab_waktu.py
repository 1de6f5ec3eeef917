"""Why a deadline is what it is: the sentences behind ``Kalender.sebab``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from haji_portal.alur.tampil_waktu import hari_tanggal, saat, tanggal

if TYPE_CHECKING:
    from haji_portal.alur.waktu import Kalender

_SEHARI = timedelta(days=1)
_SABTU = 6


def susun_sebab(kalender: Kalender, mulai: datetime, batas: datetime) -> list[str]:
    """Sentences in the order: late start, other hours, breaks, nights, closed days.

    Both instants are in the calendar's zone. Only what lies between them is named; a closed day that would have been
    closed anyway is a weekend, not a holiday.
    """
    if batas <= mulai:
        return []
    hari = [mulai.date() + timedelta(days=n) for n in range((batas.date() - mulai.date()).days + 1)]
    awal = kalender.buka_berikut(mulai)
    return [
        *_mulai(kalender, mulai, awal),
        *_periode(kalender, [h for h in hari if _dipakai(kalender, h, mulai, batas)]),
        *_istirahat(kalender, hari, mulai, batas),
        *_malam(kalender, hari, awal),
        *_tutup(kalender, hari),
    ]


def _dipakai(kalender: Kalender, hari: date, mulai: datetime, batas: datetime) -> bool:
    return any(buka < batas and tutup > mulai for buka, tutup in kalender.jam(hari))


def _mulai(kalender: Kalender, mulai: datetime, awal: datetime) -> list[str]:
    if awal == mulai:
        return []
    return [f"Waktu dihitung mulai {saat(awal, kalender.zona)}, karena sebelumnya di luar jam kerja."]


def _periode(kalender: Kalender, hari: Iterable[date]) -> list[str]:
    return [
        f"Pada {_rentang(list(kelompok))} berlaku jam kerja {periode.nama}."
        for periode, kelompok in groupby(hari, key=kalender.periode_pada)
        if periode is not None
    ]


def _istirahat(kalender: Kalender, hari: Iterable[date], mulai: datetime, batas: datetime) -> list[str]:
    menurut_jam: dict[tuple[time, time], list[date]] = {}
    for h in hari:
        selang = kalender.jam(h)
        for (_, henti), (lanjut, _) in pairwise(selang):
            if mulai < lanjut and henti < batas:
                menurut_jam.setdefault((henti.time(), lanjut.time()), []).append(h)
    return [
        f"Istirahat pukul {henti:%H.%M} sampai {lanjut:%H.%M} pada {_sebut(daftar)} tidak dihitung."
        for (henti, lanjut), daftar in menurut_jam.items()
    ]


def _malam(kalender: Kalender, hari: Sequence[date], awal: datetime) -> list[str]:
    """Nights between two open days; a night beside a closed day is part of that day's sentence."""
    jumlah = 0
    for kini, esok in pairwise(hari):
        if kalender.hari_kerja(kini) and kalender.hari_kerja(esok):
            jumlah += awal < kalender.jam(esok)[0][0]
    if not jumlah:
        return []
    return [f"Jam di luar jam kerja pada {jumlah} malam tidak dihitung."]


def _tutup(kalender: Kalender, hari: Iterable[date]) -> list[str]:
    """Closed days, neighbours with the same reason in one sentence."""
    tutup = [(h, _alasan(kalender, h)) for h in hari if not kalender.hari_kerja(h)]
    hasil: list[str] = []
    while tutup:
        jumlah = 1
        while jumlah < len(tutup) and tutup[jumlah] == (tutup[jumlah - 1][0] + _SEHARI, tutup[0][1]):
            jumlah += 1
        hasil.append(f"{_rentang([h for h, _ in tutup[:jumlah]])} tidak dihitung: {tutup[0][1]}.")
        tutup = tutup[jumlah:]
    return hasil


def _alasan(kalender: Kalender, hari: date) -> str:
    periode = kalender.periode_pada(hari)
    jam_biasa = (periode.hari if periode else kalender.hari).get(hari.isoweekday())
    if hari in kalender.libur and jam_biasa is not None:
        return kalender.libur[hari]
    if kalender.hari.get(hari.isoweekday()) is not None and periode is not None:
        return periode.nama
    return "akhir pekan" if hari.isoweekday() >= _SABTU else "bukan hari kerja"


def _rentang(hari: Sequence[date]) -> str:
    """One day, two days, or first to last; the days are neighbours but for closed ones between."""
    if len(hari) == 1:
        return hari_tanggal(hari[0])
    kata = "dan" if len(hari) == 2 else "sampai"
    return f"{hari_tanggal(hari[0])} {kata} {hari_tanggal(hari[-1])}"


def _sebut(hari: Sequence[date]) -> str:
    if len(hari) == 1:
        return hari_tanggal(hari[0])
    return f"{len(hari)} hari kerja antara {tanggal(hari[0])} dan {tanggal(hari[-1])}"
