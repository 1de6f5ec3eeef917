"""What is asked at each step of a request at the counter."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from haji_portal.berkas.forms import BidangUnggah
from haji_portal.berkas.forms_langkah import BidangAlasan, FormLangkah

from ..models import Pelayanan


class FormProduk(FormLangkah):
    """The product of a service on paper, initialled and signed."""

    nama_produk = forms.CharField(
        label="Nama produk layanan", max_length=150, help_text="Misalnya surat keterangan, rekomendasi, legalisasi."
    )
    nomor_produk = forms.CharField(label="Nomor produk", max_length=80, required=False)
    tanggal_produk = forms.DateField(
        label="Tanggal produk", required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    penanda_tangan = forms.CharField(
        label="Diparaf dan ditandatangani oleh", max_length=150, help_text="Nama dan jabatan pada produk."
    )
    produk = BidangUnggah(label="Pindaian produk yang sudah ditandatangani (PDF)", izinkan=("pdf",))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.perkara, Pelayanan) and self.perkara.pk:
            self.fields["nama_produk"].initial = self.perkara.nama_layanan

    def clean_tanggal_produk(self) -> datetime.date | None:
        hari = self.cleaned_data["tanggal_produk"]
        if hari and hari > timezone.localdate():
            raise ValidationError("Tanggal produk tidak dapat sesudah hari ini.")
        return hari


class FormAlasanPemohon(FormLangkah):
    alasan = BidangAlasan(label="Alasan untuk pemohon", min_length=10, help_text="Dikirim kepada pemohon.")
