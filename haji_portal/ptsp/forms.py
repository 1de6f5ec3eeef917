"""Forms of the public site: forgiving about how a number is typed, strict about what it means."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django import forms
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.tampil_waktu import BULAN

POLA_NOMOR = re.compile(r"([A-Z]{2,4})([A-Z]{2})([0-9]{2})([0-9A-Z]{6})")
# The random part has no I, L, O, U; people read and type them all the same.
SERUPA = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
TAHUN_TERTUA = 1900


def rapikan_nomor(teks: str) -> str:
    """The case number as it is stored, whatever the spacing, dashes, case or look-alikes; "" for another shape."""
    cocok = POLA_NOMOR.fullmatch(re.sub(r"[^0-9A-Z]", "", teks.upper()))
    if cocok is None:
        return ""
    kantor, layanan, tahun, acak = cocok.groups()
    return f"{kantor}-{layanan}-{tahun}-{acak.translate(SERUPA)}"


class FormNomor(forms.Form):
    """First question: the case number."""

    nomor = forms.CharField(
        label="Nomor permohonan",
        max_length=40,
        help_text="Tercetak pada tanda terima, misalnya LTM-PD-26-7K2M9Q. Huruf besar atau kecil sama saja.",
        error_messages={"required": "Ketik nomor permohonan yang tercetak pada tanda terima."},
        widget=forms.TextInput(
            attrs={
                "class": "form-control form-control-lg",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    def clean_nomor(self) -> str:
        """Only the shape is judged here: whether the number exists is answered together with the birth date."""
        nomor = rapikan_nomor(self.cleaned_data["nomor"])
        if not nomor:
            raise forms.ValidationError(
                "Nomor belum lengkap. Nomor terdiri atas kode kantor, kode layanan, dua angka tahun, lalu enam huruf "
                "atau angka, misalnya LTM-PD-26-7K2M9Q. Lihat lagi tanda terima Anda."
            )
        return nomor


class FormTanggalLahir(forms.Form):
    """Second question: the birth date, as day, month and year, or as one ISO date."""

    hari = forms.CharField(label="Tanggal", max_length=2)
    bulan = forms.TypedChoiceField(
        label="Bulan",
        coerce=int,
        choices=[("", "Pilih bulan"), *((i, nama) for i, nama in enumerate(BULAN, start=1))],
        widget=forms.Select(attrs={"class": "form-select form-select-lg"}),
    )
    tahun = forms.CharField(label="Tahun", max_length=4)

    GALAT = "Isi tanggal lahir pemohon seperti pada KTP: tanggal, bulan, dan tahun dengan empat angka."

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_pecah(data), *args, **kwargs)
        angka = {"class": "form-control form-control-lg", "inputmode": "numeric", "autocomplete": "off"}
        self.fields["hari"].widget.attrs.update(angka, placeholder="17")
        self.fields["tahun"].widget.attrs.update(angka, placeholder="1962")
        for isian in self.fields.values():
            isian.error_messages.update(required="", invalid_choice="")

    def clean(self) -> dict[str, Any]:
        """Put the date together: one sentence for the three parts, since a person sees one question."""
        isi = super().clean() or {}
        try:
            lahir = datetime.date(int(isi["tahun"]), isi["bulan"], int(isi["hari"]))
        except (KeyError, ValueError):
            lahir = None
        if lahir is None or lahir.year < TAHUN_TERTUA or lahir > timezone.localdate():
            self.errors.clear()
            for isian in self.fields.values():
                isian.widget.attrs.update({"aria-invalid": "true", "aria-describedby": "galat-tanggal"})
            raise forms.ValidationError(self.GALAT)
        isi["tanggal_lahir"] = lahir
        return isi


def _pecah(data: Any) -> Any:
    if not data or not data.get("tanggal_lahir"):
        return data
    tahun, _, sisa = str(data["tanggal_lahir"]).strip().partition("-")
    bulan, _, hari = sisa.partition("-")
    return {"hari": hari[:2], "bulan": bulan.lstrip("0"), "tahun": tahun[:4]} if len(sisa) == 5 else {"hari": "x"}


class FormKantor(forms.Form):
    """Which office the visitor asks about; an unknown one counts as not chosen."""

    kantor = forms.ModelChoiceField(
        label="Kantor",
        queryset=Kantor.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label="Pilih kantor",
        widget=forms.Select(attrs={"class": "form-select form-select-lg"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        isian: Any = self.fields["kantor"]
        isian.queryset = Kantor.objects.filter(jenis=Kantor.Jenis.KABKOTA, aktif=True)
        isian.label_from_instance = lambda kantor: kantor.nama_pendek

    @property
    def terpilih(self) -> Kantor | None:
        """The chosen office, or None."""
        return self.cleaned_data.get("kantor") if self.is_bound and self.is_valid() else None


class FormPdf(forms.Form):
    """The PDF whose signature the visitor wants to have checked; it is read and not kept."""

    BATAS = 10 * 1024 * 1024

    pdf = forms.FileField(
        label="Berkas PDF surat",
        error_messages={
            "required": "Pilih berkas PDF surat yang ingin diperiksa.",
            "empty": "Berkas itu kosong. Pilih berkas PDF surat.",
        },
        widget=forms.ClearableFileInput(attrs={"class": "form-control", "accept": "application/pdf,.pdf"}),
    )

    def clean_pdf(self) -> bytes:
        """The bytes of the file; anything but a PDF of at most 10 MB is refused."""
        berkas = self.cleaned_data["pdf"]
        if berkas.size > self.BATAS:
            raise forms.ValidationError("Berkas lebih besar dari 10 MB. Surat dari portal ini jauh lebih kecil.")
        isi = berkas.read()
        if not isi.startswith(b"%PDF-"):
            raise forms.ValidationError("Berkas itu bukan PDF. Pilih PDF yang Anda terima, bukan foto atau pindaian.")
        return isi
