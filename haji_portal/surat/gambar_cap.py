"""The visible signature as a picture, for a service that takes no PDF page; same words as templates/surat/cap.html."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import segno
from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw, ImageFont

from .isi import Cap

TITIK_PER_MM = 12  # 305 dpi
LEBAR_MM, TINGGI_MM = 66, 25
GELAP, REDUP, HIJAU = "#14201a", "#2b3832", "#1c5a41"


@cache
def _huruf(tebal: str, ukuran: int) -> Any:
    berkas = finders.find(f"font/tinos/tinos-latin-{tebal}-normal.woff2")
    return ImageFont.truetype(str(berkas), ukuran)


def cap_png(cap: Cap) -> bytes:
    """A picture of 66 x 25 mm: QR of the verification page, name, position, number."""
    lebar, tinggi = LEBAR_MM * TITIK_PER_MM, TINGGI_MM * TITIK_PER_MM
    gambar = Image.new("RGB", (lebar, tinggi), "white")
    pena = ImageDraw.Draw(gambar)
    pena.rounded_rectangle((3, 3, lebar - 4, tinggi - 4), radius=16, outline=HIJAU, width=3)
    tepi = (tinggi - _tempel_qr(gambar, cap.alamat, tinggi - 48)) // 2
    kiri, kanan = tinggi + 8, lebar - 20
    atas = tepi
    for teks, tebal, ukuran, warna in (
        ("Ditandatangani secara elektronik oleh", "400", 27, REDUP),
        (cap.nama, "700", 36, GELAP),
        (cap.jabatan, "400", 27, REDUP),
        (f"Nomor {cap.nomor}", "400", 27, REDUP),
    ):
        huruf = _huruf(tebal, ukuran)
        for baris in _penggal(teks, huruf, kanan - kiri):
            pena.text((kiri, atas), baris, font=huruf, fill=warna)
            atas += round(ukuran * 1.22)
    tampung = io.BytesIO()
    gambar.save(tampung, "PNG", optimize=True)
    return tampung.getvalue()


def _tempel_qr(gambar: Image.Image, alamat: str, ruang: int) -> int:
    """Paste the QR, centred at the left, as large as whole pixels per module allow; returns its size."""
    qr = segno.make(alamat, error="m", micro=False)
    modul, _ = qr.symbol_size(border=0)
    tampung = io.BytesIO()
    qr.save(tampung, kind="png", border=0, scale=max(1, ruang // modul))
    petak = Image.open(io.BytesIO(tampung.getvalue())).convert("RGB")
    sisa = (gambar.height - petak.height) // 2
    gambar.paste(petak, (sisa, sisa))
    return petak.height


def _penggal(teks: str, huruf: Any, lebar: int) -> list[str]:
    """Break a text into lines no wider than `lebar` pixels; a single long word stays whole."""
    baris: list[str] = []
    for kata in teks.split():
        gabung = f"{baris[-1]} {kata}" if baris else kata
        if baris and huruf.getlength(gabung) <= lebar:
            baris[-1] = gabung
        else:
            baris.append(kata)
    return baris
