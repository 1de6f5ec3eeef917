"""The guest book of a day, and the number that an officer takes for a visitor."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from haji_portal.akun.akses import PermintaanPetugas, petugas, tujuan_aman
from haji_portal.akun.models import Kantor
from haji_portal.alur.galat import Tertutup
from haji_portal.alur.models import Aturan
from haji_portal.alur.penutupan import hari_kantor
from haji_portal.alur.tampil_waktu import hari_tanggal
from haji_portal.meja.views import LihatLain

from ..models import BukuTamu
from .ambil import ambil
from .bersih import ATURAN_HARI
from .forms import FormLengkapi, FormTamu
from .izin import MELAYANI, MELIHAT, MENGATUR, boleh, pelaku, tugas_antrean

PER_HALAMAN = 50


def hari_dari(request: PermintaanPetugas, kantor: Kantor) -> datetime.date:
    """The day of the address, today for none, an impossible or a future one."""
    kini = hari_kantor(kantor)
    try:
        hari = datetime.date.fromisoformat(request.GET.get("hari", ""))
    except ValueError:
        return kini
    return hari if datetime.date(2020, 1, 1) <= hari <= kini else kini


@petugas
@require_http_methods(["GET", "HEAD", "POST"])
def tamu(request: PermintaanPetugas) -> HttpResponse:
    """GET /antrean/tamu/?hari=: who came; POST: a visitor and a number (303, 409 closed, 422 something is missing)."""
    if request.method != "POST":
        kantor = tugas_antrean(request, MELIHAT).kantor
        return _tampil(request, kantor, FormTamu(kantor=kantor))
    oleh = pelaku(request)
    form = FormTamu(request.POST, kantor=oleh.penugasan.kantor)
    if not form.is_valid():
        return _tampil(request, oleh.penugasan.kantor, form, status=422)
    isi = form.cleaned_data
    try:
        satu = ambil(
            isi["layanan"], kunci=isi["kunci"], prioritas=isi["prioritas"], tamu=form.tamu(), oleh=oleh
        )  # fmt: skip
    except Tertutup as galat:
        form.add_error("layanan", galat.kalimat)
        return _tampil(request, oleh.penugasan.kantor, form, status=409)
    messages.success(request, f"Nomor {satu.kode} diambil untuk {satu.layanan.nama}. Sebutkan nomornya kepada tamu.")
    return LihatLain(reverse("ptsp:antrean_tamu"))


def _tampil(request: PermintaanPetugas, kantor: Kantor, form: FormTamu, status: int = 200) -> HttpResponse:
    hari = hari_dari(request, kantor)
    semua = BukuTamu.objects.filter(kantor=kantor, tanggal=hari).select_related("tiket", "tiket__layanan")
    halaman = Paginator(semua.order_by("-waktu", "-pk"), PER_HALAMAN).get_page(request.GET.get("halaman"))
    konteks: dict[str, Any] = {
        "menu": "antrean", "kantor": kantor, "form": form, "halaman": halaman, "hari": hari,
        "hari_kata": hari_tanggal(hari), "boleh_catat": boleh(request, MELAYANI),
        "boleh_atur": boleh(request, MENGATUR), "kueri": f"&hari={hari}", "hari_simpan": Aturan.pada(ATURAN_HARI).nilai,
        "zona": kantor.zona_waktu,
    }  # fmt: skip
    return render(request, "antrean/tamu.html", konteks, status=status)


@petugas
@require_POST
def lengkapi(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """Name and origin of a visitor of today who did not write at the tablet."""
    oleh = pelaku(request)
    kantor = oleh.penugasan.kantor
    satu = BukuTamu.objects.filter(pk=pk, kantor=kantor, tanggal=hari_kantor(kantor), nama="").first()
    if satu is None:
        raise Http404
    form = FormLengkapi(request.POST)
    if form.is_valid():
        BukuTamu.objects.filter(pk=satu.pk, nama="").update(**form.cleaned_data)
        messages.success(request, "Buku tamu dilengkapi.")
    else:
        messages.warning(request, " ".join(str(k) for isi in form.errors.values() for k in isi))
    return LihatLain(tujuan_aman(request, "ptsp:antrean_tamu"))
