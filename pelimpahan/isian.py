"""What every transfer asks, at the counter and from a phone: the pilgrim, why, and who is to receive the porsi."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from haji_portal.jemaah.models import JenisKelamin, angka_10
from haji_portal.jemaah.nik import peringatan_nik
from haji_portal.jemaah.periksa import wajar
from haji_portal.jemaah.pilihan import PilihAtauKetik
from haji_portal.meja.masuk import ANGKA, HARI, KTP, SLIP, FormMasuk, bersyarat, nik_rapi

from .tahap import Hubungan, Sebab

_TEMPAT = KTP.index("kabupaten") + 1
PENERIMA = [*KTP[:_TEMPAT], "provinsi", *KTP[_TEMPAT:]]
ASAL = ["asal_nik", "asal_nama", "asal_tempat_lahir", "asal_tanggal_lahir", "asal_jenis_kelamin", "asal_alamat"]
KEADAAN = ["tanggal_meninggal", "masuk_asrama", "akhir_pemberangkatan"]
KHUSUS = "kebutuhan_khusus"
PORSI = ["nomor_porsi", "terbit"]
TUJUAN = ["bank_penerima", "nomor_rekening", "atas_nama"]


class FormIsian(FormMasuk):
    """The KTP fields without a prefix are the recipient's; `asal_*` are the pilgrim's."""

    sebab = forms.ChoiceField(
        label="Mengapa porsi dilimpahkan?", choices=Sebab.choices, widget=forms.RadioSelect,
        error_messages={"required": "Pilih sebab pelimpahannya."},
    )  # fmt: skip
    hubungan = forms.ChoiceField(
        label="Penerima adalah … dari jemaah", choices=[("", "Pilih"), *Hubungan.choices],
        help_text="Suami, istri, ayah, ibu, anak kandung, atau saudara kandung (245/2021 A.3).",
    )  # fmt: skip
    nomor_porsi = forms.CharField(label="Nomor porsi", validators=[angka_10], widget=forms.TextInput(attrs=ANGKA))
    terbit = forms.DateField(label="Tanggal terbit nomor porsi", widget=HARI)
    asal_nik = forms.CharField(
        label="NIK jemaah", max_length=16, widget=forms.TextInput(attrs=ANGKA | {"maxlength": 16})
    )
    asal_nama = forms.CharField(label="Nama lengkap jemaah", max_length=120)
    asal_tempat_lahir = forms.CharField(label="Tempat lahir jemaah", max_length=60)
    asal_tanggal_lahir = forms.DateField(label="Tanggal lahir jemaah", widget=HARI)
    asal_jenis_kelamin = forms.ChoiceField(label="Jenis kelamin jemaah", choices=[("", "Pilih"), *JenisKelamin.choices])
    asal_alamat = forms.CharField(label="Alamat KTP jemaah", max_length=200)
    tanggal_meninggal = forms.DateField(label="Tanggal jemaah meninggal", required=False, widget=HARI)
    masuk_asrama = forms.DateField(
        label="Tanggal masuk asrama haji", required=False, widget=HARI,
        help_text="Hanya bila jemaah sudah masuk asrama embarkasi atau embarkasi antara (245/2021 A.7, A.8).",
    )  # fmt: skip
    akhir_pemberangkatan = forms.DateField(
        label="Akhir masa pemberangkatan musim itu", required=False, widget=HARI,
        help_text="Hanya bila jemaah sudah masuk asrama (245/2021 A.8).",
    )  # fmt: skip
    kebutuhan_khusus = forms.CharField(
        label="Kebutuhan khusus penerima saat wawancara", required=False, max_length=120,
        help_text="Misalnya kursi roda atau juru bahasa isyarat; penerima didahulukan. Tidak perlu menyebut penyakit.",
    )  # fmt: skip
    bank_penerima = forms.CharField(
        label="Bank rekening penerima", max_length=60, widget=PilihAtauKetik("bank"),
        help_text="Bank yang sama dengan setoran jemaah (245/2021 B.1.h, B.2.h).",
    )  # fmt: skip

    class Meta(FormMasuk.Meta):
        fields = PENERIMA

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nik"].label = "NIK penerima"
        self.fields["nama"].label = "Nama lengkap penerima"
        self.fields["provinsi"].initial = self.kantor.provinsi
        # Who interviews depends on it (245/2021 E.2).
        self.fields["provinsi"].required = True
        bersyarat(self, ["tanggal_meninggal"], sebab=[Sebab.WAFAT])

    def clean_asal_nik(self) -> str:
        nik = self.cleaned_data["asal_nik"]
        return nik_rapi(nik) if nik else ""

    def clean_asal_tanggal_lahir(self):
        lahir = self.cleaned_data["asal_tanggal_lahir"]
        return lahir and lampau(lahir, "Tanggal lahir jemaah")

    def clean_terbit(self):
        return lampau(self.cleaned_data["terbit"], "Tanggal terbit")

    def clean_tanggal_meninggal(self):
        return lampau(self.cleaned_data["tanggal_meninggal"], "Tanggal meninggal")

    def clean_masuk_asrama(self):
        return lampau(self.cleaned_data["masuk_asrama"], "Tanggal masuk asrama")

    def clean(self) -> dict[str, Any]:
        isi: dict[str, Any] = super().clean() or {}
        if isi.get("sebab") == Sebab.WAFAT:
            self.wajib(["tanggal_meninggal"], "Isi tanggal meninggal menurut akta kematian (245/2021 B.2.b).")
        elif "sebab" in self.fields:
            isi["tanggal_meninggal"] = None
        if isi.get("nik") and isi.get("nik") == isi.get("asal_nik"):
            self.add_error("nik", "Penerima tidak dapat jemaah itu sendiri.")
        if "nik" in isi:
            self.peringatan = peringatan_nik(isi["nik"], isi.get("tanggal_lahir"), isi.get("jenis_kelamin"))
        return isi

    def wajib(self, nama: list[str], kalimat: str) -> None:
        for satu in nama:
            if not self.cleaned_data.get(satu) and satu in self.fields and satu not in self.errors:
                self.add_error(satu, kalimat)


def lampau(hari: Any, sebutan: str) -> Any:
    """A date that has happened; ValidationError with the sentence for the person."""
    if hari and hari > timezone.localdate():
        raise ValidationError(f"{sebutan} tidak dapat sesudah hari ini.")
    return hari and wajar(hari)


__all__ = ["ASAL", "KEADAAN", "KHUSUS", "PENERIMA", "PORSI", "SLIP", "TUJUAN", "FormIsian", "lampau"]
