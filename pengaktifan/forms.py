"""What is asked at each step of a reactivation."""

from __future__ import annotations

from typing import Any

from django import forms

from haji_portal.berkas import forms_langkah
from haji_portal.berkas.forms import BidangUnggah
from haji_portal.berkas.forms_langkah import BidangAlasan, FormAlasan, FormCatatan, FormLangkah, FormPeriksa

from .syarat import BUKTI

__all__ = ["FormAlasan", "FormCatatan", "FormPeriksa"]
BIDANG_KRONOLOGI: dict[str, Any] = {
    "label": "Kronologi", "min_length": 20, "max_length": 3000, "widget": forms.Textarea(attrs={"rows": 8}),
    "error_messages": {"min_length": "Tuliskan apa yang terjadi, berurutan dan dengan tanggal."},
}  # fmt: skip


class FormLaporan(FormLangkah):
    """The chronology as it will stand in the letter."""

    kronologi = forms.CharField(
        help_text="Berurutan, dengan tanggal: kapan batal, oleh siapa, bagaimana diketahui keliru. Teks ini masuk ke "
        "surat laporan.",
        **BIDANG_KRONOLOGI,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kronologi"].initial = self.perkara.kronologi


class FormLaporanJemaah(FormLangkah):
    laporan = BidangUnggah(
        label="Laporan tertulis jemaah kepada Direktur",
        help_text="Surat yang ditandatangani jemaah, dipindai. JPEG, PNG, atau PDF.",
    )


class FormAktif(forms_langkah.FormBukti):
    bukti = BidangUnggah(
        label="Bukti pengaktifan dari Siskohat", help_text="Tangkapan layar atau cetakan (JPEG, PNG, PDF)."
    )


class FormPertimbangan(FormLangkah):
    pertimbangan = BidangAlasan(
        label="Pertimbangan Direktorat", min_length=10, help_text="Apa jawaban BPKH dan apa yang diusulkan."
    )


class FormTolakPusat(FormLangkah):
    alasan = BidangAlasan(
        label="Alasan porsi tidak diaktifkan", min_length=10, help_text="Ditulis dalam surat jawaban Direktur."
    )


class FormBuktiSetor(FormLangkah):
    bukti = BidangUnggah(
        label="Bukti setoran kembali ke rekening BPKH",
        help_text="Terbaca tanggal, jumlah, rekening tujuan, dan rujukan.",
    )

    def data_langkah(self) -> dict[str, Any]:
        return {"unggahan": {BUKTI: self.cleaned_data["bukti"]}}


class FormTolak(forms_langkah.FormTolak):
    ATURAN = {
        "242/2021 sebab": "Bukan salah satu dari empat sebab pengaktifan (242/2021)",
        "242/2021 persyaratan": "Persyaratan pengaktifan tidak terpenuhi (242/2021)",
        "242/2021 kekeliruan": "Pembatalannya tidak keliru (242/2021)",
    }
