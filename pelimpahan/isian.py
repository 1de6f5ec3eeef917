"""What every transfer asks, at the counter and from a phone: the pilgrim, why, and who is to receive the porsi."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst

from haji_portal.jemaah.models import JenisKelamin
from haji_portal.jemaah.periksa import lampau
from haji_portal.jemaah.pilihan import PilihAtauKetik
from haji_portal.meja.masuk import ANGKA, HARI, KTP, SLIP, bersyarat, nik_rapi
from haji_portal.meja.porsi_lama import PORSI, FormAtasPorsi

from .tahap import KELUARGA, Hubungan, Sebab

_TEMPAT = KTP.index("kabupaten") + 1
PENERIMA = [*KTP[:_TEMPAT], "provinsi", *KTP[_TEMPAT:]]
ASAL = ["asal_nik", "asal_nama", "asal_tempat_lahir", "asal_tanggal_lahir", "asal_jenis_kelamin", "asal_alamat"]
KEADAAN = ["tanggal_meninggal", "masuk_asrama", "akhir_pemberangkatan"]
KHUSUS = "kebutuhan_khusus"
TUJUAN = ["bank_penerima", "nomor_rekening", "atas_nama"]


class FormIsian(FormAtasPorsi):
    """The KTP fields without a prefix are the recipient's; `asal_*` are the pilgrim's."""

    sebab = forms.ChoiceField(
        label="Mengapa porsi dilimpahkan?", choices=Sebab.choices, widget=forms.RadioSelect,
        error_messages={"required": "Pilih sebab pelimpahannya."},
    )  # fmt: skip
    hubungan = forms.ChoiceField(
        label="Penerima adalah … dari jemaah", choices=[("", "Pilih"), *Hubungan.choices],
        help_text=f"{capfirst(KELUARGA)} (245/2021 A.3).",
    )  # fmt: skip
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

    class Meta(FormAtasPorsi.Meta):
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

    def clean(self) -> dict[str, Any]:
        isi: dict[str, Any] = super().clean() or {}
        if isi.get("sebab") == Sebab.WAFAT:
            self.wajib(["tanggal_meninggal"], "Isi tanggal meninggal menurut akta kematian (245/2021 B.2.b).")
        elif "sebab" in self.fields:
            isi["tanggal_meninggal"] = None
        if isi.get("nik") and isi.get("nik") == isi.get("asal_nik"):
            self.add_error("nik", "Penerima tidak dapat jemaah itu sendiri.")
        self.ingatkan_nik(isi)
        return isi


__all__ = ["ASAL", "KEADAAN", "KHUSUS", "PENERIMA", "PORSI", "SLIP", "TUJUAN", "FormIsian"]
