"""What every registration asks, at the counter and from a phone: fields, their cleaners, the rules that judge them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.models import Aturan
from haji_portal.jemaah.models import Jemaah
from haji_portal.jemaah.nik import normalkan_telepon
from haji_portal.jemaah.periksa import nomor_validasi, wajar
from haji_portal.jemaah.pilihan import PilihAtauKetik, kata_pilihan_kosong

from .models import Pendaftaran

HARI = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
ANGKA = {"inputmode": "numeric", "autocomplete": "off"}
SETORAN_TERBESAR = 10_000_000_000
"""Rupiah. No deposit comes near it; what is larger is a slip of the finger, and far larger breaks the column."""

KTP = [
    "nik", "nama", "tempat_lahir", "tanggal_lahir", "jenis_kelamin", "agama", "alamat", "kabupaten", "telepon", "email",
]  # fmt: skip
SLIP = ["bank", "nomor_validasi", "jumlah", "tanggal_setoran"]
REKENING = ["nomor_rekening", "atas_nama"]
RIWAYAT_HAJI = ["status_haji", "haji_terakhir", "pengecualian"]


class BidangRupiah(forms.IntegerField):
    """Whole rupiah as people write them: 25000000, 25.000.000 or Rp25.000.000."""

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = value.strip().removeprefix("Rp").replace(".", "").replace(" ", "")
        return super().to_python(value)


class FormIsian(forms.ModelForm):
    """Identity, deposit, account and the facts that the rules ask for (fakta: SPPH form, 244/2021 A and B)."""

    bank = forms.CharField(label="Bank penerima setoran", max_length=60, widget=PilihAtauKetik("bank"))
    nomor_validasi = forms.CharField(label="Nomor validasi", max_length=40, widget=forms.TextInput(attrs=ANGKA))
    jumlah = BidangRupiah(
        label="Jumlah setoran (rupiah)", min_value=1, max_value=SETORAN_TERBESAR, widget=forms.TextInput(attrs=ANGKA),
        error_messages={"max_value": "Jumlah ini terlalu besar. Periksa angkanya pada bukti setoran."},
    )  # fmt: skip
    tanggal_setoran = forms.DateField(label="Tanggal setoran", widget=HARI)
    nomor_rekening = forms.RegexField(
        label="Nomor rekening", regex=r"^[0-9]{6,20}\Z", widget=forms.TextInput(attrs=ANGKA),
        error_messages={"invalid": "Nomor rekening terdiri atas 6–20 angka."},
    )  # fmt: skip
    atas_nama = forms.CharField(label="Rekening atas nama", max_length=120)
    status_haji = forms.ChoiceField(
        label="Pernah berhaji?", choices=Pendaftaran.StatusHaji.choices, initial="belum", widget=forms.RadioSelect
    )
    haji_terakhir = forms.DateField(label="Tanggal haji terakhir", required=False, widget=HARI)
    pengecualian = forms.ChoiceField(
        label="Pengecualian (244/2021 A.6)", required=False,
        choices=[("", "Tidak ada"), *Pendaftaran.Pengecualian.choices],
    )  # fmt: skip

    class Meta:
        model = Jemaah
        fields = KTP
        widgets = {"tanggal_lahir": HARI, "nik": forms.TextInput(attrs=ANGKA | {"maxlength": 16})}

    def __init__(self, *args: Any, kantor: Kantor, **kwargs: Any) -> None:
        self.kantor = kantor
        super().__init__(*args, **kwargs)
        kata_pilihan_kosong(self)
        self.fields["email"].label = "Surel"
        self.fields["kabupaten"].initial = kantor.kabupaten
        self.fields["jumlah"].initial = Aturan.pada("setoran-awal-rupiah").nilai
        self.peringatan: list[str] = []

    def clean_telepon(self) -> str:
        if not (telepon := self.cleaned_data["telepon"].strip()):
            return ""
        try:
            return normalkan_telepon(telepon)
        except ValueError as galat:
            raise ValidationError(str(galat)) from galat

    def clean_tanggal_lahir(self):
        lahir = self.cleaned_data["tanggal_lahir"]
        if lahir >= timezone.localdate():
            raise ValidationError("Tanggal lahir harus sebelum hari ini.")
        return wajar(lahir)

    def clean_tanggal_setoran(self):
        return wajar(self.cleaned_data["tanggal_setoran"])

    def clean_haji_terakhir(self):
        haji = self.cleaned_data["haji_terakhir"]
        if haji and haji > timezone.localdate():
            raise ValidationError("Tanggal haji terakhir tidak dapat sesudah hari ini.")
        return haji and wajar(haji)

    def clean_nomor_validasi(self) -> str:
        return nomor_validasi(self.cleaned_data["nomor_validasi"])

    def clean(self) -> dict[str, Any]:
        isi: dict[str, Any] = super().clean() or {}
        if isi.get("status_haji") == "sudah" and not isi.get("haji_terakhir") and not isi.get("pengecualian"):
            self.add_error("haji_terakhir", "Isi tanggal haji terakhir.")
        if isi.get("tanggal_setoran") and isi["tanggal_setoran"] > timezone.localdate():
            self.add_error("tanggal_setoran", "Tanggal setoran tidak dapat sesudah hari ini.")
        return isi
