"""Devices without a login: who holds the address, holds the device, until it is revoked."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from ..models import PerangkatAntrean

JEDA_CATAT = datetime.timedelta(minutes=5)
"""Between two writes of `terakhir`: a screen asks every few seconds."""


def perangkat(jenis: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view for one kind of device: `view(request, perangkat, ...)`, never cached, not for robots.

    404 for an unknown address, 410 with a sentence for a revoked one.
    """

    def hias(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def bungkus(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
            semua = PerangkatAntrean.objects.select_related("kantor").filter(jenis=jenis)
            satu = semua.filter(token=token).first()
            if satu is None:
                raise Http404
            if satu.dicabut or not satu.kantor.aktif:
                jawab = render(request, "antrean/dicabut.html", {"perangkat": satu}, status=410)
            else:
                _catat(satu)
                jawab = view(request, satu, *args, **kwargs)
            add_never_cache_headers(jawab)
            jawab["X-Robots-Tag"] = "noindex"
            return jawab

        return bungkus

    return hias


def _catat(satu: PerangkatAntrean) -> None:
    kini = timezone.now()
    if satu.terakhir is None or kini - satu.terakhir > JEDA_CATAT:
        PerangkatAntrean.objects.filter(pk=satu.pk).update(terakhir=kini)
