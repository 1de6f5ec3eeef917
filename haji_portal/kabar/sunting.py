"""The editor of message texts in the admin: preview with an invented case, errors told before saving, versions."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from .aman import BATAS_ISI, isian_dipakai, periksa, tuang
from .gsm import ratakan, ukur
from .kata import bingkaikan
from .models import TemplatPesan
from .templat import BINGKAI, Bawaan, bawaan, contoh, keterangan, semua

Bentuk = TemplatPesan.Bentuk
PRIBADI = {"nama"}
"""Facts that have no place in an SMS or on a lock screen."""


class FormTemplat(forms.Form):
    """One text. `dasar` is the version that the writer started from: whoever saves second is told."""

    dasar = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    judul = forms.CharField(label="Judul", max_length=160, widget=forms.TextInput(attrs={"size": 90}))
    isi = forms.CharField(
        label="Isi", max_length=BATAS_ISI, strip=False, widget=forms.Textarea(attrs={"rows": 16, "cols": 90})
    )
    aktif_dari = forms.DateTimeField(
        label="Berlaku dari", required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], help_text="Waktu WIB. Kosongkan untuk sekarang.",
    )  # fmt: skip

    def __init__(self, *args: Any, asli: Bawaan, kode: str, bentuk: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asli, self.kode, self.bentuk = asli, kode, bentuk

    def clean_judul(self) -> str:
        return self._sah(self.cleaned_data["judul"])

    def clean_isi(self) -> str:
        isi = self._sah(self.cleaned_data["isi"].replace("\r\n", "\n").strip())
        if self.kode == BINGKAI and "isi" not in isian_dipakai(isi):
            raise ValidationError("Bingkai harus memuat {{ isi }}, tempat isi pesan.")
        return isi

    def clean_aktif_dari(self) -> datetime.datetime:
        kini = timezone.now()
        waktu: datetime.datetime = self.cleaned_data["aktif_dari"] or kini
        if waktu < kini:
            raise ValidationError("Teks tidak dapat berlaku mundur. Kosongkan untuk berlaku sekarang.")
        return waktu

    def _sah(self, teks: str) -> str:
        galat = periksa(teks, self.asli.isian)
        if self.bentuk == Bentuk.PENDEK and (pribadi := PRIBADI & isian_dipakai(teks)):
            galat.append(f"SMS dan WhatsApp tidak memuat data pribadi: hapus {', '.join(sorted(pribadi))}.")
        if galat:
            raise ValidationError(galat)
        return teks


def daftar_templat(situs: AdminSite, request: HttpRequest) -> HttpResponse:
    """Every text that the portal ships, with what is in force now and what will be."""
    kini = timezone.now()
    terbaru: dict[tuple[str, str], TemplatPesan] = {}
    for versi in TemplatPesan.objects.filter(aktif_dari__lte=kini).order_by("aktif_dari", "versi"):
        terbaru[versi.kode, versi.bentuk] = versi
    nanti = set(TemplatPesan.objects.filter(aktif_dari__gt=kini).values_list("kode", "bentuk"))
    baris = [
        {
            "kode": kode, "bentuk": Bentuk(rupa).label, "judul": bawaan(kode, rupa).judul,
            "versi": v if (v := terbaru.get((kode, rupa))) and not v.bawaan else None, "nanti": (kode, rupa) in nanti,
            "url": reverse("admin:kabar_templat_sunting", args=[rupa, kode]),
        }
        for kode, rupa in semua()
    ]  # fmt: skip
    konteks = situs.each_context(request) | {"title": "Teks pesan", "baris": baris, "opts": TemplatPesan._meta}
    return render(request, "admin/kabar/daftar_templat.html", konteks)


def sunting(situs: AdminSite, request: HttpRequest, *, bentuk: str, kode: str) -> HttpResponse:
    """Preview, save as the next version, or go back to the shipped text."""
    if (kode, bentuk) not in semua():
        raise Http404
    asli = bawaan(kode, bentuk)
    versi = list(TemplatPesan.objects.filter(kode=kode, bentuk=bentuk).select_related("dibuat_oleh"))
    akhir = versi[0].versi if versi else 0
    aksi = request.POST.get("aksi", "")
    if request.method == "POST" and aksi == "bawaan":
        return _simpan(request, kode, bentuk, request.POST.get("dasar", ""), {"bawaan": True})
    teks_akhir = asli if not versi or versi[0].bawaan else versi[0]
    awal: dict[str, Any] = {"dasar": akhir, "judul": teks_akhir.judul, "isi": teks_akhir.isi}
    form = FormTemplat(request.POST or None, initial=awal, asli=asli, kode=kode, bentuk=bentuk)
    sah = form.is_valid() if request.method == "POST" else False
    if sah and aksi == "simpan":
        data = {n: form.cleaned_data[n] for n in ("judul", "isi", "aktif_dari")}
        return _simpan(request, kode, bentuk, str(form.cleaned_data["dasar"]), data)
    teks = form.cleaned_data if sah else awal
    konteks = situs.each_context(request) | {
        "title": f"Teks pesan: {kode} ({Bentuk(bentuk).label})", "form": form, "versi": versi,
        "pratinjau": pratinjau(teks["judul"], teks["isi"], asli, bentuk) if sah or not form.is_bound else None,
        "isian": [(n, keterangan(n), _misal(n)) for n in asli.isian], "opts": TemplatPesan._meta,
    }  # fmt: skip
    return render(request, "admin/kabar/sunting.html", konteks, status=422 if form.is_bound and not sah else 200)


def _misal(isian: str) -> object:
    nilai = contoh((isian,))[isian]
    return {True: "ya", False: "tidak"}[nilai] if isinstance(nilai, bool) else nilai


def pratinjau(judul: str, isi: str, asli: Bawaan, bentuk: str) -> dict[str, Any]:
    """How the message reads with invented facts; for short texts also what it costs."""
    fakta = contoh(asli.isian)
    tampil = " ".join(tuang(judul, fakta).split())
    if bentuk == Bentuk.PENDEK:
        teks = ratakan(tuang(isi, fakta))
        return {"judul": tampil, "isi": teks, "panjang": ukur(teks)}
    teks = tuang(isi, fakta).strip()
    return {"judul": tampil, "isi": bingkaikan(tampil, teks, fakta) if asli.berbingkai else teks, "panjang": None}


def _simpan(request: HttpRequest, kode: str, bentuk: str, dasar: str, data: dict[str, Any]) -> HttpResponse:
    """Write the next version; the number that follows `dasar` is free for one person only."""
    ke = reverse("admin:kabar_templat_sunting", args=[bentuk, kode])
    kini = timezone.now()
    isian = {"aktif_dari": kini, **data, "dibuat": kini, "dibuat_oleh": request.user}
    akhir = TemplatPesan.objects.filter(kode=kode, bentuk=bentuk).order_by("-versi").values_list("versi", flat=True)
    try:
        if dasar != str(akhir.first() or 0):
            raise IntegrityError
        with transaction.atomic():
            TemplatPesan.objects.create(kode=kode, bentuk=bentuk, versi=int(dasar) + 1, **isian)
    except IntegrityError:
        messages.error(request, "Sementara itu orang lain menyimpan versi baru. Lihat dahulu, lalu ubah lagi.")
        return HttpResponseRedirect(ke)
    kata = "Teks bawaan dipakai lagi" if data.get("bawaan") else "Disimpan"
    messages.success(request, f"{kata} sebagai versi {int(dasar) + 1}.")
    return HttpResponseRedirect(ke)
