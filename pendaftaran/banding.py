"""The comparison of the three photos (244/2021 D.5, A.8), and the pass photo that is cut from the photo of the face."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from haji_portal.berkas.anak import FOTO_3X4, kotak
from haji_portal.berkas.forms_langkah import FormLangkah
from haji_portal.berkas.models import Lampiran
from haji_portal.berkas.simpan import Potongan, UnggahanDitolak, foto_dari, ukuran_gambar

from .models import Pendaftaran
from .syarat import FOTO_PEMBANDING, foto_pembanding

# Percent. A part of 1/1.9 of a phone's photo still has the pixels that a 4x6 print needs.
DEKAT = {"100": "Seluruhnya", "140": "Lebih dekat", "190": "Paling dekat"}
TURUN = {"0": "Atas", "25": "Agak atas", "50": "Tengah"}
SAMPING = {"50": "", "20": "Wajah di sebelah kiri", "80": "Wajah di sebelah kanan"}


@dataclass(frozen=True)
class Pilihan:
    """One possible cut; kotak: the viewBox that shows exactly this part of the picture."""

    nilai: str
    dekat: str
    turun: str
    kotak: str
    terpilih: bool
    id: str


@dataclass(frozen=True)
class Kelompok:
    """The cuts for a face in one place of the picture: a row for each nearness. The middle has no title."""

    judul: str
    baris: list[list[Pilihan]]

    @property
    def terpilih(self) -> bool:
        return any(p.terpilih for baris in self.baris for p in baris)


class FormBanding(FormLangkah):
    """One statement and one choice; every choice is shown as what it would cut out. `clean` stores the chosen crops."""

    lebar = True
    templat = "pendaftaran/_banding.html"

    sama = forms.BooleanField(
        label="Ketiga foto menunjukkan orang yang sama, dan data pada KTP cocok dengan isian",
        error_messages={"required": "Nyatakan bahwa ketiga foto menunjukkan orang yang sama, atau kembalikan fotonya."},
    )
    potongan = forms.ChoiceField(
        label="Potongan untuk foto 3×4", initial="100-50-50",
        choices=[(f"{d}-{s}-{t}", f"{DEKAT[d]}, {TURUN[t]}") for s in SAMPING for d in DEKAT for t in TURUN],
        error_messages={"required": "Pilih potongan fotonya."},
    )  # fmt: skip

    def __init__(self, *args: Any, perkara: Pendaftaran, **kwargs: Any) -> None:
        super().__init__(*args, perkara=perkara, **kwargs)
        self.foto = foto_pembanding(perkara)
        self.lebar_foto, self.tinggi_foto = ukuran_gambar(self.foto_diri) if self.foto_diri else (0, 0)

    @property
    def foto_diri(self) -> Lampiran | None:
        return self.foto.get("foto-diri")

    @property
    def deret(self) -> list[Lampiran]:
        return [self.foto[kode] for kode in FOTO_PEMBANDING if kode in self.foto]

    def kelompok_potongan(self) -> list[Kelompok]:
        """The middle first and open, the sides for pictures that need them."""
        return [Kelompok(judul, [[self._satu(d, s, t) for t in TURUN] for d in DEKAT]) for s, judul in SAMPING.items()]

    def _satu(self, dekat: str, samping: str, turun: str) -> Pilihan:
        nilai = f"{dekat}-{samping}-{turun}"
        gambar = (self.lebar_foto, self.tinggi_foto)
        kiri, atas, kanan, bawah = kotak(gambar, FOTO_3X4, int(dekat) / 100, int(samping) / 100, int(turun) / 100)
        sudut = " ".join(f"{angka:.1f}" for angka in (kiri, atas, kanan - kiri, bawah - atas))
        terpilih = nilai == str(self["potongan"].value())
        return Pilihan(nilai, DEKAT[dekat], TURUN[turun], sudut, terpilih, f"id_potongan_{nilai}")

    def clean(self) -> dict[str, Any]:
        bersih = super().clean() or {}
        if self.errors or self.foto_diri is None:
            return bersih
        dekat, samping, turun = (int(angka) / 100 for angka in bersih["potongan"].split("-"))
        try:
            bersih["foto"] = foto_dari(self.foto_diri, Potongan(dekat, samping, turun))
        except UnggahanDitolak as galat:
            self.add_error("potongan", galat.kalimat)
        return bersih
