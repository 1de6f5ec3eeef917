"""The circuit breaker of one partner, shared by all workers through its row `Pemutus`.

closed  -- five failures in a row -->  open for 60 s  -->  half open: exactly one call tries
half open  -- success -->  closed;  -- failure -->  open for twice as long, up to 15 minutes

Every change is a compare-and-swap; nothing is locked while a call is on its way. A trial is a lease: when the worker
that won it dies, another may try after `SEWA_COBA`.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone

from ..models import Pemutus

AMBANG = 5
"""Failures in a row that open it."""
TERBUKA = datetime.timedelta(seconds=60)
TERBUKA_PALING_LAMA = datetime.timedelta(minutes=15)
SEWA_COBA = datetime.timedelta(seconds=45)
"""Longer than one call."""


class Terbuka(Exception):
    """This partner is known to be away; nothing was sent. `sampai`: when somebody may try again."""

    def __init__(self, sampai: datetime.datetime) -> None:
        super().__init__("circuit open")
        self.sampai = sampai


@dataclass(frozen=True)
class Izin:
    """Leave to make one call. coba: end of the trial's lease when this is the one trial of a half-open breaker."""

    mitra: str
    coba: datetime.datetime | None = None


def minta_izin(mitra: str) -> Izin:
    """Ask before a call; whoever gets an Izin reports `berhasil` or `gagal`. Raises Terbuka."""
    kini = timezone.now()
    p, _ = Pemutus.objects.get_or_create(mitra=mitra)
    if p.terbuka_sampai is None:
        return Izin(mitra)
    if p.terbuka_sampai > kini:
        raise Terbuka(p.terbuka_sampai)
    coba = kini + SEWA_COBA
    menang = Pemutus.objects.filter(pk=p.pk, terbuka_sampai=p.terbuka_sampai, gagal_beruntun=p.gagal_beruntun)
    if menang.update(terbuka_sampai=coba, diubah=kini):
        return Izin(mitra, coba)
    raise Terbuka(coba)


def berhasil(izin: Izin) -> None:
    """The partner answered as agreed: closed, whatever it was."""
    kotor = Pemutus.objects.filter(mitra=izin.mitra).exclude(gagal_beruntun=0, terbuka_sampai=None)
    kotor.update(gagal_beruntun=0, terbuka_sampai=None, diubah=timezone.now())


def gagal(izin: Izin) -> None:
    """Unreachable or unclear. Calls that began before it opened change nothing: they say what is known already."""
    kini = timezone.now()
    milik = Pemutus.objects.filter(mitra=izin.mitra, terbuka_sampai=izin.coba)
    milik.update(gagal_beruntun=F("gagal_beruntun") + 1, diubah=kini)
    n = milik.filter(gagal_beruntun__gte=AMBANG).values_list("gagal_beruntun", flat=True).first()
    if n is not None:
        milik.filter(gagal_beruntun=n).update(terbuka_sampai=kini + lama_terbuka(n), diubah=kini)


def lama_terbuka(gagal_beruntun: int) -> datetime.timedelta:
    """60 s at the fifth failure in a row, doubled with each trial that fails after it."""
    return min(TERBUKA * 2 ** min(max(gagal_beruntun - AMBANG, 0), 10), TERBUKA_PALING_LAMA)
