"""Deposits: recorded by the bank's desk in the office, or by an officer from the slip."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_GET, require_http_methods

from haji_portal.akun.akses import petugas
from haji_portal.akun.models import Kantor, Pengguna, Peran
from haji_portal.alur.kantor import bank_kantor, kantor_bank
from haji_portal.alur.tampil_waktu import rupiah, tanggal
from haji_portal.jemaah.models import Jemaah, Setoran
from haji_portal.jemaah.nik import periksa_nik, peringatan_nik
from haji_portal.jemaah.periksa import lampau, nomor_validasi, wajar
from haji_portal.jemaah.pilihan import kata_pilihan_kosong

from .masuk import ANGKA, HARI, BidangRupiah
from .permintaan import PermintaanPetugas

PEREKAM = {Peran.BPS, Peran.PTSP, Peran.JFU}
ORANG = ("nama", "tempat_lahir", "tanggal_lahir", "jenis_kelamin", "alamat", "kabupaten")


class FormSetoran(forms.ModelForm):
    """The slip and its owner. A known NIK needs no identity; an unknown one needs it in full."""

    nomor_validasi = forms.CharField(label="Nomor validasi", max_length=40, widget=forms.TextInput(attrs=ANGKA))
    jumlah = BidangRupiah(label="Jumlah (rupiah)")
    nik = forms.CharField(label="NIK penyetor", max_length=20, widget=forms.TextInput(attrs=ANGKA))

    class Meta:
        model = Setoran
        fields = ["jenis", "bank", "nomor_validasi", "jumlah", "tanggal"]
        widgets = {"tanggal": HARI}

    def __init__(self, *args: Any, meja_bank: Kantor | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meja_bank = meja_bank
        if meja_bank is not None and (sendiri := meja_bank.bank.first()):
            self.fields["bank"].initial = sendiri.nama
        self.fields |= forms.fields_for_model(Jemaah, ORANG, widgets={"tanggal_lahir": HARI})
        for nama in ORANG:
            self.fields[nama].required = False
        kata_pilihan_kosong(self)
        self.fields["tanggal"].initial = timezone.localdate()
        self.jemaah: Jemaah | None = None
        self.peringatan: list[str] = []

    def kelompok(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [
            ("Bukti setoran", [self[n] for n in self.Meta.fields]),
            ("Penyetor (bila NIK sudah dikenal, cukup NIK)", [self[n] for n in ("nik", *ORANG)]),
        ]

    def clean_bank(self) -> str:
        bank = self.cleaned_data["bank"].strip()
        if self.meja_bank is not None and kantor_bank(bank) != self.meja_bank:
            raise ValidationError("Setoran bank ini direkam oleh bank itu sendiri. Periksa nama banknya.")
        return bank

    def clean_nik(self) -> str:
        nik = self.cleaned_data["nik"].replace(" ", "")
        try:
            periksa_nik(nik)
        except ValueError as galat:
            raise ValidationError(str(galat)) from galat
        self.jemaah = Jemaah.objects.filter(nik=nik).first()
        return nik

    def clean_nomor_validasi(self) -> str:
        nomor = nomor_validasi(self.cleaned_data["nomor_validasi"])
        ada = Setoran.objects.filter(nomor_validasi=nomor).first()
        if ada and ada.dibatalkan:
            raise ValidationError("Setoran dengan nomor validasi ini sudah dibatalkan. Nomornya tidak dipakai lagi.")
        if ada:
            raise ValidationError("Nomor validasi ini sudah tercatat. Periksa kembali angkanya.")
        return nomor

    def clean_tanggal(self):
        return lampau(self.cleaned_data["tanggal"], "Tanggal setoran")

    def clean_tanggal_lahir(self):
        lahir = self.cleaned_data["tanggal_lahir"]
        if lahir and lahir >= timezone.localdate():
            raise ValidationError("Tanggal lahir harus sebelum hari ini.")
        return lahir and wajar(lahir)

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or {}
        if isi.get("nik") and self.jemaah is None:
            for nama in ORANG:
                if not isi.get(nama) and nama not in self.errors:
                    self.add_error(nama, "NIK ini belum dikenal, jadi data ini perlu diisi.")
            self.peringatan = peringatan_nik(isi["nik"], isi.get("tanggal_lahir"), isi.get("jenis_kelamin"))
        return isi

    @transaction.atomic
    def catat(self, sumber: str) -> Setoran:
        """Write the deposit, and its owner when the NIK is new."""
        isi = self.cleaned_data
        setoran = self.save(commit=False)
        setoran.jemaah = self.jemaah or Jemaah.objects.create(nik=isi["nik"], **{n: isi[n] for n in ORANG})
        setoran.sumber = sumber
        setoran.save()
        return setoran


def setoran_untuk(pengguna: Pengguna) -> QuerySet[Setoran]:
    """A bank sees those of its own deposits that the banks' desks recorded; an office sees those of its district."""
    q = Q(pk__in=[])
    for tugas in pengguna.penugasan_berlaku():
        if tugas.peran == Peran.BPS:
            q |= Q(sumber=Setoran.Sumber.BPS) & bank_kantor(tugas.kantor)
        elif tugas.peran in PEREKAM:
            q |= Q(jemaah__kabupaten__iexact=tugas.kantor.kabupaten)
    return Setoran.objects.filter(q).select_related("jemaah", "porsi")


def _wajib_perekam(request: PermintaanPetugas) -> None:
    if not {t.peran for t in request.penugasan} & PEREKAM:
        raise PermissionDenied


@petugas
@require_GET
def daftar(request: PermintaanPetugas) -> HttpResponse:
    """GET /setoran/"""
    _wajib_perekam(request)
    halaman = Paginator(setoran_untuk(request.user), 25).get_page(request.GET.get("halaman"))
    baris = [
        {
            "nama": s.jemaah.nama,
            "jenis": s.get_jenis_display(),
            "bank": s.bank,
            "nomor_validasi": s.nomor_validasi,
            "jumlah": rupiah(s.jumlah),
            "tanggal": tanggal(s.tanggal),
            "porsi": s.porsi.nomor if s.porsi else "–" if s.dibatalkan else "belum terbit",
            "batal": capfirst(s.kata_batal),
        }
        for s in halaman
    ]
    return render(request, "meja/setoran.html", {"baris": baris, "halaman": halaman, "menu": "setoran", "kueri": ""})


@petugas
@require_http_methods(["GET", "POST"])
def buat(request: PermintaanPetugas) -> HttpResponse:
    """GET and POST /setoran/baru/"""
    _wajib_perekam(request)
    bank = next((t.kantor for t in request.penugasan if t.peran == Peran.BPS), None)
    form = FormSetoran(request.POST or None, meja_bank=bank)
    if request.method == "POST" and form.is_valid():
        setoran = form.catat(Setoran.Sumber.BPS if bank else Setoran.Sumber.PETUGAS)
        for kalimat in form.peringatan:
            messages.warning(request, kalimat)
        messages.success(request, f"Setoran {rupiah(setoran.jumlah)} dari {setoran.jemaah.nama} dicatat.")
        return redirect("meja:setoran")
    konteks = {"form": form, "kelompok": form.kelompok(), "menu": "setoran"}
    return render(request, "meja/setoran_baru.html", konteks, status=422 if form.is_bound else 200)
