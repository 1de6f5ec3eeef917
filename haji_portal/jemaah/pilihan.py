"""Lists of the SPPH form that are data, not code: `data/<nama>.yaml`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from haji_portal.berkas_yaml import baca_yaml

NAMA = ("pendidikan", "pekerjaan", "golongan_darah", "bank")


@lru_cache(maxsize=len(NAMA))
def pilihan(nama: str) -> tuple[tuple[str, str], ...]:
    """The entries of one list as choices for a form field, in the order of the file; ValueError for an unknown list."""
    if nama not in NAMA:
        raise ValueError(f"Daftar pilihan tidak dikenal: {nama}")
    isi = baca_yaml(Path(__file__).parent / "data" / f"{nama}.yaml")
    return tuple((entri, entri) for entri in isi)


class PilihAtauKetik(forms.TextInput):
    """A text field that proposes a list (`<datalist>`): the lists are starting lists, other values are typed."""

    def __init__(self, nama: str, attrs: dict[str, Any] | None = None) -> None:
        self.daftar = nama
        super().__init__({"list": f"daftar-{nama}", "autocomplete": "off"} | (attrs or {}))

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        isian = super().render(name, value, attrs, renderer)
        opsi = format_html_join("", '<option value="{}"></option>', ((nilai,) for nilai, _ in pilihan(self.daftar)))
        return format_html('{}<datalist id="daftar-{}">{}</datalist>', isian, self.daftar, opsi)


def kata_pilihan_kosong(form: forms.BaseForm) -> None:
    """Django writes a row of dashes for "nothing chosen yet"; a screen reader reads them out one by one."""
    for bidang in form.fields.values():
        if isinstance(bidang, forms.TypedChoiceField):
            lama: Any = bidang.choices
            bidang.choices = [(nilai, label if nilai else "Pilih") for nilai, label in lama]
