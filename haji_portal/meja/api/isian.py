"""Django forms as JSON: what they ask (for people, and as JSON Schema), and JSON values as the data they take."""

from __future__ import annotations

import json
import re
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict

from .galat import IsianDitolak

TAK_DIKENAL = "Isian ini tidak dikenal."
PALING_BANYAK_PILIHAN = 300
HARI = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
SALAH_JENIS = {
    "string": "Kirim teks.",
    "integer": "Kirim bilangan bulat.",
    "number": "Kirim bilangan.",
    "boolean": "Kirim true atau false.",
    "array": "Kirim daftar.",
    "object": "Kirim objek.",
    "tanggal": "Kirim tanggal sebagai TTTT-BB-HH.",
}


def skema_bidang(bidang: forms.Field) -> dict[str, Any]:
    """JSON Schema of one field, as far as the form's declaration knows; its own rules come on top (422)."""
    if skema := getattr(bidang, "skema_json", None):
        return dict(skema)  # a field that takes rows says itself what they hold
    if isinstance(bidang, forms.FileField):
        return {"type": "string", "format": "binary"}
    if isinstance(bidang, forms.BooleanField):
        return {"type": "boolean", "enum": [True]} if bidang.required else {"type": "boolean"}
    if isinstance(bidang, forms.ModelMultipleChoiceField):
        return {"type": "array", "items": {"type": "integer", "minimum": 1}}
    if isinstance(bidang, forms.MultipleChoiceField):
        return {"type": "array", "items": _skema_pilihan(bidang)}
    if isinstance(bidang, forms.ModelChoiceField):
        return {"type": "string", "minLength": 1} if bidang.to_field_name else {"type": "integer", "minimum": 1}
    if isinstance(bidang, forms.ChoiceField):
        return _skema_pilihan(bidang)
    if isinstance(bidang, forms.IntegerField):
        batas: dict[str, Any] = {"minimum": bidang.min_value, "maximum": bidang.max_value}
        jenis = "number" if isinstance(bidang, forms.FloatField | forms.DecimalField) else "integer"
        return {"type": jenis} | {k: float(v) if jenis == "number" else v for k, v in batas.items() if v is not None}
    return _skema_teks(bidang)


def _skema_teks(bidang: forms.Field) -> dict[str, Any]:
    hasil: dict[str, Any] = {"type": "string"}
    for kelas, bentuk in ((forms.DateField, "date"), (forms.EmailField, "email")):
        if isinstance(bidang, kelas):
            hasil["format"] = bentuk
    terpendek = getattr(bidang, "min_length", None) or (1 if bidang.required else 0)
    if "format" not in hasil:
        hasil |= {"minLength": terpendek} if terpendek else {}
    if terpanjang := getattr(bidang, "max_length", None):
        hasil["maxLength"] = terpanjang
    for satu in bidang.validators:
        if isinstance(satu, RegexValidator) and not satu.inverse_match and not satu.flags and "format" not in hasil:
            # JSON Schema speaks ECMA 262, which has no \Z.
            hasil["pattern"] = re.compile(satu.regex).pattern.replace(r"\Z", "$")
    return hasil


def _skema_pilihan(bidang: Any) -> dict[str, Any]:
    """One of the choices; where only a case knows them (its free slots, its documents), any text."""
    nilai = _nilai(bidang)
    return {"type": "string", "enum": nilai} if any(nilai) else {"type": "string"}


def _nilai(bidang: Any) -> list[str]:
    return [str(nilai) for nilai, _ in _datar(bidang.choices) if str(nilai) or not bidang.required]


def _datar(pilihan: Any) -> list[tuple[Any, Any]]:
    hasil: list[tuple[Any, Any]] = []
    for nilai, label in pilihan:
        hasil += _datar(label) if isinstance(label, list | tuple) else [(nilai, label)]
    return hasil


def uraikan(form: forms.BaseForm | None) -> list[dict[str, Any]]:
    """Every field of a form for a program that shows it to a person."""
    return [] if form is None else [_uraikan(nama, bidang) for nama, bidang in form.fields.items()]


