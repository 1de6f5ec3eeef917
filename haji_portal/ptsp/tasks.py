"""Celery's side of the public site."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from .models import DetakPekerja


@shared_task(name="ptsp.detak")
def detak() -> None:
    """Leave a sign of life: /sehat/ reads it instead of asking a worker, which could block."""
    DetakPekerja.objects.update_or_create(nama="celery", defaults={"waktu": timezone.now()})
