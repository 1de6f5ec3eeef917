"""Addresses of kinds of cases; not every kind has every page."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse


def alamat_perkara(jenis: str, halaman: str, *args: str) -> str:
    """The address of a page of this kind of case (`daftar`, `buat`, `waktu`, ...), "" when the kind has none."""
    try:
        return reverse(f"{jenis}:{halaman}", args=args)
    except NoReverseMatch:
        return ""
