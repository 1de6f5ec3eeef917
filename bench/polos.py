"""Bare views: the same middleware, one query, the same template with a context that was made once before.

What a page costs above its bare view is what the portal decides: limits, scope, turns, deadlines, counts.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from haji_portal.alur.models import Perkara
from haji_portal.dana.models import Peristiwa

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


@csrf_exempt
def peristiwa(request: HttpRequest) -> HttpResponse:
    """The partners' door without its checks: read, one INSERT, answer. The bench takes its rows away again."""
    kini = timezone.now()
    Peristiwa.objects.create(
        mitra="bps", id_webhook=secrets.token_hex(16), jenis="dana.gagal", rujukan="bench", isi=request.body.decode(),
        sidik="0" * 64, id_kunci="bench", waktu_tanda=kini, diterima=kini,
    )  # fmt: skip
    return JsonResponse({"status": "diterima"}, status=202)
