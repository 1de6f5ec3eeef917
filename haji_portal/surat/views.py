"""Letters as PDF for staff, inside the scope of their assignments; everything outside answers 404."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from haji_portal.akun.akses import PermintaanPetugas, petugas
from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.models import Perkara
from haji_portal.berkas.views import KEBIJAKAN

from .cetak import cetak
from .jenis import jenis_surat
from .models import Surat
from .terbit import buat_draf, dokumen_pdf, isi_pdf


@petugas
@require_GET
def lihat(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """The letter as it stands, for the browser's own viewer or a frame of our pages."""
    surat = _surat(request, pk)
    return _pdf_atau_kembali(request, surat.perkara, lambda: (isi_pdf(surat), _nama(surat)))


@petugas
@require_POST
def cetak_surat(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """Count one print and give the signed PDF."""
    surat = _surat(request, pk)
    return _pdf_atau_kembali(request, surat.perkara, lambda: (cetak(surat, request.user), _nama(surat)))


@petugas
@require_GET
def dokumen(request: PermintaanPetugas, nomor: str, jenis: str) -> HttpResponse:
    """A paper of a case by its kind: a receipt drawn on demand, or the letter, whose draft is drawn if not made yet."""
    perkara = get_object_or_404(Perkara.objects.untuk(request.user), nomor=nomor)
    try:
        entri = jenis_surat(jenis)
    except LookupError as galat:
        raise Http404 from galat
    if not entri.untuk_perkara(perkara.jenis):
        raise Http404
    if not entri.bertanda_tangan:
        return _pdf_atau_kembali(request, perkara, lambda: (dokumen_pdf(perkara, jenis), f"{jenis}-{nomor}"))

    def baca() -> tuple[bytes, str]:
        surat = buat_draf(perkara, jenis)
        return isi_pdf(surat), _nama(surat)

    return _pdf_atau_kembali(request, perkara, baca)


def _surat(request: PermintaanPetugas, pk: int) -> Surat:
    cakupan = Perkara.objects.untuk(request.user).order_by().values("pk")
    return get_object_or_404(Surat.objects.select_related("perkara", "kantor"), pk=pk, perkara__in=cakupan)


def _nama(surat: Surat) -> str:
    return f"{surat.jenis}-{surat.nomor or f'draf-{surat.pk}'}"


def _pdf_atau_kembali(request: PermintaanPetugas, perkara: Perkara, baca) -> HttpResponse:
    """The PDF, or back to the case with the sentence why there is none."""
    try:
        isi, nama = baca()
    except LangkahGagal as galat:
        messages.error(request, galat.kalimat)
        return redirect(perkara)
    return _jawab_pdf(isi, nama)


def _jawab_pdf(isi: bytes, nama: str) -> HttpResponse:
    jawaban = HttpResponse(isi, content_type="application/pdf")
    bersih = re.sub(r"[^A-Za-z0-9.-]+", "-", nama).strip("-")
    jawaban["Content-Disposition"] = f'inline; filename="{bersih}.pdf"'
    jawaban["X-Content-Type-Options"] = "nosniff"
    jawaban["Cross-Origin-Resource-Policy"] = "same-origin"
    jawaban["Content-Security-Policy"] = KEBIJAKAN
    return jawaban
