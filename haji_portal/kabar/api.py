"""The gateways' door: delivery reports, signed, small, and harmless when they come twice or late."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .laporan import BOLEH, catat_laporan, saluran_penanda
from .models import Pesan

BATAS = 4096
"""Bytes of a report."""


@csrf_exempt
@require_POST
def laporan(request: HttpRequest) -> JsonResponse:
    """POST {"rujukan", "status": dikirim | sampai | gagal}, headers X-Haji-Waktu and X-Haji-Tanda.

    200 with the status after it; 401 unsigned, 404 unknown message, 413 too big, 422 unreadable. Without a gateway
    that reports, the address does not exist (404).
    """
    if not any(s.get("laporan") for s in settings.PESAN_GERBANG.values()):
        return _masalah(404, "Tidak ada")
    panjang = request.headers.get("Content-Length", "")
    if not (panjang.isascii() and panjang.isdigit()) or int(panjang) > BATAS:
        return _masalah(413, "Laporan terlalu besar")
    badan = request.body
    saluran = saluran_penanda(request.headers.get("X-Haji-Waktu", ""), badan, request.headers.get("X-Haji-Tanda", ""))
    if not saluran:
        return _masalah(401, "Tanda tangan laporan tidak sah")
    rujukan, status = _baca(badan)
    if status not in BOLEH:
        return _masalah(422, "Laporan tidak dapat dibaca")
    pesan = Pesan.objects.filter(rujukan=rujukan, saluran__in=saluran).first()
    if pesan is None:
        return _masalah(404, "Pesan tidak dikenal")
    return JsonResponse({"status": catat_laporan(pesan, status)})


def _baca(badan: bytes) -> tuple[str, str]:
    try:
        isi = json.loads(badan)
        rujukan, status = isi["rujukan"], isi["status"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return "", ""
    if not (isinstance(rujukan, str) and isinstance(status, str)) or "\x00" in rujukan:
        return "", ""
    return rujukan, status


def _masalah(kode: int, judul: str) -> JsonResponse:
    isi = {"type": "about:blank", "status": kode, "title": judul}
    return JsonResponse(isi, status=kode, content_type="application/problem+json")
