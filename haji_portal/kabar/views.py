"""The staff's messages: read, mark as read. Each person sees only the own ones."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from haji_portal.akun.akses import petugas
from haji_portal.akun.models import Pengguna
from haji_portal.alur.tampil_waktu import saat

from .models import Pesan

PER_HALAMAN = 25


def _saya(request: HttpRequest) -> Pengguna:
    return cast(Pengguna, request.user)  # `petugas` lets nobody else in


@petugas
@require_GET
def daftar(request: HttpRequest) -> HttpResponse:
    """The own messages, newest first, 25 a page; times on the clock of the person's office."""
    milik = Pesan.objects.milik(_saya(request))
    halaman = Paginator(milik.select_related("perkara"), PER_HALAMAN).get_page(request.GET.get("halaman"))
    zona = request.penugasan[0].kantor.zona_waktu  # type: ignore[attr-defined]
    for pesan in halaman:
        pesan.kapan = saat(pesan.dibuat, zona)
    konteks = {"halaman": halaman, "baru": milik.belum_dibaca().count(), "menu": "pesan"}
    return render(request, "kabar/pesan.html", konteks)


@petugas
@require_POST
def buka(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one message as read and go to its case (to the list when it has none). Others' messages: 404."""
    pesan = get_object_or_404(Pesan.objects.milik(_saya(request)).select_related("perkara"), pk=pk)
    Pesan.objects.filter(pk=pk, dibaca__isnull=True).update(dibaca=timezone.now())
    if pesan.perkara is not None:
        try:
            return redirect(pesan.perkara.get_absolute_url())
        except NoReverseMatch:
            pass  # the service has no pages (yet)
    return redirect("kabar:daftar")


@petugas
@require_POST
def tandai(request: HttpRequest) -> HttpResponse:
    """Mark all own messages as read."""
    jumlah = Pesan.objects.milik(_saya(request)).belum_dibaca().update(dibaca=timezone.now())
    messages.success(request, f"{jumlah} pesan ditandai sudah dibaca." if jumlah else "Tidak ada pesan baru.")
    return redirect("kabar:daftar")
