"""The tablet at the door: guest book, number, ticket."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from haji_portal.alur.galat import Tertutup
from haji_portal.alur.tampil_waktu import hari_tanggal, jam
from haji_portal.meja.views import LihatLain

from ..batas import sebut_lama, tunggu_nomor
from ..models import PerangkatAntrean, Tiket
from .ambil import ambil
from .buka import kalimat_istirahat, kalimat_tutup
from .forms import FormNomor
from .perangkat import perangkat
from .tiket import qr_tiket
from .urutan import di_depan, menunggu


@require_http_methods(["GET", "HEAD", "POST"])
@perangkat(PerangkatAntrean.Jenis.KIOS)
def kios(request: HttpRequest, alat: PerangkatAntrean) -> HttpResponse:
    """GET: the questions; POST: 303 to the ticket, 409 closed, 422 something is missing, 429 too many from here."""
    if request.method != "POST":
        return _tampil(request, alat, FormNomor(kantor=alat.kantor))
    form = FormNomor(request.POST, kantor=alat.kantor)
    if tutup := _tutup(alat):
        return _tampil(request, alat, form, gagal=tutup, status=409)
    if not form.is_valid():
        return _tampil(request, alat, form, status=422)
    isi = form.cleaned_data
    tiket = Tiket.objects.filter(kunci=isi["kunci"], kantor=alat.kantor).first()
    if tiket is None:
        if lama := tunggu_nomor(alat.pk):
            kalimat = f"Terlalu banyak nomor diambil dari tablet ini. Tunggu {sebut_lama(lama)}, atau minta petugas."
            return _tampil(request, alat, form, gagal=kalimat, status=429)
        try:
            tiket = ambil(isi["layanan"], kunci=isi["kunci"], prioritas=isi["prioritas"], tamu=form.tamu())
        except Tertutup as galat:
            return _tampil(request, alat, form, gagal=galat.kalimat, status=409)
    return LihatLain(reverse("ptsp:antrean_karcis", args=[alat.token, tiket.token]))


def _tutup(alat: PerangkatAntrean) -> str:
    return "" if alat.di_luar_jam else kalimat_tutup(alat.kantor)


def _tampil(
    request: HttpRequest, alat: PerangkatAntrean, form: FormNomor, *, gagal: str = "", status: int = 200
) -> HttpResponse:
    konteks = {
        "perangkat": alat, "kantor": alat.kantor, "form": form, "gagal": gagal, "tutup": _tutup(alat),
        "layanan": form.semua, "prioritas": Tiket.Prioritas.choices,
        "istirahat": kalimat_istirahat(alat.kantor),
    }  # fmt: skip
    return render(request, "antrean/kios.html", konteks, status=status)


@require_safe
@perangkat(PerangkatAntrean.Jenis.KIOS)
def karcis(request: HttpRequest, alat: PerangkatAntrean, tiket: str) -> HttpResponse:
    """The ticket as the tablet shows and prints it; only for as long as somebody stands before it."""
    satu = Tiket.objects.select_related("kantor", "layanan").filter(token=tiket, kantor=alat.kantor).first()
    if satu is None:
        raise Http404
    depan = di_depan(satu) if menunggu(alat.kantor, satu.tanggal).filter(pk=satu.pk).exists() else 0
    konteks = {
        "perangkat": alat, "kantor": alat.kantor, "tiket": satu, "depan": depan, "qr": qr_tiket(satu),
        "pukul": jam(satu.diambil, alat.kantor.zona_waktu), "hari": hari_tanggal(satu.tanggal),
    }  # fmt: skip
    return render(request, "antrean/karcis.html", konteks)
