"""Is this letter genuine? By the QR's token, and by the PDF itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from haji_portal.surat.periksa import cari_token, periksa_pdf

from .batas import sebut_lama, tunggu_pdf
from .forms import FormPdf


@require_http_methods(["GET", "HEAD", "POST"])
def verifikasi(request: HttpRequest, token: str) -> HttpResponse:
    """The letter behind a token: what it is, who signed it, and whether it still stands. 404 for an unknown token.

    POST `pdf`: also compare the file in the visitor's hand with the one on record. The file is not kept.
    """
    surat = cari_token(token)
    if surat is None:
        return _tampil(request, "publik/verifikasi_tidak_ada.html", {}, 404)
    konteks = {"surat": surat, "form": FormPdf()}
    if request.method != "POST":
        return _tampil(request, "publik/verifikasi.html", konteks)
    if lama := tunggu_pdf(request):
        jawab = _tampil(request, "publik/tunggu.html", {"lama": sebut_lama(lama)}, 429)
        jawab["Retry-After"] = str(lama)
        return jawab
    konteks["form"] = form = FormPdf(request.POST, request.FILES)
    if not form.is_valid():
        return _tampil(request, "publik/verifikasi.html", konteks, 422)
    hasil = periksa_pdf(form.cleaned_data["pdf"])
    lain = hasil.surat is not None and hasil.surat["nomor"] != surat["nomor"]
    return _tampil(request, "publik/verifikasi.html", {**konteks, "hasil": hasil, "surat_lain": lain})


def _tampil(request: HttpRequest, templat: str, konteks: dict, status: int = 200) -> HttpResponse:
    jawab = render(request, templat, konteks, status=status)
    add_never_cache_headers(jawab)
    jawab["X-Robots-Tag"] = "noindex"
    return jawab
