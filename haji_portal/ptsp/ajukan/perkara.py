"""A case that stands already: its owner repairs what was returned and reads the signed letter, after a code."""

from __future__ import annotations

import time

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from haji_portal.alur.galat import IsianSalah, LangkahGagal
from haji_portal.alur.models import Perkara
from haji_portal.berkas.views import KEBIJAKAN

from .. import cek
from ..jawab import tampil
from ..models import KodeKontak, Konsep
from . import konsep as gudang
from .daftar import Lanjutan, cari_lanjutan
from .kirim import kirim_perbaikan
from .kode import samarkan, sebut_saluran
from .mulai import lihat_lain, minta_kode
from .tawaran import bacaan, kontak_pemilik
from .unggah import daftar_berkas


def terbuka(request: HttpRequest) -> Perkara | None:
    """The case whose owner read a code in this browser within the last half hour."""
    catatan = request.session.get("perkara") or {}
    if catatan.get("sampai", 0) < time.time():
        return None
    return Perkara.objects.select_related("kantor", "pemohon").filter(pk=catatan["pk"]).first()


def _minta(request: HttpRequest, ke: str) -> HttpResponse:
    """Offer to send a code to the case's own contact, to whoever has just looked the case up."""
    perkara = cek.dicari(request)
    lanjutan = cari_lanjutan(perkara.jenis) if perkara else None
    kontak = kontak_pemilik(perkara, lanjutan) if perkara and lanjutan else None
    if perkara is None or kontak is None:
        messages.info(request, "Ketik dulu nomor permohonan dan tanggal lahir, lalu pilih tombolnya di halaman status.")
        return redirect("ptsp:cek")
    if request.method == "POST":
        isi = {"perkara": perkara.pk, "ke": ke}
        return minta_kode(request, KodeKontak.Keperluan.PERKARA, *kontak, isi)
    saluran, alamat = kontak
    konteks = {"perkara": perkara, "samar": samarkan(alamat), "saluran": sebut_saluran(saluran), "ke": ke}
    return tampil(request, "publik/ajukan/minta_kode.html", konteks)


@require_http_methods(["GET", "HEAD", "POST"])
def perbaiki(request: HttpRequest) -> HttpResponse:
    """Only the returned documents, each with the officer's reason, each to be sent anew."""
    perkara = terbuka(request)
    if perkara is None:
        return _minta(request, "perbaiki")
    ajuan = cari_lanjutan(perkara.jenis)
    if ajuan is None:
        raise Http404
    if request.method == "POST":
        return _kirim(request, perkara, ajuan)
    if not ajuan.butir_terbuka(perkara):
        return _status(request, perkara, "Tidak ada berkas yang perlu diperbaiki. Keadaan terbaru ada di bawah ini.")
    return _tampil(request, perkara, ajuan)


def _tampil(
    request: HttpRequest, perkara: Perkara, ajuan: Lanjutan, galat: str = "", status: int = 200
) -> HttpResponse:
    konsep = _konsep(perkara, ajuan)
    if gudang.terbuka(request, konsep.token) is None:
        gudang.izinkan(request, konsep)
    konteks = {
        "perkara": perkara, "konsep": konsep, "ajuan": ajuan, "berkas": daftar_berkas(konsep, ajuan), "galat": galat,
    }  # fmt: skip
    return tampil(request, "publik/ajukan/perbaiki.html", konteks, status)


def _kirim(request: HttpRequest, perkara: Perkara, ajuan: Lanjutan) -> HttpResponse:
    konsep = _konsep(perkara, ajuan)
    berkas = daftar_berkas(konsep, ajuan)
    mentah = request.POST.get("versi", "")
    versi = int(mentah) if mentah.isdecimal() and len(mentah) < 10 else None
    try:
        hasil = kirim_perbaikan(konsep, ajuan, [b.kode for b in berkas], versi)
    except IsianSalah as galat:
        kalimat = " ".join(kalimat for daftar in galat.galat.values() for kalimat in daftar)
        return _tampil(request, perkara, ajuan, kalimat, galat.status_http)
    except LangkahGagal as galat:
        if not ajuan.butir_terbuka(perkara):
            return _status(request, perkara, galat.kalimat)
        return _tampil(request, perkara, ajuan, galat.kalimat, galat.status_http)
    return _status(request, hasil.perkara, ajuan.kata.terima_kasih, messages.SUCCESS)


def _konsep(perkara: Perkara, ajuan: Lanjutan) -> Konsep:
    """Where the files wait. Raises Http404 for a case whose owner lost the contact meanwhile."""
    kontak = kontak_pemilik(perkara, ajuan)
    if kontak is None:
        raise Http404
    return gudang.perbaikan(perkara, *kontak)


def _status(request: HttpRequest, perkara: Perkara, kalimat: str, tingkat: int = messages.INFO) -> HttpResponse:
    """To the status page with a sentence."""
    cek.ingat(request, perkara)
    messages.add_message(request, tingkat, kalimat)
    return lihat_lain("hasil")


@require_http_methods(["GET", "HEAD", "POST"])
def surat(request: HttpRequest) -> HttpResponse:
    """The signed letters of the case, to be read or kept."""
    perkara = terbuka(request)
    if perkara is None:
        return _minta(request, "surat")
    ajuan = cari_lanjutan(perkara.jenis)
    daftar = bacaan(perkara, ajuan) if ajuan else []
    if not daftar:
        return _status(request, perkara, "Surat belum ditandatangani. Kami memberi kabar begitu surat itu terbit.")
    konteks = {"perkara": perkara, "daftar": daftar, "bertanda_tangan": any(b.surat for b in daftar)}
    return tampil(request, "publik/ajukan/surat.html", konteks)


@require_safe
def surat_pdf(request: HttpRequest, jenis: str) -> HttpResponse:
    """One signed letter or paper as PDF; `?unduh=1` saves it."""
    perkara = terbuka(request)
    if perkara is None:
        return redirect("ptsp:surat")
    ajuan = cari_lanjutan(perkara.jenis)
    satu = next((s for s in (bacaan(perkara, ajuan) if ajuan else []) if s.jenis == jenis), None)
    if satu is None:
        raise Http404
    nama = f"{satu.jenis}-{perkara.nomor}.pdf"
    kepala = {
        "Content-Disposition": content_disposition_header(request.GET.get("unduh") == "1", nama),
        "Content-Security-Policy": KEBIJAKAN, "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store", "X-Robots-Tag": "noindex",
    }  # fmt: skip
    return HttpResponse(satu.isi(), content_type="application/pdf", headers=kepala)
