"""Celery's side of the mechanism. Each task may run twice or at the same time as itself.

The schedule is in `haji_portal/settings/jadwal.py`; `manage.py sapu --terus` keeps it where there is no Celery.
"""

from __future__ import annotations

from celery import shared_task

from .efek import sapu


@shared_task(name="alur.kerjakan_efek")
def kerjakan_efek() -> int:
    """The doorbell and the regular sweep: run what is due; returns how many effects were done."""
    return sapu()


@shared_task(name="alur.periksa_tenggat")
def periksa_tenggat() -> None:
    """Warn of breached deadlines (each level exactly once)."""
    from . import tenggat

    tenggat.periksa_tenggat()


@shared_task(name="alur.periksa_terhalang")
def periksa_terhalang() -> int:
    """Assignments end by date and accounts are switched off: show the cases that nobody can move any more."""
    from . import halangan

    return halangan.periksa_terhalang()


@shared_task(name="alur.segel_harian")
def segel_harian(zona: str) -> int:
    """Seal today's history of every office in a time zone; returns the number of new seals."""
    from . import segel

    return segel.segel_semua(zona)
