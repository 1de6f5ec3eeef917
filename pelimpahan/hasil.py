"""The answer to a step for many recipients of a day: a page at once, or line by line while it runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import render

from haji_portal.akun.akses import PermintaanPetugas
from haji_portal.meja.aliran import ALIRKAN, alirkan
from haji_portal.meja.borongan import HasilSatu

from .models import HariWawancara

TEMPLAT = "pelimpahan/jadwal_hasil.html"


def jawab_hasil(
    request: PermintaanPetugas,
    hari: HariWawancara,
    judul: str,
    sebut: str,
    jalan: Iterator[HasilSatu],
    banyak: int,
    asing: int = 0,
) -> HttpResponseBase:
    """judul: what was done, in a noun; sebut: what is being done; asing: cases that were not found in the scope."""
    konteks: dict[str, Any] = {
        "judul_kerja": judul, "sebut": sebut, "sisa_di": "hari wawancara ini", "hari": hari, "asing": asing,
        "menu": "wawancara",
    }  # fmt: skip
    if banyak >= ALIRKAN:
        return alirkan(request, TEMPLAT, konteks, jalan, banyak)
    hasil = list(jalan)
    beres = sum(h.berhasil for h in hasil)
    if beres == len(hasil) == 1:
        messages.success(request, f"{hasil[0].nomor}: {hasil[0].kalimat}")
    return render(request, TEMPLAT, konteks | {"hasil": hasil, "beres": beres})
