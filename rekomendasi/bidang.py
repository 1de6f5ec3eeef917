"""The list of people as one form field: rows on the page, a JSON array at the API, the same rules for both."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from haji_portal.jemaah.nik import periksa_nik, peringatan_nik
from haji_portal.jemaah.periksa import wajar

from .models.isian import Daftar

MAKS_ORANG = 50
"""People in one application: one letter of two or three pages, and one form of a size that a browser sends."""
AWAL, TAMBAH = 3, 5
"""Empty rows of a new page, and how many more a click brings."""
KOLOM = ("nik", "nama", "tempat_lahir", "tanggal_lahir", "hubungan")
LABEL = {
    "nik": "NIK", "nama": "Nama lengkap", "tempat_lahir": "Tempat lahir", "tanggal_lahir": "Tanggal lahir",
    "hubungan": "Keterangan",
}  # fmt: skip
PANJANG = {"nik": 16, "nama": 120, "tempat_lahir": 60, "tanggal_lahir": 10, "hubungan": 60}
WAJIB = ("nik", "nama", "tempat_lahir", "tanggal_lahir")
Baris = dict[str, str]


class TabelPeserta(forms.Widget):
    """`peserta-0-nik`, `peserta-0-nama`, ... from a page; a JSON array under the field's own name from a program."""

    template_name = "rekomendasi/_tabel_peserta.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.galat: dict[int, dict[str, str]] = {}
        self.kosong = 0

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if name in data:
            return data.get(name)
        nomor = {n.split("-")[1] for n in data if n.startswith(f"{name}-") and n.count("-") == 2}
        urut = sorted(int(n) for n in nomor if n.isascii() and n.isdigit() and len(n) <= 4)
        return json.dumps([{k: data.get(f"{name}-{ke}-{k}", "") for k in KOLOM} for ke in urut])

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and not any(n.startswith(f"{name}-") for n in data)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        konteks = super().get_context(name, None, attrs)
        baris = _urai(value)
        baris += [dict.fromkeys(KOLOM, "")] * max(min(self.kosong, MAKS_ORANG - len(baris)), AWAL - len(baris), 0)
        konteks["widget"]["kepala"] = LABEL.values()
        konteks["widget"]["penuh"] = len(baris) >= MAKS_ORANG
        konteks["widget"]["baris"] = [self._baris(name, ke, satu) for ke, satu in enumerate(baris)]
        return konteks

    def _baris(self, name: str, ke: int, isi: Mapping[str, Any]) -> dict[str, Any]:
        galat = self.galat.get(ke, {})
        sel = [
            {
                "nama": f"{name}-{ke}-{k}", "id": f"id_{name}-{ke}-{k}", "label": LABEL[k], "kode": k,
                "nilai": str(isi.get(k) or ""), "panjang": PANJANG[k], "galat": galat.get(k, ""),
            }
            for k in KOLOM
        ]  # fmt: skip
        return {"nomor": ke + 1, "sel": sel, "galat": galat.get("", "")}


class BidangPeserta(forms.Field):
    """A Daftar, of at least one person where required. Empty rows are skipped; one wrong row refuses all."""

    widget = TabelPeserta
    skema_json = {
        "type": "array", "maxItems": MAKS_ORANG,
        "items": {
            "type": "object", "required": list(WAJIB), "additionalProperties": False,
            "properties": {
                "nik": {"type": "string", "pattern": "^[0-9]{16}$"},
                "nama": {"type": "string", "minLength": 1, "maxLength": 120},
                "tempat_lahir": {"type": "string", "minLength": 1, "maxLength": 60},
                "tanggal_lahir": {"type": "string", "format": "date"},
                "hubungan": {"type": "string", "maxLength": 60},
            },
        },
    }  # fmt: skip

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": "Orang yang dimintakan rekomendasi"} | kwargs)
        self.peringatan: list[str] = []

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else json.dumps(value or [])

    def clean(self, value: Any) -> Daftar:
        tabel: Any = self.widget
        self.peringatan = []
        baris, galat = _urai(value), dict[int, dict[str, str]]()
        orang: list[dict[str, Any]] = []
        for ke, satu in enumerate(baris):
            if not any(str(v or "").strip() for v in satu.values()):
                continue
            bersih, salah = bersihkan(satu)
            if not salah and any(bersih["nik"] == lain["nik"] for lain in orang):
                salah = {"nik": "NIK ini sudah ada pada baris sebelumnya."}
            if salah:
                galat[ke] = salah
            else:
                orang.append(bersih)
                self.peringatan += [f"Orang {ke + 1}: {p}" for p in _periksa_mata(bersih)]
        tabel.galat = galat
        if galat:
            raise ValidationError([_kalimat(ke, salah) for ke, salah in sorted(galat.items())])
        if not orang and self.required:
            raise ValidationError("Isi sedikitnya satu orang.")
        if len(orang) > MAKS_ORANG:
            raise ValidationError(
                f"Satu permohonan paling banyak {MAKS_ORANG} orang. Bagi menjadi beberapa permohonan."
            )
        return Daftar(tuple(orang))


def _urai(value: Any) -> list[Baris]:
    """Rows of whatever was sent; what has not the shape of rows is none."""
    try:
        isi = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return []
    if not isinstance(isi, list):
        return []
    return [{k: _teks(satu.get(k)) for k in KOLOM} for satu in isi[: MAKS_ORANG + 1] if isinstance(satu, dict)]


def _teks(nilai: Any) -> str:
    return nilai.replace("\x00", "") if isinstance(nilai, str) else "" if nilai is None else str(nilai)


def bersihkan(satu: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """A row as it is stored, and {column: sentence} of what is wrong with it."""
    isi: dict[str, Any] = {k: " ".join(satu[k].split()) for k in KOLOM}
    galat = {k: f"{LABEL[k]} belum diisi." for k in WAJIB if not isi[k]}
    galat |= {k: f"Paling banyak {PANJANG[k]} huruf." for k in KOLOM if len(isi[k]) > PANJANG[k]}
    if "nik" not in galat:
        try:
            periksa_nik(isi["nik"])
        except ValueError as salah:
            galat["nik"] = str(salah)
    if "tanggal_lahir" not in galat:
        isi["tanggal_lahir"], salah_hari = _hari(isi["tanggal_lahir"])
        galat |= {"tanggal_lahir": salah_hari} if salah_hari else {}
    return isi, galat


def _hari(teks: str) -> tuple[Any, str]:
    try:
        hari = forms.DateField().clean(teks)
        if hari >= timezone.localdate():
            return None, "Tanggal lahir harus sebelum hari ini."
        return wajar(hari), ""
    except ValidationError as galat:
        kalimat = " ".join(galat.messages)
        return None, kalimat if "Tahun" in kalimat else "Tanggal lahir tidak terbaca. Tulis seperti 17-08-1970."


def _kalimat(ke: int, salah: Mapping[str, str]) -> str:
    return f"Orang {ke + 1}: {' '.join(salah.values())}"


def _periksa_mata(orang: Mapping[str, Any]) -> list[str]:
    """What the officer should compare with the KTP once more; it stops nobody."""
    lihat = peringatan_nik(orang["nik"], orang["tanggal_lahir"], None)
    if orang["nik"].endswith("000"):
        lihat.append("NIK berakhir dengan nol; Excel kadang memotong angka terakhir. Cocokkan dengan KTP.")
    return lihat
