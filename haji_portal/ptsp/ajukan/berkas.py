"""Addresses of the files of a draft: a plain upload, an upload in pieces, and one's own file again."""

from __future__ import annotations

from urllib.parse import unquote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haji_portal.berkas.simpan import UnggahanDitolak, baca
from haji_portal.berkas.views import KEBIJAKAN

from ..models import Konsep
from . import konsep as gudang
from .daftar import Lanjutan
from .halaman import konsep_terbuka
from .mulai import lanjutan_atau_404
from .unggah import Berkas, SalahPosisi, daftar_berkas, posisi, selesaikan, tambah, terima


def _satu(konsep: Konsep, ajuan: Lanjutan, kode: str) -> Berkas:
    """The line of the draft that may be uploaded now; 404 for every other, and for a draft that was sent."""
    satu = next((b for b in daftar_berkas(konsep, ajuan) if b.kode == kode), None)
    if satu is None or konsep.terkirim_id:
        raise Http404
    return satu


@require_POST
@konsep_terbuka
def unggah(request: HttpRequest, konsep: Konsep, ajuan: Lanjutan, kode: str) -> HttpResponse:
    """The whole file as a form sends it; then back to the same line of the page."""
    satu = _satu(konsep, ajuan, kode)
    berkas = request.FILES.get("berkas")
    try:
        if berkas is None:
            raise UnggahanDitolak("Pilih berkasnya dulu, lalu tekan Unggah.")
        terima(request, konsep, ajuan, kode, berkas)
    except UnggahanDitolak as galat:
        messages.error(request, f"{satu.nama}: {galat.kalimat}")
    else:
        messages.success(request, f"{satu.nama} sudah tersimpan.")
    halaman = reverse("ptsp:perbaiki") if konsep.perbaiki_id else reverse("ptsp:dokumen", args=[konsep.token])
    return HttpResponseRedirect(f"{halaman}#berkas-{kode}", status=303)


@require_http_methods(["GET", "POST"])
def potongan(request: HttpRequest, token: str, kode: str) -> JsonResponse:
    """GET ?sidik=: {"posisi", "selesai"}. POST one piece (octets) with Upload-Offset, Upload-Length, Upload-Id and
    Upload-Name: {"posisi"} until the last piece, then {"selesai": true, "html"}; 409 {"posisi"} for a wrong offset."""
    konsep = gudang.terbuka(request, token)
    if konsep is None:
        return JsonResponse({"galat": "Halaman ini sudah tertutup. Muat ulang, lalu minta kode baru."}, status=403)
    ajuan = lanjutan_atau_404(konsep.layanan)
    satu = _satu(konsep, ajuan, kode)
    if request.method == "GET":
        sampai, selesai = posisi(konsep, kode, request.GET.get("sidik", "")[:64])
        return JsonResponse({"posisi": sampai, "selesai": selesai, "html": _html(request, konsep, ajuan, kode)})
    try:
        return _tambah(request, konsep, ajuan, satu.kode)
    except SalahPosisi as galat:
        return JsonResponse({"posisi": galat.posisi}, status=409)
    except UnggahanDitolak as galat:
        return JsonResponse({"galat": galat.kalimat}, status=422)


def _tambah(request: HttpRequest, konsep: Konsep, ajuan: Lanjutan, kode: str) -> JsonResponse:
    kepala = request.headers
    awal, ukuran = (_bilangan(kepala.get(nama, "")) for nama in ("Upload-Offset", "Upload-Length"))
    sidik, nama = kepala.get("Upload-Id", "")[:64], unquote(kepala.get("Upload-Name", ""))[:200].replace("\x00", "")
    row = tambah(konsep, kode, sidik, nama, ukuran, awal, request.body)
    if row.posisi < row.ukuran:
        return JsonResponse({"posisi": row.posisi})
    if not selesaikan(request, konsep, ajuan, row):
        return JsonResponse({"posisi": row.posisi}, status=409)
    return JsonResponse({"selesai": True, "html": _html(request, konsep, ajuan, kode)})


def _bilangan(teks: str) -> int:
    """A byte count from a header; -1, which fits nowhere, for anything else."""
    return int(teks) if teks.isascii() and teks.isdigit() and len(teks) < 10 else -1


def _html(request: HttpRequest, konsep: Konsep, ajuan: Lanjutan, kode: str) -> str:
    satu = _satu(Konsep.objects.select_related("kantor", "perbaiki__kantor").get(pk=konsep.pk), ajuan, kode)
    return render_to_string("publik/ajukan/_berkas.html", {"satu": satu, "konsep": konsep}, request)


@require_safe
@konsep_terbuka
def lihat(request: HttpRequest, konsep: Konsep, ajuan: Lanjutan, kode: str) -> HttpResponse:
    """One's own upload as it was kept: is it readable?"""
    berkas = get_object_or_404(konsep.berkas, kode=kode)
    try:
        isi = baca(berkas.kunci, berkas.sha256)
    except (FileNotFoundError, ValueError) as galat:
        raise Http404 from galat
    kepala = {
        "Content-Disposition": content_disposition_header(False, berkas.nama), "Content-Security-Policy": KEBIJAKAN,
        "Cross-Origin-Resource-Policy": "same-origin", "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }  # fmt: skip
    return HttpResponse(isi, content_type=berkas.mime, headers=kepala)
