"""Invented scans and portraits for the demo and the contract tests of every service."""

from __future__ import annotations

import io
import random
from functools import lru_cache

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from .simpan import BerkasTersimpan, FotoTersimpan, salin, simpan_foto, simpan_potret, simpan_unggahan


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


@lru_cache(maxsize=256)
def _pdf_bersih(judul: str, _gudang: object) -> BerkasTersimpan:
    return simpan_unggahan(SimpleUploadedFile("pindaian.pdf", gambar_pdf(judul), "application/pdf"))


def gambar_foto(benih: int = 0, latar: str | tuple[int, int, int] = "white") -> bytes:
    """A drawn portrait on white (JPEG, 900x1200 px), odd numbers a woman: no photo of a real person in the demo."""
    acak = random.Random(benih)
    terang = acak.randrange(36)
    kulit = (198 + terang, 152 + terang, 116 + terang)
    gambar = Image.new("RGB", (900, 1200), latar)
    pena = ImageDraw.Draw(gambar)
    baju = (40 + acak.randrange(60), 90 + acak.randrange(60), 70 + acak.randrange(80))
    pena.rounded_rectangle((60, 930, 840, 1400), 180, fill=baju)
    pena.rectangle((370, 820, 530, 980), fill=kulit)
    if benih % 2:
        pena.ellipse((150, 60, 750, 1010), fill=tuple(c + 60 for c in baju))
    else:
        pena.ellipse((215, 90, 685, 600), fill=(38, 32, 30))
    pena.ellipse((235, 150, 665, 900), fill=kulit)
    for x in (350, 550):
        pena.ellipse((x - 26, 470, x + 26, 500), fill="white")
        pena.ellipse((x - 12, 472, x + 12, 498), fill=(40, 30, 30))
    pena.arc((380, 620, 520, 740), 20, 160, fill=(150, 80, 80), width=9)
    pena.line((450, 520, 438, 610, 462, 612), fill=tuple(c - 40 for c in kulit), width=6)
    return jpeg(gambar)


def foto_contoh(benih: int = 0) -> FotoTersimpan:
    """A portrait of its own for one case; cleaned once, copied afterwards."""
    asal = _foto_bersih(benih, settings.HAJI_PRIVAT)
    return FotoTersimpan(salin(asal.asli), salin(asal.foto_3x4), salin(asal.foto_4x6))


@lru_cache(maxsize=32)
def _foto_bersih(benih: int, _gudang: object) -> FotoTersimpan:
    return simpan_foto(SimpleUploadedFile("foto.jpg", gambar_foto(benih), "image/jpeg"))


def potret_contoh(benih: int = 0) -> BerkasTersimpan:
    """A photo of oneself as it is kept of an applicant from outside; cleaned once, copied afterwards."""
    return salin(_potret_bersih(benih, settings.HAJI_PRIVAT))


@lru_cache(maxsize=32)
def _potret_bersih(benih: int, _gudang: object) -> BerkasTersimpan:
    return simpan_potret(SimpleUploadedFile("foto.jpg", gambar_foto(benih), "image/jpeg"))


def jpeg(gambar: Image.Image) -> bytes:
    """As phones store it."""
    isi = io.BytesIO()
    gambar.save(isi, "JPEG", quality=88)
    return isi.getvalue()
