"""The only way to a private file: signed in, inside one's scope, written down."""

from __future__ import annotations

import logging

from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from haji_portal.akun.akses import PermintaanPetugas, petugas
from haji_portal.akun.models import Pengguna

from .models import AksesLampiran, Lampiran
from .simpan import baca

log = logging.getLogger(__name__)
# It may load nothing and run nothing, and only our own pages may frame it. (Chromium's PDF viewer works inside it.)
KEBIJAKAN = "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'"


@require_safe
@petugas
def unduh(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """Show a file in the page, or save it with `?unduh=1`. A foreign case's file answers 404 like a missing one."""
    lampiran = get_object_or_404(Lampiran.objects.untuk(request.user), pk=pk)
    return kirim(lampiran, request.user, simpan=request.GET.get("unduh") == "1")


def kirim(lampiran: Lampiran, pengguna: Pengguna, *, simpan: bool) -> HttpResponse:
    """The file's bytes, and a row that says who opened it; for every door, after it looked at the person's scope."""
    try:
        isi = baca(lampiran.kunci, lampiran.sha256)
    except (FileNotFoundError, ValueError) as galat:
        log.error("attachment %s cannot be served: %s", lampiran.pk, type(galat).__name__)
        kalimat = "Berkas ini tidak dapat dibuka karena simpanannya rusak. Laporkan kepada admin portal."
        return HttpResponseServerError(kalimat, content_type="text/plain; charset=utf-8")
    AksesLampiran.objects.create(lampiran=lampiran, pengguna=pengguna, unduh=simpan)
    return HttpResponse(
        isi,
        content_type=lampiran.mime,
        headers={
            "Content-Disposition": content_disposition_header(simpan, lampiran.nama),
            "Content-Security-Policy": KEBIJAKAN,
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
