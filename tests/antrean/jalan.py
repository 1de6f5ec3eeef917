"""Officers at desks, and visitors who take numbers."""

from __future__ import annotations

import itertools

from haji_portal.akun.models import Kantor, Pengguna
from haji_portal.alur.pelaku import Petugas
from haji_portal.ptsp.antrean.ambil import ambil
from haji_portal.ptsp.antrean.panggil import duduk
from haji_portal.ptsp.models import LayananAntrean, Loket, Tiket


def oleh(akun: str) -> Petugas:
    orang = Pengguna.objects.get(username=akun)
    return Petugas(orang, orang.penugasan_berlaku()[0])


def layanan(kantor: Kantor, huruf: str = "A") -> LayananAntrean:
    return LayananAntrean.objects.get(kantor=kantor, huruf=huruf)


_kunci = itertools.count()


def nomor(kantor: Kantor, huruf: str = "A", prioritas: str = "", **lain) -> Tiket:
    return ambil(layanan(kantor, huruf), kunci=f"uji-{next(_kunci)}", prioritas=prioritas, **lain)


def di_meja(akun: str, nomor_loket: int = 1) -> tuple[Loket, Petugas]:
    """An officer who has sat down at a desk of the own office."""
    siapa = oleh(akun)
    return duduk(Loket.objects.get(kantor=siapa.penugasan.kantor, nomor=nomor_loket), oleh=siapa), siapa
