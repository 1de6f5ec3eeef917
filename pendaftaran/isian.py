"""What every registration asks, at the counter and from a phone: fields, their cleaners, the rules that judge them."""

from __future__ import annotations

from typing import Any

from django import forms

from haji_portal.alur.models import Aturan
from haji_portal.jemaah.periksa import lampau
from haji_portal.meja.masuk import HARI, FormMasuk

from .models import Pendaftaran

RIWAYAT_HAJI = ["status_haji", "haji_terakhir", "pengecualian"]


class FormIsian(FormMasuk):
    """Identity, deposit, account and the facts that the rules ask for (fakta: SPPH form, 244/2021 A and B)."""

    status_haji = forms.ChoiceField(
        label="Pernah berhaji?", choices=Pendaftaran.StatusHaji.choices, initial="belum", widget=forms.RadioSelect
    )
    haji_terakhir = forms.DateField(label="Tanggal haji terakhir", required=False, widget=HARI)
    pengecualian = forms.ChoiceField(
        label="Pengecualian (244/2021 A.6)", required=False,
        choices=[("", "Tidak ada"), *Pendaftaran.Pengecualian.choices],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jumlah"].initial = Aturan.pada("setoran-awal-rupiah").nilai

    def clean_haji_terakhir(self):
        return lampau(self.cleaned_data["haji_terakhir"], "Tanggal haji terakhir")

    def clean(self) -> dict[str, Any]:
        isi: dict[str, Any] = super().clean() or {}
        if isi.get("status_haji") == "sudah" and not isi.get("haji_terakhir") and not isi.get("pengecualian"):
            self.add_error("haji_terakhir", "Isi tanggal haji terakhir.")
        return isi
