"""The survey's pages: the questionnaire behind its one-time address, and its QR code at the counter."""

from __future__ import annotations

import segno
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from haji_portal.akun.akses import PermintaanPetugas, petugas
from haji_portal.alur.apps import nama_perkara
from haji_portal.alur.models import Perkara

from ..batas import tunggu_survei
from ..jawab import minta_tunggu, tampil
from .isian import FormSurvei
from .jawab import berlaku, simpan
from .undang import BERLAKU, cari, tautan


@require_http_methods(["GET", "HEAD", "POST"])
def survei(request: HttpRequest, kata: str) -> HttpResponse:
    """Ask nine questions once. 404 for an address that never was, 410 when its time is over; a used one says thanks."""
    if lama := tunggu_survei(request):
        return minta_tunggu(request, lama)
    baris = cari(kata)
    if baris is None:
        return tampil(request, "publik/survei/tidak_ada.html", {"hari": BERLAKU.days}, 404)
    if baris.terpakai:
        return HttpResponseRedirect(reverse("ptsp:survei_selesai"), status=303)
    if not berlaku(baris):
        return tampil(request, "publik/survei/tidak_ada.html", {"hari": BERLAKU.days, "lewat": True}, 410)
    form = FormSurvei(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        simpan(baris, form.cleaned_data)
        return HttpResponseRedirect(reverse("ptsp:survei_selesai"), status=303)
    perkara = baris.perkara
    konteks = {"form": form, "layanan": nama_perkara(perkara.jenis), "kantor": perkara.kantor}
    return tampil(request, "publik/survei/isi.html", konteks, 422 if request.method == "POST" else 200)


@require_safe
def selesai(request: HttpRequest) -> HttpResponse:
    """Thanks; the same page for everybody."""
    return tampil(request, "publik/survei/terima_kasih.html", {})


@petugas
@require_GET
def kode_qr(request: PermintaanPetugas, nomor: str) -> HttpResponse:
    """For the counter at the hand-over: the code that the applicant scans with the own phone. 404 for another office's
    case; nothing tells whether the survey was answered or its time is over."""
    kantor = {t.kantor_id for t in request.penugasan}
    perkara = Perkara.objects.untuk(request.user).filter(nomor=nomor, kantor__in=kantor).first()
    if perkara is None:
        raise Http404
    alamat = tautan(perkara)
    gambar = segno.make(alamat, error="m", micro=False).svg_data_uri(scale=5, border=2) if alamat else ""
    konteks = {"perkara": perkara, "alamat": alamat, "qr": gambar, "menu": perkara.jenis}
    return render(request, "ptsp/survei_qr.html", konteks)
