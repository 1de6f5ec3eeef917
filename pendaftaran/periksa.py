"""The officer's check of the documents; for an electronic application also of what the applicant typed."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from haji_portal.alur.tampil_waktu import rupiah, tanggal
from haji_portal.berkas.forms import FormDaftarBerkas
from haji_portal.jemaah.models import Jemaah, Rekening, Setoran
from haji_portal.jemaah.nik import normalkan_telepon, peringatan_nik
from haji_portal.jemaah.periksa import wajar
from haji_portal.jemaah.pilihan import kata_pilihan_kosong
from haji_portal.meja.masuk import HARI, BidangRupiah

from .models import Pendaftaran

# The identity as the KTP has it, and the contact; the rest of the person is the SPPH form's.
ORANG = (
    "nama", "tempat_lahir", "tanggal_lahir", "jenis_kelamin", "agama", "alamat", "kabupaten", "telepon", "email",
)  # fmt: skip
SETORAN = ("bank", "jumlah", "tanggal")


class FormPeriksa(FormDaftarBerkas):
    """The checklist; an electronic one is preceded by what was typed, to be compared and mended by the documents.

    `cleaned_data["isian"]` holds only what the officer changed, under the names of `Pendaftaran.isian_pemohon`.
    """

    def __init__(self, *args: Any, perkara: Pendaftaran, **kwargs: Any) -> None:
        super().__init__(*args, perkara=perkara, **kwargs)
        self.perkara = perkara
        self.templat = "pendaftaran/_periksa.html" if perkara.elektronik else "komponen/_form_berkas.html"
        self.tersimpan = _tersimpan(perkara) if perkara.elektronik else {}
        for nama, bidang in _bidang(self.tersimpan).items():
            bidang.initial = self.tersimpan[nama]
            if nama in perkara.isian_pemohon:
                bidang.help_text = f"Pemohon menulis: {_sebut(nama, perkara.isian_pemohon[nama])}"
            self.fields[f"isian_{nama}"] = bidang
        kata_pilihan_kosong(self)

    @property
    def isian(self) -> list[forms.BoundField]:
        return [self[f"isian_{nama}"] for nama in self.tersimpan]

    @property
    def lihat_isian(self) -> bool:
        """Whether there is something to decide: the fold is open from the start."""
        return bool(self.perkara.isian_pemohon.keys() & self.tersimpan.keys()) or any(b.errors for b in self.isian)

    @property
    def beda_bank(self) -> list[str]:
        """What the applicant stated otherwise than the bank's own record, which stays as it is."""
        ditulis = self.perkara.isian_pemohon
        kini = _tersimpan(self.perkara, semua=True)
        return [
            f"{_label(nama)}: pemohon menulis {_sebut(nama, ditulis[nama])}, yang tercatat {_sebut(nama, kini[nama])}."
            for nama in ditulis
            if nama in kini and nama not in self.tersimpan
        ]

    @property
    def peringatan(self) -> list[str]:
        orang = self.perkara.pemohon
        return peringatan_nik(orang.nik, orang.tanggal_lahir, orang.jenis_kelamin)

    def clean(self) -> dict[str, Any]:
        isian = {}
        for nama, lama in self.tersimpan.items():
            baru = self.cleaned_data.get(f"isian_{nama}", lama)
            try:
                baru = _rapikan(nama, baru)
            except (ValidationError, ValueError) as galat:
                self.add_error(f"isian_{nama}", str(getattr(galat, "message", galat)))
                continue
            if baru != lama:
                isian[nama] = baru
        return super().clean() | {"isian": isian}


def _tersimpan(p: Pendaftaran, semua: bool = False) -> dict[str, Any]:
    """What is stored and may be mended here, by name; the bank's own record of a deposit may not (`semua` shows it)."""
    nilai = {nama: getattr(p.pemohon, nama) for nama in ORANG}
    if semua or p.setoran.sumber == Setoran.Sumber.PEMOHON:
        nilai |= {f"setoran.{nama}": getattr(p.setoran, nama) for nama in SETORAN}
    return nilai | {"rekening.atas_nama": p.rekening.atas_nama}


def _bidang(nama: Any) -> dict[str, forms.Field]:
    semua: dict[str, Any] = dict(forms.fields_for_model(Jemaah, ORANG, widgets={"tanggal_lahir": HARI}))
    setoran = forms.fields_for_model(Setoran, SETORAN, widgets={"tanggal": HARI})
    semua |= {f"setoran.{n}": bidang for n, bidang in setoran.items()}
    semua["setoran.jumlah"] = BidangRupiah(label="Jumlah setoran (rupiah)")
    semua |= {f"rekening.{n}": b for n, b in forms.fields_for_model(Rekening, ["atas_nama"]).items()}
    semua["rekening.atas_nama"].label = "Rekening atas nama"
    semua["email"].label = "Surel"
    return {n: bidang for n, bidang in semua.items() if n in nama}


def _label(nama: str) -> str:
    return str(_bidang([nama])[nama].label)


def _rapikan(nama: str, nilai: Any) -> Any:
    if nama == "telepon" and nilai:
        return normalkan_telepon(nilai)
    if isinstance(nilai, datetime.date):
        return wajar(nilai)
    return nilai


def _sebut(nama: str, nilai: Any) -> str:
    """A value as people say it: the choice's label, the amount in rupiah, the date in words."""
    if nama == "setoran.jumlah":
        return rupiah(int(nilai))
    if nama in ("setoran.tanggal", "tanggal_lahir"):
        return tanggal(nilai if isinstance(nilai, datetime.date) else datetime.date.fromisoformat(nilai))
    pilihan = dict(getattr(_bidang([nama])[nama], "choices", []) or [])
    return str(pilihan.get(nilai, nilai))
