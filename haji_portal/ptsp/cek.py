"""Status lookup by number and birth date, one question at a time.

A wrong number and a wrong date get the same answer with the same work: otherwise numbers could be collected first
and dates tried afterwards.
"""

from __future__ import annotations

import datetime
import time
from hmac import compare_digest

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haji_portal.alur.models import Perkara

from .ajukan.tawaran import tawaran
from .batas import cocok, tunggu_cek
from .forms import FormNomor, FormTanggalLahir, rapikan_nomor
from .jawab import minta_tunggu, tampil
from .keadaan import keadaan, terlihat_publik
from .survei import tautan

UMUR_JAWABAN = 15 * 60
"""Seconds for which an answer may be opened again in the same browser."""

TIDAK_COCOK = (
    "Nomor dan tanggal lahir itu tidak cocok dengan permohonan mana pun. Periksa keduanya sekali lagi. "
    "Bila tetap tidak ditemukan, hubungi kantor tempat Anda mendaftar dan bawa tanda terima."
)


@require_http_methods(["GET", "HEAD", "POST"])
def cek(request: HttpRequest) -> HttpResponse:
    """Ask the number, then the birth date, then send the visitor to the answer (303).

    GET ?nomor= (the QR of the receipt) starts at the second question. Both questions may also come in one POST,
    with `tanggal_lahir` as YYYY-MM-DD.
    """
    if request.method != "POST":
        nomor = rapikan_nomor(request.GET.get("nomor", ""))
        return _tanya_tanggal(request, nomor) if nomor else tampil(request, "publik/cek.html", {"form": FormNomor()})
    if not _ada_tanggal(request):
        form = FormNomor(request.POST)
        if not form.is_valid():
            return tampil(request, "publik/cek.html", {"form": form}, 422)
        return _tanya_tanggal(request, form.cleaned_data["nomor"])
    return _jawab(request)


def _ada_tanggal(request: HttpRequest) -> bool:
    return any(nama in request.POST for nama in ("tanggal_lahir", "hari", "bulan", "tahun"))


def _jawab(request: HttpRequest) -> HttpResponse:
    mentah = request.POST.get("nomor", "")[:40].replace("\x00", "").strip()
    nomor = rapikan_nomor(mentah) or mentah.upper()
    form = FormTanggalLahir(request.POST)
    if not form.is_valid():
        return _tanya_tanggal(request, nomor, form, 422)
    if lama := tunggu_cek(request, nomor):
        return minta_tunggu(request, lama)
    perkara = cari(nomor, form.cleaned_data["tanggal_lahir"])
    if perkara is None:
        return _tanya_tanggal(request, nomor, form, kalimat=TIDAK_COCOK)
    cocok(request, nomor)
    # The number stays out of addresses, histories and logs: the session remembers which case may be shown.
    ingat(request, perkara)
    return HttpResponseRedirect(reverse("ptsp:hasil"), status=303)


def cari(nomor: str, lahir: datetime.date) -> Perkara | None:
    """The case when number and birth date belong together. One query either way, compared in constant time."""
    perkara = Perkara.objects.select_related("pemohon").filter(nomor=nomor).first()
    pemohon = perkara.pemohon if perkara is not None and terlihat_publik(perkara) else None
    tersimpan = pemohon.tanggal_lahir if pemohon is not None else datetime.date.max
    sama = compare_digest(tersimpan.isoformat(), lahir.isoformat())
    return perkara if pemohon is not None and sama else None


def dicari(request: HttpRequest) -> Perkara | None:
    """The case that this browser looked up within the last quarter of an hour."""
    catatan = request.session.get("cek") or {}
    if catatan.get("sampai", 0) < time.time():
        return None
    return Perkara.objects.select_related("kantor", "pemohon").filter(pk=catatan["perkara"]).first()


def ingat(request: HttpRequest, perkara: Perkara) -> None:
    """Let this browser see the answer for a quarter of an hour."""
    request.session["cek"] = {"perkara": perkara.pk, "sampai": int(time.time()) + UMUR_JAWABAN}


@require_safe
def hasil(request: HttpRequest) -> HttpResponse:
    """The answer, for a quarter of an hour after the lookup, in this browser only."""
    perkara = dicari(request)
    if perkara is None:
        return redirect("ptsp:cek")
    konteks = {"k": keadaan(perkara), "tawaran": tawaran(perkara), "jam": perkara.kantor.jamlayanan_set.all()}
    konteks["survei"] = tautan(perkara)
    return tampil(request, "publik/cek_hasil.html", konteks)


@require_POST
def lupakan(request: HttpRequest) -> HttpResponse:
    """Forget the answer and what codes have opened: for a shared phone or the counter's tablet."""
    for nama in ("cek", "kode", "konsep", "perkara"):
        request.session.pop(nama, None)
    return redirect("ptsp:cek")


def _tanya_tanggal(
    request: HttpRequest, nomor: str, form: FormTanggalLahir | None = None, status: int = 200, kalimat: str = ""
) -> HttpResponse:
    konteks = {"nomor": nomor, "form": form or FormTanggalLahir(), "kalimat": kalimat}
    return tampil(request, "publik/cek_tanggal.html", konteks, status)
