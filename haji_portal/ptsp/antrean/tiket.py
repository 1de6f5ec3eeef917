"""The ticket on the visitor's phone: its unguessable address is all it takes, and it shows no name."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from haji_portal.alur.galat import Basi
from haji_portal.alur.tampil_waktu import hari_tanggal, jam
from haji_portal.surat.gambar import qr_data_uri

from ..jawab import tampil
from ..models import Tiket
from .keadaan import keadaan_tiket
from .panggil import batalkan


def qr_tiket(tiket: Tiket) -> str:
    """QR of the page on the phone, as a data URI."""
    return qr_data_uri(f"{settings.SITUS_URL}{reverse('ptsp:antrean_tiket', args=[tiket.token])}")


def _cari(token: str) -> Tiket:
    semua = Tiket.objects.select_related("kantor", "layanan", "loket", "untuk_loket")
    satu = semua.filter(token=token).first()
    if satu is None:
        raise Http404
    return satu


@require_safe
def tiket(request: HttpRequest, token: str) -> HttpResponse:
    """GET /antrean/<token>/: how many before me, which desk. The page asks again by itself."""
    satu = _cari(token)
    konteks = {
        "tiket": satu, "kantor": satu.kantor, "keadaan": keadaan_tiket(satu), "hari": hari_tanggal(satu.tanggal),
        "diambil": jam(satu.diambil, satu.kantor.zona_waktu), "kini": jam(timezone.now(), satu.kantor.zona_waktu),
        "hidup": satu.keadaan not in (Tiket.Keadaan.SELESAI, Tiket.Keadaan.BATAL),
    }  # fmt: skip
    return tampil(request, "antrean/tiket.html", konteks)


@require_POST
def batal(request: HttpRequest, token: str) -> HttpResponse:
    """The visitor gives the number back; twice is once."""
    satu = _cari(token)
    try:
        batalkan(satu)
    except Basi:
        if satu.keadaan != Tiket.Keadaan.BATAL:
            messages.warning(request, "Nomor ini tidak lagi menunggu, jadi tidak dapat dibatalkan.")
    return redirect("ptsp:antrean_tiket", token)
