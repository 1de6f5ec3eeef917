"""Celery's side of the public site."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from .ajukan import bersih
from .antrean.bersih import kosongkan_tamu, tutup_hari
from .disposisi import kabar
from .models import DetakPekerja
from .survei.jawab import aduk


@shared_task(name="ptsp.detak")
def detak() -> None:
    """Leave a sign of life: /sehat/ reads it instead of asking a worker, which could block."""
    DetakPekerja.objects.update_or_create(nama="celery", defaults={"waktu": timezone.now()})


@shared_task(name="ptsp.hapus_konsep")
def hapus_konsep() -> int:
    """Daily: drafts whose last day is over. May run twice."""
    return bersih.hapus_lama()


@shared_task(name="ptsp.ingatkan_konsep")
def ingatkan_konsep() -> int:
    """Daily, in the morning: remind the owners of drafts. May run twice."""
    return bersih.ingatkan()


@shared_task(name="ptsp.aduk_survei")
def aduk_survei() -> int:
    """Nightly: mix the survey's answers, so that nothing tells which came when. May run twice."""
    return aduk()


@shared_task(name="ptsp.bersihkan_antrean")
def bersihkan_antrean() -> int:
    """Nightly: close forgotten numbers, delete who it was from old guest-book lines. May run twice."""
    return tutup_hari() + kosongkan_tamu()


@shared_task(name="ptsp.ingatkan_disposisi")
def ingatkan_disposisi(zona: str) -> int:
    """Every morning, office time: recipients of dispositions past their deadline. May run twice."""
    return kabar.ingatkan(zona)
