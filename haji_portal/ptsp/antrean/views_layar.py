"""The screen of the waiting room: numbers and desks, never a name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from haji_portal.alur.penutupan import hari_kantor
from haji_portal.alur.tampil_waktu import hari_tanggal, jam

from ..models import PerangkatAntrean
from .keadaan import keadaan_layar
from .perangkat import perangkat


@require_safe
@perangkat(PerangkatAntrean.Jenis.LAYAR)
def layar(request: HttpRequest, alat: PerangkatAntrean) -> HttpResponse:
    """The page; without JavaScript it asks for itself again."""
    kini = timezone.now()
    konteks = {
        "perangkat": alat, "kantor": alat.kantor, "layar": keadaan_layar(alat),
        "tanggal": hari_tanggal(hari_kantor(alat.kantor, kini)), "jam": jam(kini, alat.kantor.zona_waktu),
        "zona_kata": jam(kini, alat.kantor.zona_waktu).rpartition(" ")[2],
    }  # fmt: skip
    return render(request, "antrean/layar.html", konteks)


@require_safe
@perangkat(PerangkatAntrean.Jenis.LAYAR)
def kini(request: HttpRequest, alat: PerangkatAntrean) -> HttpResponse:
    """GET .../kini/?sesudah=<row of the log>: `keadaan_layar` as JSON."""
    teks = request.GET.get("sesudah", "")
    sesudah = int(teks) if teks.isascii() and teks.isdigit() and len(teks) < 15 else None
    return JsonResponse(keadaan_layar(alat, sesudah))
