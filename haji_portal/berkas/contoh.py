"""Invented scans for the demo and the contract tests of every service."""

from __future__ import annotations

import io
from functools import lru_cache

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from .simpan import BerkasTersimpan, salin, simpan_unggahan


def gambar_pdf(judul: str) -> bytes:
    """A one-page PDF with a line of text, standing for a scan."""
    gambar = Image.new("RGB", (1240, 1754), "white")
    pena = ImageDraw.Draw(gambar)
    pena.rectangle((80, 80, 1160, 1674), outline=(120, 120, 120), width=4)
    pena.text((140, 140), f"{judul} (contoh)", fill=(30, 30, 30), font_size=44)
    isi = io.BytesIO()
    gambar.save(isi, "PDF", resolution=150)
    return isi.getvalue()


def pdf_contoh(judul: str) -> BerkasTersimpan:
    """A stored scan that no case owns yet; cleaned once per title, copied afterwards."""
    return salin(_pdf_bersih(judul, settings.HAJI_PRIVAT))


@lru_cache(maxsize=16)
def _pdf_bersih(judul: str, _gudang: object) -> BerkasTersimpan:
    return simpan_unggahan(SimpleUploadedFile("pindaian.pdf", gambar_pdf(judul), "application/pdf"))
