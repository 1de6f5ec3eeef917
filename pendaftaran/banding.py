"""The comparison of the three photos (244/2021 D.5, A.8), and the pass photo that is cut from the photo of the face."""

from __future__ import annotations

from typing import Any

from django import forms

from haji_portal.berkas.simpan import Potongan, UnggahanDitolak, foto_dari

from .forms import FormLangkah
from .models import Pendaftaran
from .syarat import FOTO_PEMBANDING, foto_pembanding

DEKAT = {"100": "seluruhnya", "140": "lebih dekat", "190": "paling dekat"}
TURUN = {"0": "bagian atas", "25": "agak ke atas", "50": "tengah"}
SAMPING = {"50": "tengah", "20": "lebih ke kiri", "80": "lebih ke kanan"}


class FormBanding(FormLangkah):
    """One statement and one choice; every choice is shown as what it would cut out. `clean` stores the chosen crops."""

    sama = forms.BooleanField(
        label="Ketiga foto menunjukkan orang yang sama, dan data pada KTP cocok dengan isian",
        error_messages={"required": "Nyatakan bahwa ketiga foto menunjukkan orang yang sama, atau kembalikan fotonya."},
    )
    potongan = forms.ChoiceField(
        label="Potongan untuk foto 3×4", initial="100-50-50", widget=forms.RadioSelect,
        choices=[(f"{d}-{s}-{t}", f"{DEKAT[d]}, {SAMPING[s]}, {TURUN[t]}")
                 for s in SAMPING for d in DEKAT for t in TURUN],
        error_messages={"required": "Pilih potongan fotonya."},
    )  # fmt: skip

    def __init__(self, *args: Any, perkara: Pendaftaran, **kwargs: Any) -> None:
        super().__init__(*args, perkara=perkara, **kwargs)
        self.foto = foto_pembanding(perkara)

    def clean(self) -> dict[str, Any]:
        bersih = super().clean() or {}
        if self.errors or len(self.foto) < len(FOTO_PEMBANDING):
            return bersih
        dekat, samping, turun = (int(angka) / 100 for angka in bersih["potongan"].split("-"))
        try:
            bersih["foto"] = foto_dari(self.foto["foto-diri"], Potongan(dekat, samping, turun))
        except UnggahanDitolak as galat:
            self.add_error("potongan", galat.kalimat)
        return bersih
