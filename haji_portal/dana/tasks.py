"""Celery's side of money. Each task may run twice or at the same time as itself."""

from __future__ import annotations

from celery import shared_task

from . import periksa
from .mitra import olah, ulang
from .rekonsiliasi import harian


@shared_task(name="dana.periksa_buku")
def periksa_buku() -> int:
    """Add the whole book up again; returns the number of findings, which /sehat/ and the monitor tell on."""
    return len(periksa.periksa_buku())


@shared_task(name="dana.olah_peristiwa")
def olah_peristiwa() -> int:
    """The doorbell and the regular sweep: judge what the partners sent; returns how many events were judged."""
    return olah.olah_semua()


@shared_task(name="dana.tanyakan_macet")
def tanyakan_macet() -> int:
    """Every morning: ask BPKH about payments that nobody has said anything of for a day; returns how many."""
    return ulang.tanyakan_macet()


@shared_task(name="dana.rekonsiliasi_harian")
def rekonsiliasi_harian() -> int:
    """Fetch and class the partners' statements; returns how many days were classed."""
    return harian.rekonsiliasi_harian()
