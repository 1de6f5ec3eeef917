"""Money under way with the partners: /pantau-dana/, its events in quarantine, and what people do about them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from haji_portal.akun.akses import perlu_sandi_lagi, petugas
from haji_portal.akun.models import Penugasan
from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Petugas
from haji_portal.alur.tampil_waktu import saat
from haji_portal.berkas.forms_langkah import BidangAlasan
from haji_portal.dana.mitra import tindakan, ulang
from haji_portal.dana.models import Pengembalian, Putusan, TindakanMitra

from ..langkah import baca_versi
from ..permintaan import PermintaanPetugas
from . import pantau
from .saldo import boleh_tanya

PER_HALAMAN = 50


class FormUsul(forms.Form):
    keputusan = forms.ChoiceField(choices=TindakanMitra.Keputusan.choices, widget=forms.RadioSelect)
    catatan = BidangAlasan(
        label="Dasar usul", min_length=10, max_length=400,
        help_text="Apa yang sudah ditanyakan, kepada siapa, dan apa jawabannya.",
    )  # fmt: skip


class FormTolak(forms.Form):
    catatan = BidangAlasan(label="Alasan menolak usul", min_length=10, max_length=400)


@petugas
@require_GET
def beranda(request: PermintaanPetugas) -> HttpResponse:
    """GET /pantau-dana/?bagian=karantina|berhenti|macet|jalan. 403 for roles without any of this money."""
    if not pantau.boleh_pantau(request.user):
        raise PermissionDenied
    semua = pantau.bagian(request.user)
    hitung = {b.kode: b.rows.count() for b in semua}
    bawaan = next((b.kode for b in semua if hitung[b.kode]), "jalan")
    kode = request.GET.get("bagian", bawaan)
    kini = next((b for b in semua if b.kode == kode), semua[-1])
    halaman = Paginator(kini.rows, PER_HALAMAN).get_page(request.GET.get("halaman"))
    konteks = {
        "tab": [{"b": b, "jumlah": hitung[b.kode]} for b in semua], "bagian": kini.kode, "halaman": halaman,
        "baris": pantau.baris(kini.kode, list(halaman)), "kueri": f"&bagian={kini.kode}", "menu": "pantau",
        "bertindak": kini.kode == "karantina" or (kini.kode == "berhenti" and _pengirim(request) is not None),
        "penanya": boleh_tanya(request),
        "mitra": pantau.keadaan_mitra(request.penugasan[0].kantor.zona_waktu) if pantau.pusat(request.user) else [],
    }  # fmt: skip
    return render(request, "pantau/beranda.html", konteks)


@petugas
@require_GET
def peristiwa(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """GET /pantau-dana/kabar/<putusan>/: one event beside the refund. Outside the scope 404."""
    return _tampil(request, _putusan(request, pk))


@petugas
@require_POST
def usul(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """POST: the first of two people proposes."""
    satu, oleh = _putusan(request, pk), _pemutus(request)
    form = FormUsul(request.POST)
    if not form.is_valid():
        return _tampil(request, satu, form=form, status=422)
    isi = form.cleaned_data
    return _kerjakan(
        request,
        satu,
        lambda: tindakan.usulkan(satu, isi["keputusan"], isi["catatan"], oleh),
        "Usul dicatat. Orang kedua memutuskannya.",
    )


@petugas
@require_POST
def putus(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """POST: the second person agrees (`setuju=1`, with a fresh password) or refuses."""
    satu, oleh = _putusan(request, pk), _pemutus(request)
    dilihat = request.POST.get("usul", "")
    nomor = int(dilihat) if re.fullmatch(r"[0-9]{1,18}", dilihat) else 0
    if request.POST.get("setuju"):
        return _setujui(request, satu, nomor, oleh)
    form = FormTolak(request.POST)
    if not form.is_valid():
        return _tampil(request, satu, tolak=form, status=422)
    catatan = form.cleaned_data["catatan"]
    return _kerjakan(
        request,
        satu,
        lambda: tindakan.tolak(satu, nomor, catatan, oleh),
        "Usul ditolak. Kabar ini tetap dalam karantina.",
    )


@perlu_sandi_lagi
def _setujui(request: PermintaanPetugas, satu: Putusan, nomor: int, oleh: Petugas) -> HttpResponse:
    return _kerjakan(
        request,
        satu,
        lambda: tindakan.setujui(satu, nomor, oleh),
        "Kabar ini sudah diputuskan dan keluar dari karantina.",
    )


@petugas
@require_POST
def kirim_lagi(request: PermintaanPetugas, nomor: str) -> HttpResponse:
    """POST /pantau-dana/<nomor>/kirim-lagi/: a request or question that was given up is sent again, same number."""
    p = get_object_or_404(Perkara.objects.untuk(request.user), nomor=nomor, jenis=Pengembalian.JENIS)
    tugas = _pengirim(request)
    if tugas is None:
        raise PermissionDenied
    try:
        ulang.kirim_lagi(p, Petugas(request.user, tugas), versi=baca_versi(request.POST.get("versi")))
    except LangkahGagal as galat:
        messages.error(request, galat.kalimat)
    else:
        messages.success(request, f"{p.nomor} dikirim lagi dengan nomor yang sama.")
    return HttpResponseRedirect(f"{reverse('meja:pantau')}?bagian=berhenti", status=303)


def _putusan(request: PermintaanPetugas, pk: int) -> Putusan:
    if not pantau.boleh_pantau(request.user):
        raise PermissionDenied
    karantina = Putusan.Hasil.KARANTINA
    return get_object_or_404(pantau.putusan(request.user), pk=pk, hasil=karantina)


def _pemutus(request: PermintaanPetugas) -> Petugas:
    tugas = tindakan.pemutus(request.user)
    if tugas is None:
        raise PermissionDenied
    return Petugas(request.user, tugas)


def _pengirim(request: PermintaanPetugas) -> Penugasan | None:
    return next((t for t in request.penugasan if t.peran in ulang.PENGULANG), None)


def _kerjakan(request: PermintaanPetugas, satu: Putusan, kerja: Callable[[], object], kalimat: str) -> HttpResponse:
    try:
        kerja()
    except LangkahGagal as galat:
        return _tampil(request, satu, gagal=galat.kalimat, status=galat.status_http)
    messages.success(request, kalimat)
    return HttpResponseRedirect(reverse("meja:pantau_kabar", args=[satu.pk]), status=303)


def _tampil(request: PermintaanPetugas, satu: Putusan, *, status: int = 200, **lain: Any) -> HttpResponse:
    satu.refresh_from_db(fields=["ditutup", "keterangan"])
    berjalan = tindakan.usul_berjalan(satu)
    zona = (satu.perkara.kantor if satu.perkara else request.penugasan[0].kantor).zona_waktu
    konteks = {
        "putusan": satu, "peristiwa": satu.peristiwa, "perkara": satu.perkara,
        "saran": pantau.SARAN.get(Putusan.Alasan(satu.alasan), ""),
        "banding": pantau.banding(satu, request.user), "datang": saat(satu.peristiwa.diterima, zona),
        "tindakan": [{"t": t, "saat": saat(t.waktu, zona)} for t in satu.tindakan.select_related("pengguna")],
        "usul": berjalan, "pemutus": tindakan.pemutus(request.user) is not None and satu.ditutup is None,
        "sendiri": berjalan is not None and berjalan.pengguna_id == request.user.pk,
        "form": FormUsul(), "tolak": FormTolak(), "menu": "pantau", **lain,
    }  # fmt: skip
    return render(request, "pantau/kabar.html", konteks, status=status)