def _uraikan(nama: str, bidang: forms.Field) -> dict[str, Any]:
    hasil = {
        "nama": nama,
        "label": str(bidang.label or nama),
        "wajib": bidang.required,
        "bantuan": str(bidang.help_text),
        "skema": skema_bidang(bidang),
        "pilihan": [],
    }
    if isinstance(bidang, forms.ChoiceField | forms.ModelChoiceField):
        semua = _datar(bidang.choices)[:PALING_BANYAK_PILIHAN]
        hasil["pilihan"] = [{"nilai": str(n), "label": str(label)} for n, label in semua if str(n)]
    return hasil


def skema_form(bidang: dict[str, forms.Field], pola: dict[str, forms.Field] | None = None) -> dict[str, Any]:
    """JSON Schema of a form's data. pola: fields whose names depend on the case, by regular expression."""
    hasil: dict[str, Any] = {
        "type": "object",
        "properties": {n: _berlabel(b) for n, b in bidang.items()},
        "additionalProperties": False,
    }
    if wajib := [n for n, b in bidang.items() if b.required]:
        hasil["required"] = wajib
    if pola:
        hasil["patternProperties"] = {n: _berlabel(b) for n, b in pola.items()}
    return hasil


def _berlabel(bidang: forms.Field) -> dict[str, Any]:
    teks = " ".join(str(t) for t in (bidang.label, bidang.help_text) if t)
    return skema_bidang(bidang) | ({"description": teks} if teks else {})


def data_form(form_kosong: forms.BaseForm, data: Any, berkas: Any = None) -> QueryDict:
    """What was sent as form data. Raises 422 for unknown names and for JSON values of another type."""
    dari_json = not hasattr(data, "lists")
    galat = {str(n): [TAK_DIKENAL] for n in [*data, *(berkas or ())] if n not in form_kosong.fields}
    hasil = QueryDict(mutable=True)
    for nama in data:
        if nama in galat:
            continue
        bidang = form_kosong.fields[nama]
        if not dari_json:
            hasil.setlist(nama, data.getlist(nama))
        elif salah := _salah_jenis(bidang, data[nama]):
            galat[nama] = [salah]
        elif hasattr(bidang, "skema_json"):
            hasil[nama] = json.dumps(data[nama])
        else:
            hasil.setlist(nama, _teks(data[nama]))
    if galat:
        raise IsianDitolak(galat)
    return hasil


def _salah_jenis(bidang: forms.Field, nilai: Any) -> str:
    skema = skema_bidang(bidang)
    jenis = str(skema["type"])
    if skema.get("format") == "binary":
        return "Kirim berkas sebagai multipart/form-data."
    if jenis == "array":
        if not isinstance(nilai, list):
            return SALAH_JENIS["array"]
        butir = str(skema["items"]["type"])
        return "" if all(_cocok(butir, n) for n in nilai) else SALAH_JENIS[butir]
    if not _cocok(jenis, nilai):
        return SALAH_JENIS[jenis]
    if skema.get("format") == "date" and nilai and not HARI.fullmatch(nilai):
        return SALAH_JENIS["tanggal"]
    return ""


def _cocok(jenis: str, nilai: Any) -> bool:
    if jenis == "boolean" or isinstance(nilai, bool):
        return jenis == "boolean" and isinstance(nilai, bool)
    if jenis == "integer":
        # 5.0 is an integer of JSON.
        return isinstance(nilai, int) or (isinstance(nilai, float) and nilai.is_integer())
    if jenis == "number":
        return isinstance(nilai, int | float)
    if jenis == "object":
        return isinstance(nilai, dict)
    return isinstance(nilai, str)


def _teks(nilai: Any) -> list[str]:
    semua = nilai if isinstance(nilai, list) else [nilai]
    return [str(n).lower() if isinstance(n, bool) else str(int(n)) if _bulat(n) else str(n) for n in semua]


def _bulat(nilai: Any) -> bool:
    return isinstance(nilai, float) and nilai.is_integer()


def galat_form(form: forms.BaseForm) -> IsianDitolak:
    """The sentences of an invalid form."""
    return IsianDitolak({nama: [str(k) for k in daftar] for nama, daftar in form.errors.items()})
