"""The three papers that the family itself writes, as forms to fill in: on the screen, or by hand on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation

from haji_portal.akun.models import Kantor
from haji_portal.surat.gambar import buat_pdf


@dataclass(frozen=True)
class Formulir:
    judul: str
    templat: str
    keterangan: str


FORMULIR = {
    "surat-kuasa": Formulir(
        "Surat kuasa penunjukan pelimpahan nomor porsi",
        "surat/formulir_kuasa.html",
        "Ditandatangani keluarga yang menunjuk penerima, diketahui kepala desa atau lurah.",
    ),
    "pernyataan": Formulir(
        "Surat pernyataan tanggung jawab mutlak",
        "surat/formulir_pernyataan.html",
        "Ditandatangani penerima di atas meterai Rp10.000.",
    ),
    "permohonan": Formulir(
        "Surat permohonan pelimpahan nomor porsi",
        "surat/formulir_permohonan.html",
        "Ditandatangani penerima, ditujukan kepada Kepala Kantor.",
    ),
}  # fmt: skip


def gambar_formulir(jenis: str, kantor: Kantor | None, isi: Mapping[str, str] | None = None) -> bytes:
    """One form as a PDF with fields; isi: what stands in them already, by the field's name. KeyError for no form."""
    formulir = FORMULIR[jenis]
    with translation.override("id"):
        html = render_to_string(formulir.templat, {"judul": formulir.judul, "kantor": kantor, "isi": isi or {}})
    return buat_pdf(html, isian=True)
