"""Celery's side of money. Each task may run twice or at the same time as itself."""

from __future__ import annotations

from celery import shared_task

from . import periksa


@shared_task(name="dana.periksa_buku")
def periksa_buku() -> int:
    """Add the whole book up again; returns the number of findings, which /sehat/ and the monitor tell on."""
    return len(periksa.periksa_buku())
