"""What a visitor taps and types, and what officers set."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from haji_portal.akun.models import Kantor
from haji_portal.alur.penutupan import pengumuman
from haji_portal.meja.masuk import telepon_rapi

from ..models import LayananAntrean, PerangkatAntrean, Tiket
from .ambil import Tamu

TANPA_SARAN = {"autocomplete": "off", "spellcheck": "false"}
"""The next visitor must not be shown what the last one typed."""


def kunci_baru() -> str:
    return uuid.uuid4().hex


def layanan_kantor(kantor: Kantor) -> list[tuple[LayananAntrean, str]]:
    """What can be queued for here, each with the sentence why its service takes nothing new, "" when it does."""
    hasil = []
    for satu in kantor.layanan_antrean.filter(aktif=True):
        tutup = pengumuman(satu.jenis, kantor) if satu.jenis else None
        hasil.append((satu, tutup.judul if tutup and tutup.berlaku else ""))
    return hasil


class PilihLayanan(forms.ModelChoiceField):
    """SQLite cannot even be asked for an id beyond 64 bits: such a choice does not exist."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except OverflowError:
            raise forms.ValidationError("Pilih layanan dari daftar ini.") from None


class FormNomor(forms.Form):
    """The guest book and the number in one. `tanpa_tulis`: the visitor does not write, an officer may do it later."""

    layanan = PilihLayanan(
        queryset=LayananAntrean.objects.none(), empty_label=None, label="Anda datang untuk apa?",
        error_messages={"required": "Pilih dahulu Anda datang untuk apa."},
    )  # fmt: skip
    prioritas = forms.ChoiceField(
        choices=Tiket.Prioritas.choices, required=False, label="Apakah Anda perlu didahulukan?",
        error_messages={"invalid_choice": "Pilih salah satu jawaban."},
    )  # fmt: skip
    nama = forms.CharField(
        label="Nama",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs=TANPA_SARAN | {"autocapitalize": "words"}),
    )
    asal = forms.CharField(
        label="Alamat atau asal", max_length=120, required=False, widget=forms.TextInput(attrs=TANPA_SARAN),
        help_text="Misalnya nama desa atau instansi.",
    )  # fmt: skip
    telepon = forms.CharField(
        label="Nomor telepon (boleh dikosongkan)", max_length=20, required=False,
        widget=forms.TextInput(attrs=TANPA_SARAN | {"inputmode": "tel"}),
    )  # fmt: skip
    kunci = forms.CharField(
        widget=forms.HiddenInput, max_length=36, validators=[RegexValidator(r"^[0-9a-f-]{32,36}\Z")]
    )
    tanpa_tulis = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kantor: Kantor, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"kunci": kunci_baru()})
        super().__init__(*args, **kwargs)
        self.semua = layanan_kantor(kantor)
        layanan: Any = self.fields["layanan"]
        buka = [satu.pk for satu, tutup in self.semua if not tutup]
        layanan.queryset = LayananAntrean.objects.filter(pk__in=buka)

    def clean_telepon(self) -> str:
        return telepon_rapi(self.cleaned_data["telepon"])

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or {}
        if isi.get("tanpa_tulis"):
            return isi | {"nama": "", "asal": "", "telepon": ""}
        for nama, kalimat in (("nama", "Tulis nama Anda."), ("asal", "Tulis alamat atau asal Anda.")):
            if not isi.get(nama) and nama not in self.errors:
                self.add_error(nama, kalimat)
        return isi

    def tamu(self) -> Tamu:
        isi = self.cleaned_data
        return Tamu(isi["nama"], isi["asal"], isi["telepon"])


class FormTamu(FormNomor):
    """At the desk: the officer writes for a visitor who took no number at the tablet."""

    keperluan = forms.CharField(
        label="Keperluan", max_length=160, required=False, help_text="Kosong berarti layanan yang dipilih."
    )
    field_order = ["layanan", "prioritas", "nama", "asal", "telepon", "keperluan"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["layanan"].label = "Layanan"
        self.fields["prioritas"].label = "Prioritas"

    def tamu(self) -> Tamu:
        isi = self.cleaned_data
        return Tamu(isi["nama"], isi["asal"], isi["telepon"], isi["keperluan"])


class FormLengkapi(forms.Form):
    """The guest-book line of a visitor who did not write."""

    nama = forms.CharField(label="Nama", max_length=120)
    asal = forms.CharField(label="Alamat atau asal", max_length=120, required=False)
    telepon = forms.CharField(label="Nomor telepon", max_length=20, required=False)

    def clean_telepon(self) -> str:
        return telepon_rapi(self.cleaned_data["telepon"])


class FormPerangkat(forms.ModelForm):
    class Meta:
        model = PerangkatAntrean
        fields = ["jenis", "nama", "cetak", "di_luar_jam", "info"]
        widgets = {"jenis": forms.RadioSelect, "info": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        jenis: Any = self.fields["jenis"]
        jenis.choices = PerangkatAntrean.Jenis.choices
        jenis.label = "Jenis perangkat"
        if self.instance.pk:
            lain = "info" if self.instance.jenis == PerangkatAntrean.Jenis.KIOS else "cetak"
            for nama in ("jenis", lain):
                del self.fields[nama]
