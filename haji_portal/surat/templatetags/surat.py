"""Filters for letter templates; they only format, what they return is escaped like everything else."""

from __future__ import annotations

from decimal import Decimal

from django import template

from ..gambar import data_uri_gambar

register = template.Library()


@register.filter
def data_uri(isi: bytes | None) -> str:
    """Photo bytes (JPEG or PNG) as a data URI for <img src>; other bytes and None give an empty string."""
    return data_uri_gambar(isi)


@register.filter
def rupiah(jumlah: Decimal | int | None) -> str:
    """`Rp25.000.000`; whole rupiah."""
    return "" if jumlah is None else f"Rp{int(jumlah):,}".replace(",", ".")


@register.filter
def kelompok(angka: str, banyak: int = 4) -> str:
    """Digits in groups, easier to read aloud: `5204 1234 ...`."""
    teks = str(angka or "")
    return " ".join(teks[i : i + banyak] for i in range(0, len(teks), banyak))
