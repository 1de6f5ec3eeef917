"""What waits in somebody's inbox of dispositions, and how much of it."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from haji_portal.akun.models import Pengguna

from ..models import PenerimaDisposisi
from .cakupan import milik
from .pohon import lewat

TERBUKA = Q(selesai__isnull=True, dicabut__isnull=True)


def kotak(pengguna: Pengguna) -> QuerySet[PenerimaDisposisi]:
    """What was sent to this person, by name or by role; what was withdrawn is not there any more."""
    return PenerimaDisposisi.objects.filter(milik(pengguna), dicabut__isnull=True)


def hitung(pengguna: Pengguna) -> dict[str, int]:
    """How many are unread, not done and past their deadline: {tab: number}, and `perlu`: the first or the last. One
    query."""
    kini = timezone.now()
    rows = kotak(pengguna).filter(TERBUKA).values_list("disposisi", "dibaca", "disposisi__tenggat")
    baru, terbuka, terlambat = set(), set(), set()
    for pk, dibaca, tenggat in rows:
        terbuka.add(pk)
        baru |= {pk} if dibaca is None else set()
        terlambat |= {pk} if lewat(tenggat, kini) else set()
    return {"baru": len(baru), "terbuka": len(terbuka), "lewat": len(terlambat), "perlu": len(baru | terlambat)}


def perlu_dibuka(pengguna: Pengguna) -> int:
    """The number beside the menu: what is unread or past its deadline."""
    return hitung(pengguna)["perlu"]
