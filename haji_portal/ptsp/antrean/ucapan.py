"""A call in words, as the screen at the waiting room speaks it."""

from __future__ import annotations

from haji_portal.alur.tampil_waktu import terbilang

from ..models import Loket, Tiket


def ucapan(tiket: Tiket, loket: Loket) -> str:
    """'Nomor antrean A, nol, dua belas, silakan ke loket dua.'"""
    digit = f"{tiket.nomor:03d}"
    nol = ["nol"] * (len(digit) - len(digit.lstrip("0")))
    tempat = loket.nama or f"loket {terbilang(loket.nomor)}"
    return f"Nomor antrean {', '.join([tiket.huruf, *nol, terbilang(tiket.nomor)])}, silakan ke {tempat}."
