"""Error pages in the visitor's words; below /api/ the same errors as problem details.

A page of 500 asks nothing of the database or the session.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from haji_portal.akun.akses import Terlarang
from haji_portal.log import tanda_permintaan
from haji_portal.meja.api.galat import jawaban_http, untuk_api


def _tanda() -> dict[str, str]:
    """What a person can read out to the operator, who finds the log lines by it."""
    return {"tanda": tanda_permintaan.get()}


def permintaan_salah(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    if untuk_api(request):
        return jawaban_http("permintaan-rusak", "Permintaan ini tidak dapat dibaca.")
    return render(request, "galat/400.html", _tanda(), status=400)


def dilarang(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    if untuk_api(request):
        return jawaban_http("ditolak", "Anda tidak berhak atas ini.")
    kalimat = exception.kalimat if isinstance(exception, Terlarang) else ""
    return render(request, "galat/403.html", _tanda() | {"kalimat": kalimat}, status=403)


def tidak_ada(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, also for what lies outside the person's office: both look alike, to the byte, so without a mark."""
    if untuk_api(request):
        return jawaban_http("tidak-ada", "Alamat ini tidak ada.")
    return render(request, "galat/404.html", status=404)


def rusak(request: HttpRequest) -> HttpResponse:
    """500, rendered without context processors: the database may be what broke."""
    if untuk_api(request):
        return jawaban_http(
            "gangguan",
            "Ada gangguan pada portal. Baca keadaan perkara sebelum mengulang.",
        )
    return HttpResponse(render_to_string("galat/500.html", _tanda()), status=500)


def formulir_kedaluwarsa(request: HttpRequest, reason: str = "", **_: Any) -> HttpResponse:
    """CSRF failure (403): nearly always a page left open too long or a browser without cookies."""
    if untuk_api(request):
        return jawaban_http("csrf", "Token CSRF tidak ada atau tidak cocok.")
    return render(request, "galat/formulir.html", _tanda(), status=403)
