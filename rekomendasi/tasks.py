"""Celery's side of the register. The task may run twice or at the same time as itself."""

from __future__ import annotations

from celery import shared_task

from . import peringatan


@shared_task(name="rekomendasi.peringatkan_sk")
def peringatkan_sk() -> int:
    """Every morning: licences that end within 90 or 30 days, or have ended; returns how many were told."""
    return peringatan.peringatkan_sk()
