"""Bare views: the same middleware, one query, the same template with a context that was made once before.

What a page costs above its bare view is what the portal decides: limits, scope, turns, deadlines, counts.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from haji_portal.alur.models import Perkara

KONTEKS: dict[str, dict[str, Any]] = {}
"""Contexts of the real pages, put here before the measurement starts."""


def cek(request: HttpRequest, nomor: str) -> HttpResponse:
    """The answer of the public lookup."""
    Perkara.objects.select_related("kantor", "pemohon").get(nomor=nomor)
    return render(request, "publik/cek_hasil.html", KONTEKS["cek"])


def kerja(request: HttpRequest) -> HttpResponse:
    """The inbox with its 25 rows."""
    list(Perkara.objects.select_related("kantor", "pemohon", "porsi").order_by("pk")[:25])
    return render(request, "meja/kotak_kerja.html", KONTEKS["kerja"])


def daftar(request: HttpRequest) -> HttpResponse:
    """The list of a service with its 25 rows."""
    list(Perkara.objects.select_related("kantor", "pemohon", "porsi").order_by("-pk")[:25])
    return render(request, "pendaftaran/daftar.html", KONTEKS["daftar"])


def kasus(request: HttpRequest, nomor: str) -> HttpResponse:
    """The case page."""
    Perkara.objects.select_related("kantor", "pemohon", "porsi", "sop").get(nomor=nomor)
    return render(request, "meja/detail.html", KONTEKS["kasus"])
