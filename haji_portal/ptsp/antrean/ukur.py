"""Waiting and service times, computed from the log of the tickets; all times in seconds.

A ticket that was moved has one stretch per desk it was sent to. Waiting ends with the first call of a stretch, also for
who did not come; service runs from "hadir" to the end or the move.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from operator import attrgetter
from typing import Any

from django.core.cache import cache

from haji_portal.akun.models import Kantor

from ..models import PeristiwaTiket, Tiket
from .urutan import loket_aktif, melayani

Jenis = PeristiwaTiket.Jenis
SEDIKIT = 3
"""Services measured today below which nobody is told how long it will take."""


@dataclass(frozen=True)
class Catatan:
    """One row of the log, as far as times need it."""

    tiket: int
    jenis: str
    waktu: datetime.datetime
    layanan: int
    loket: int | None


@dataclass
class Bagian:
    """One stretch of one ticket; None where it did not come to that (yet)."""

    layanan: int
    mulai: datetime.datetime
    loket: int | None = None
    tunggu: float | None = None
    layan: float | None = None


def baca(kantor: Kantor, hari: datetime.date) -> list[Catatan]:
    """The log of one office on one day, ticket by ticket. One query."""
    semua = PeristiwaTiket.objects.filter(tiket__kantor=kantor, tiket__tanggal=hari).order_by("tiket_id", "pk")
    return [Catatan(*row) for row in semua.values_list("tiket_id", "jenis", "waktu", "layanan_id", "loket_id")]


def bagian(catatan: Iterable[Catatan]) -> list[Bagian]:
    """All stretches of all tickets; the rows come ticket by ticket, each in its order."""
    hasil: list[Bagian] = []
    for _, semua in groupby(catatan, key=attrgetter("tiket")):
        hasil += _satu(semua)
    return hasil


def _satu(catatan: Iterable[Catatan]) -> list[Bagian]:
    hasil: list[Bagian] = []
    hadir: datetime.datetime | None = None
    for c in catatan:
        if c.jenis in (Jenis.DIAMBIL, Jenis.DIPINDAH):
            if hadir and hasil:
                hasil[-1].layan = (c.waktu - hadir).total_seconds()
            hadir = None
            hasil.append(Bagian(c.layanan, c.waktu))
        elif not hasil:
            continue
        elif c.jenis == Jenis.DIPANGGIL:
            if hasil[-1].layan is not None:  # called back for a document: a stretch of its own, nobody waited
                hasil.append(Bagian(c.layanan, c.waktu))
            elif hasil[-1].tunggu is None:
                hasil[-1].tunggu = (c.waktu - hasil[-1].mulai).total_seconds()
            hasil[-1].loket = c.loket
        elif c.jenis == Jenis.DILAYANI:
            hadir, hasil[-1].loket = c.waktu, c.loket
        elif c.jenis == Jenis.SELESAI and hadir:
            hasil[-1].layan, hadir = (c.waktu - hadir).total_seconds(), None
    return hasil


def persentil(nilai: Iterable[float], bagian_: float) -> float | None:
    """The nearest-rank percentile: a value that was really measured; None without any."""
    urut = sorted(nilai)
    return urut[max(0, ceil(bagian_ * len(urut)) - 1)] if urut else None


def median_layan(kantor: Kantor, hari: datetime.date) -> dict[int | None, float]:
    """Median service time of today per service, and over all under None; remembered for half a minute."""
    kunci = f"antrean-median:{kantor.pk}:{hari}"
    hasil = cache.get(kunci)
    if hasil is None:
        hasil = _median(bagian(baca(kantor, hari)))
        cache.set(kunci, hasil, 30)
    return hasil


def _median(semua: list[Bagian]) -> dict[int | None, float]:
    kumpul: dict[int | None, list[float]] = {}
    for satu in semua:
        if satu.layan is not None:
            kumpul.setdefault(satu.layanan, []).append(satu.layan)
            kumpul.setdefault(None, []).append(satu.layan)
    return {k: n for k, isi in kumpul.items() if len(isi) >= SEDIKIT and (n := persentil(isi, 0.5)) is not None}


def perkiraan(tiket: Tiket, di_depan: int) -> int | None:
    """Minutes until this number is called, as far as today's services tell, rounded up to five; None when they do not.

    The people in front, at the median of the service, over the desks that serve it.
    """
    median = median_layan(tiket.kantor, tiket.tanggal)
    lama = median.get(tiket.layanan_id, median.get(None))
    meja = sum(melayani(k, tiket) for k in loket_aktif(tiket.kantor, tiket.tanggal))
    if lama is None or not meja:
        return None
    return 5 * ceil(lama * di_depan / meja / 300)


def menit(detik: float | None) -> int | None:
    """Whole minutes, rounded half up; None stays None."""
    return None if detik is None else int(detik / 60 + 0.5)


def angka(semua: Iterable[Bagian]) -> dict[str, Any]:
    """Counts, medians and 90th percentiles of some stretches, in minutes."""
    daftar = list(semua)
    tunggu = [b.tunggu for b in daftar if b.tunggu is not None]
    layan = [b.layan for b in daftar if b.layan is not None]
    return {
        "jumlah": len(daftar), "dilayani": len(layan),
        "tunggu_median": menit(persentil(tunggu, 0.5)), "tunggu_p90": menit(persentil(tunggu, 0.9)),
        "layan_median": menit(persentil(layan, 0.5)), "layan_p90": menit(persentil(layan, 0.9)),
    }  # fmt: skip
