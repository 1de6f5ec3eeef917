"""The page on which an official withdraws a letter: a fresh password, a reason, and no way back."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from haji_portal.akun.akses import perlu_sandi_lagi, petugas
from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Petugas
from haji_portal.berkas.forms_langkah import BidangAlasan
from haji_portal.surat.jenis import judul_surat
from haji_portal.surat.models import Surat

from .cabut import DAPAT_DICABUT, laksanakan_cabut, pencabut
from .langkah import baca_versi
from .permintaan import PermintaanPetugas
from .views import LihatLain


class FormCabut(forms.Form):
    alasan = BidangAlasan(
        min_length=10, max_length=250, help_text="Tercatat dalam riwayat perkara dan register nomor surat."
    )


@petugas
@require_http_methods(["GET", "POST"])
def cabut_surat(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """GET and POST /cabut-surat/<pk>/. Foreign and ended letters answer 404, other roles 403."""
    cakupan = Perkara.objects.untuk(request.user).order_by().values("pk")
    surat = get_object_or_404(Surat.objects.select_related("perkara__kantor", "kantor"), pk=pk, perkara__in=cakupan)
    tugas = pencabut(request.user, surat)
    if tugas is None:
        if surat.status in DAPAT_DICABUT:
            raise PermissionDenied
        if request.method != "POST" or surat.status not in (Surat.Status.DICABUT, Surat.Status.BATAL):
            raise Http404
        tugas = request.penugasan[0]  # perhaps the second of two clicks: catat_kejadian() knows
    return _cabut(request, surat, Petugas(request.user, tugas))


@perlu_sandi_lagi
def _cabut(request: PermintaanPetugas, surat: Surat, oleh: Petugas) -> HttpResponse:
    form = FormCabut(request.POST or None)
    konteks = {"surat": surat, "judul_surat": judul_surat(surat.jenis), "perkara": surat.perkara, "form": form}
    if request.method != "POST":
        return render(request, "meja/surat_cabut.html", konteks)
    if not form.is_valid():
        return render(request, "meja/surat_cabut.html", konteks, status=422)
    try:
        laksanakan_cabut(surat, oleh, baca_versi(request.POST.get("versi")), form.cleaned_data["alasan"])
    except LangkahGagal as galat:
        konteks["gagal"] = galat.kalimat
        konteks["perkara"] = Perkara.objects.get(pk=surat.perkara_id)
        return render(request, "meja/surat_cabut.html", konteks, status=galat.status_http)
    messages.success(request, f"{konteks['judul_surat']} {surat.nomor} dicabut. Halaman keaslian surat menyebutnya.")
    return LihatLain(surat.perkara.get_absolute_url())
