"""The way in: what is needed, who you are, and six digits that prove the contact. No answer tells who is known."""

from __future__ import annotations

import time
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from haji_portal.akun.models import Kantor
from haji_portal.alur.models import Aturan
from haji_portal.alur.penutupan import pengumuman, sebab_tutup
from haji_portal.berkas.models import SyaratBerkas
from haji_portal.jemaah.models import hash_nik

from ..batas import kode_benar, tunggu_kode
from ..forms import FormKantor
from ..jawab import minta_tunggu, tampil
from ..models import KodeKontak, Konsep
from ..views import janji
from . import konsep as gudang
from .daftar import Ajuan, Lanjutan, cari_ajuan, cari_lanjutan
from .isian import FormKode, FormLanjut, FormMulai
from .kode import HABIS, KodeSalah, cocokkan, kirim_kode, samarkan, sebut_saluran

Keperluan = KodeKontak.Keperluan
UMUR_PERKARA = 30 * 60
"""Seconds for which a case stays open to the browser whose owner read its code."""


def ajuan_atau_404(layanan: str) -> Ajuan:
    ajuan = cari_ajuan(layanan)
    if ajuan is None:
        raise Http404
    return ajuan


def lanjutan_atau_404(layanan: str) -> Lanjutan:
    """What files of a draft of this service may be, also where nobody applies from outside."""
    lanjutan = cari_lanjutan(layanan)
    if lanjutan is None:
        raise Http404
    return lanjutan


def lihat_lain(nama: str, *args: str) -> HttpResponse:
    """303: go and look there."""
    return HttpResponseRedirect(reverse(f"ptsp:{nama}", args=args), status=303)


@require_http_methods(["GET", "HEAD", "POST"])
def mulai(request: HttpRequest, layanan: str) -> HttpResponse:
    """What is needed and how long it takes; then nomor validasi, NIK and contact. An office that takes nothing new of
    this service says so and asks nothing (409 for what was typed before)."""
    ajuan = ajuan_atau_404(layanan)
    data = request.POST if request.method == "POST" else request.GET
    pilihan = FormKantor(data if "kantor" in data else None)
    kantor = pilihan.terpilih
    form: FormMulai | None = None
    tutup = kantor is not None and sebab_tutup(layanan, kantor) is not None
    if kantor is not None and not tutup:
        form = FormMulai(request.POST or None, rujukan=ajuan.rujukan, kantor=kantor)
    if request.method == "POST" and form is not None and kantor is not None and form.is_valid():
        saluran, alamat = form.cleaned_data["kontak"]
        nik = form.cleaned_data["nik"]
        rujukan = {ajuan.rujukan.nama: form.cleaned_data["rujukan"]}
        isi = {"layanan": layanan, "kantor": kantor.pk, "nik": nik, "rujukan": rujukan}
        return minta_kode(request, Keperluan.AJUKAN, saluran, alamat, isi)
    konteks = _konteks_mulai(ajuan, kantor) | {"pilihan": pilihan, "form": form}
    salah = 409 if tutup else 422
    return tampil(request, "publik/ajukan/mulai.html", konteks, salah if request.method == "POST" else 200)


def _konteks_mulai(ajuan: Ajuan, kantor: Kantor | None) -> dict[str, Any]:
    sop = ajuan.sop(kantor)
    return {
        "ajuan": ajuan,
        "kantor": kantor,
        "sop": sop,
        "janji": janji(sop),
        "persyaratan": _syarat(ajuan, kantor) if kantor else [],
        "hari": Aturan.pada("konsep-hari").nilai,
        "pengumuman": pengumuman(ajuan.layanan, kantor),
    }


def _syarat(ajuan: Ajuan, kantor: Kantor) -> list[tuple[str, list[tuple[SyaratBerkas, str]]]]:
    """(title, [(document, how it is to look)]) for each case that the service tells apart before it is begun."""
    return [
        (judul, [(s, ajuan.petunjuk.get(s.kode, s.keterangan)) for s in ajuan.syarat(kantor, isi)])
        for judul, isi in ajuan.kasus(kantor)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def lanjut(request: HttpRequest) -> HttpResponse:
    """Come back to a draft, on this device or another: NIK, contact and a new code."""
    form = FormLanjut(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saluran, alamat = form.cleaned_data["kontak"]
        return minta_kode(request, Keperluan.LANJUT, saluran, alamat, {"nik": form.cleaned_data["nik"]})
    return tampil(request, "publik/ajukan/lanjut.html", {"form": form}, 422 if request.method == "POST" else 200)


def minta_kode(request: HttpRequest, keperluan: str, saluran: str, alamat: str, isi: dict[str, Any]) -> HttpResponse:
    """Send a code and ask for it on the next page; the answer is the same for everybody."""
    if lama := tunggu_kode(request, alamat, hash_nik(isi["nik"]) if "nik" in isi else ""):
        return minta_tunggu(request, lama)
    kode = kirim_kode(keperluan, saluran, alamat, isi)
    request.session["kode"] = kode.token
    return lihat_lain("kode")


@require_http_methods(["GET", "HEAD", "POST"])
def kode(request: HttpRequest) -> HttpResponse:
    """The six digits; a right answer opens what was asked for, in this browser only."""
    baris = KodeKontak.objects.filter(token=request.session.get("kode", "")).first()
    if baris is None:
        return redirect("ptsp:lanjut")
    if request.method != "POST":
        return _tanya_kode(request, baris)
    if request.POST.get("aksi") == "ulang":
        return minta_kode(request, baris.keperluan, baris.saluran, baris.alamat, baris.isi)
    form = FormKode(request.POST)
    if not form.is_valid():
        return _tanya_kode(request, baris, form, status=422)
    try:
        benar = cocokkan(baris.token, form.cleaned_data["kode"])
    except KodeSalah as galat:
        return _tanya_kode(request, baris, form, galat.kalimat, galat.habis, 422)
    kode_benar(request, benar.alamat)
    del request.session["kode"]
    return _buka(request, benar)


def _tanya_kode(
    request: HttpRequest, baris: KodeKontak, form: FormKode | None = None, kalimat: str = "", habis: bool = False,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    konteks = {"form": form or FormKode(), "samar": samarkan(baris.alamat), "saluran": sebut_saluran(baris.saluran)}
    return tampil(
        request, "publik/ajukan/kode.html", konteks | {"kalimat": kalimat, "habis": habis, "HABIS": HABIS}, status
    )


def _buka(request: HttpRequest, kode: KodeKontak) -> HttpResponse:
    if kode.keperluan == Keperluan.PERKARA:
        request.session.cycle_key()
        sampai = int(time.time()) + UMUR_PERKARA
        request.session["perkara"] = {"pk": kode.isi["perkara"], "sampai": sampai}
        return lihat_lain(kode.isi["ke"])
    if kode.keperluan == Keperluan.AJUKAN:
        konsep: Konsep | None = gudang.mulai(kode)
    else:
        konsep = gudang.cari(kode)
    if konsep is None:
        return tampil(request, "publik/ajukan/tidak_ada.html", {})
    gudang.izinkan(request, konsep)
    return lihat_lain("konsep", konsep.token)
