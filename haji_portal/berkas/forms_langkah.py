"""Step forms that every service asks the same way. Each takes `perkara=`; its cleaned data are the step's keywords."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from haji_portal.alur.models import Permohonan

from .forms import BidangFoto, BidangUnggah, FormDaftarBerkas


class FormLangkah(forms.Form):
    """Base of the step forms: knows its case, nothing else."""

    def __init__(self, *args: Any, perkara: Permohonan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.perkara: Any = perkara


class FormPeriksa(FormDaftarBerkas):
    """The checklist of the case, item by item."""


class FormCatatan(FormLangkah):
    catatan = forms.CharField(
        label="Catatan untuk pemohon", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Daftar kekurangan sudah ikut terkirim; tambahkan bila perlu penjelasan.",
    )  # fmt: skip


class BidangAlasan(forms.CharField):
    """Why, in a sentence or two; a word is none."""

    widget = forms.Textarea(attrs={"rows": 2})

    def __init__(self, *, label: str = "Alasan", min_length: int = 5, max_length: int = 400, **kwargs: Any) -> None:
        pendek = f"Tuliskan alasannya dengan jelas, sedikitnya {min_length} huruf."
        kwargs["error_messages"] = {"min_length": pendek} | kwargs.get("error_messages", {})
        super().__init__(label=label, min_length=min_length, max_length=max_length, **kwargs)


class FormAlasan(FormLangkah):
    alasan = BidangAlasan()


class FormTolak(FormLangkah):
    """A rejection names the rule; a service lists its rules in ATURAN, {citation: sentence}."""

    ATURAN: Mapping[str, str] = {}

    aturan = forms.ChoiceField(label="Aturan yang tidak terpenuhi")
    penjelasan = forms.CharField(
        label="Penjelasan untuk pemohon", min_length=10, max_length=350, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        aturan: Any = self.fields["aturan"]
        aturan.choices = list(self.daftar_aturan().items())

    def daftar_aturan(self) -> Mapping[str, str]:
        return self.ATURAN


class FormFoto(FormLangkah):
    foto = BidangFoto(label="Foto jemaah", help_text="Latar putih, wajah 80 % dari tinggi foto, tanpa kacamata gelap.")


class FormPindai(FormLangkah):
    arsip = BidangUnggah(label="Hasil pindai berkas (PDF)", izinkan=("pdf",))


class FormBukti(FormLangkah):
    bukti = BidangUnggah(label="Bukti dari Siskohat", help_text="Tangkapan layar atau cetakan (JPEG, PNG, PDF).")


class FormSerah(FormLangkah):
    penerima = forms.CharField(label="Diterima oleh", max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["penerima"].initial = self.nama_penerima()

    def nama_penerima(self) -> str:
        return self.perkara.pemohon.nama
