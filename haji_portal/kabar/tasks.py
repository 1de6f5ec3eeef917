"""Celery's side of the room; each task may run twice or beside itself."""

from __future__ import annotations

from celery import shared_task

from . import berkala, kirim, laporan


@shared_task(name="kabar.kirim_tertunda")
def kirim_tertunda() -> int:
    """The doorbell and every minute: messages that wait or failed."""
    return kirim.kirim_tertunda()


@shared_task(name="kabar.tanyakan")
def tanyakan() -> int:
    """Every two minutes: ask the gateways what became of messages without a report."""
    return laporan.tanyakan()


@shared_task(name="kabar.informasi_berkala")
def informasi_berkala(zona: str) -> int:
    """Every morning, office time: news for the applicants of quiet cases."""
    return berkala.informasi_berkala(zona)
