"""What BPKH, or the Direktorat with BPKH's letter in hand, answers about a balance. Amounts are whole rupiah."""

from __future__ import annotations

from typing import Any

from django import forms

from haji_portal.alur.tampil_waktu import rupiah
from haji_portal.berkas.forms import BidangUnggah
from haji_portal.berkas.forms_langkah import FormLangkah

from .forms import BidangHari, BidangRupiah


class FormSaldo(FormLangkah):
    jumlah = BidangRupiah(label="Saldo setoran di BPKH (rupiah)")
    per_tanggal = BidangHari(label="Saldo per tanggal")
    keterangan = forms.CharField(
        label="Keterangan", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    bukti = BidangUnggah(
        label="Bukti: surat atau cetakan BPKH",
        required=False,
        help_text="JPEG, PNG, atau PDF. Boleh menyusul lewat surat.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.perkara.pk:
            self.fields["jumlah"].help_text = f"Yang ditanyakan: {rupiah(self.perkara.jumlah)}."


class FormSaldoAda(FormSaldo):
    pass


class FormSaldoTidakAda(FormSaldo):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jumlah"].initial = 0
        if self.perkara.pk:
            diminta = rupiah(self.perkara.jumlah)
            self.fields["jumlah"].help_text = f"0, atau jumlah yang kurang dari {diminta}."
