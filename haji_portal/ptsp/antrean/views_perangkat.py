"""Pairing a tablet or a screen with an office, its settings, and ending it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from haji_portal.akun.akses import PermintaanPetugas, petugas
from haji_portal.akun.models import Kantor
from haji_portal.alur.tampil_waktu import saat
from haji_portal.meja.views import LihatLain
from haji_portal.surat.gambar import qr_data_uri

from ..models import PerangkatAntrean
from .bawaan import lengkapi
from .forms import FormPerangkat
from .izin import MELAYANI, MENGATUR, boleh, tugas_antrean


@petugas
@require_http_methods(["GET", "HEAD", "POST"])
def daftar(request: PermintaanPetugas) -> HttpResponse:
    """GET /antrean/perangkat/: the devices of the office; POST: pair another one (303 to its address)."""
    kantor = tugas_antrean(request, MENGATUR).kantor
    form = FormPerangkat(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        form.instance.kantor, form.instance.dibuat_oleh = kantor, request.user
        satu = form.save()
        if not kantor.layanan_antrean.exists():
            lengkapi(kantor)
        messages.success(request, "Perangkat siap dipasangkan. Buka alamat di bawah ini pada perangkat itu.")
        return LihatLain(reverse("ptsp:antrean_alat", args=[satu.pk]))
    semua = PerangkatAntrean.objects.filter(kantor=kantor).order_by("dicabut", "jenis", "nama")
    konteks = {
        "menu": "antrean", "kantor": kantor, "form": form, "daftar": [_baris(p, kantor) for p in semua],
        "bisa_loket": boleh(request, MELAYANI),
    }  # fmt: skip
    return render(request, "antrean/perangkat.html", konteks, status=422 if form.is_bound else 200)


def _baris(satu: PerangkatAntrean, kantor: Kantor) -> dict[str, Any]:
    zona = kantor.zona_waktu
    return {
        "perangkat": satu, "dicabut": saat(satu.dicabut, zona) if satu.dicabut else "",
        "terakhir": saat(satu.terakhir, zona) if satu.terakhir else "",
    }  # fmt: skip


def _milik(request: PermintaanPetugas, pk: int) -> PerangkatAntrean:
    kantor = tugas_antrean(request, MENGATUR).kantor
    # SQLite cannot even be asked for an id beyond 64 bits.
    satu = PerangkatAntrean.objects.filter(pk=pk, kantor=kantor).first() if pk < 2**63 else None
    if satu is None:
        raise Http404
    return satu


@petugas
@require_http_methods(["GET", "HEAD", "POST"])
def alat(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """The address of one device as text and QR, and its settings (POST: 303, 422)."""
    satu = _milik(request, pk)
    form = FormPerangkat(request.POST if request.method == "POST" else None, instance=satu)
    if form.is_bound and form.is_valid() and not satu.dicabut:
        form.save()
        messages.success(request, "Pengaturan perangkat disimpan.")
        return LihatLain(reverse("ptsp:antrean_alat", args=[pk]))
    jenis = "antrean_kios" if satu.jenis == PerangkatAntrean.Jenis.KIOS else "antrean_layar"
    alamat = f"{settings.SITUS_URL}{reverse(f'ptsp:{jenis}', args=[satu.token])}"
    konteks = {
        "menu": "antrean", "kantor": satu.kantor, "perangkat": satu, "form": form, "alamat": alamat,
        "qr": qr_data_uri(alamat), **_baris(satu, satu.kantor),
    }  # fmt: skip
    return render(request, "antrean/alat.html", konteks, status=422 if form.is_bound else 200)


@petugas
@require_POST
def cabut(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """End a device: its address answers 410 from now on. Twice is once."""
    satu = _milik(request, pk)
    PerangkatAntrean.objects.filter(pk=satu.pk, dicabut=None).update(dicabut=timezone.now())
    messages.success(request, f"{satu.nama} dicabut; alamatnya tidak berlaku lagi.")
    return LihatLain(reverse("ptsp:antrean_perangkat"))
