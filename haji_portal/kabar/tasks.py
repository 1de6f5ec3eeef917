"""Celery's side of the room; each task may run twice or beside itself."""

from __future__ import annotations

from celery import shared_task

from . import berkala, kirim


@shared_task(name="kabar.kirim_tertunda")
def kirim_tertunda() -> int:
    """Every minute: e-mails that wait or failed."""
    return kirim.kirim_tertunda()


@shared_task(name="kabar.informasi_berkala")
def informasi_berkala(zona: str) -> int:
    """Every morning, office time: news for the applicants of quiet cases."""
    return berkala.informasi_berkala(zona)
