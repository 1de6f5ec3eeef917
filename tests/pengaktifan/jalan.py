"""The way of a reactivation through its table, for the tests of this room."""

from __future__ import annotations

from typing import Any

from haji_portal.akun.models import Kantor
from haji_portal.alur.efek import sapu
from haji_portal.alur.posisi import langkah_berikut
from pembatalan import contoh as contoh_batal
from pengaktifan import contoh
from tests.kontrak.potret import segar

LT, KS = "lombok-timur", "kepulauan-seribu"


def kantor(slug: str = LT) -> Kantor:
    return Kantor.objects.get(slug=slug)


def buka(urut: int = 1, slug: str = LT, **isian: Any):
    return segar(contoh.buka_contoh(kantor(slug), urut, **isian).perkara)


def lakukan(pelaksana, p, nama: str, **data: Any):
    """One step, with what happens elsewhere before it."""
    contoh.siapkan(segar(p), nama)
    return segar(pelaksana.lakukan(segar(p), nama, contoh.isian(segar(p), nama) | data).perkara)


def langkahi(pelaksana, p, *nama: str):
    for satu in nama:
        p = lakukan(pelaksana, p, satu)
    return p


def sampai(pelaksana, p, tahap: str):
    while p.tahap != tahap:
        p = lakukan(pelaksana, p, langkah_berikut(p).nama)
    return p


def batal(pelaksana, urut: int = 3, slug: str = KS, sampai_tahap: str = "dibatalkan"):
    """A real cancellation of a porsi, by the short national table; `selesai`: with the money in the account."""
    p = segar(contoh_batal.buka_contoh(kantor(slug), urut, sebab="sendiri").perkara)
    while p.tahap != sampai_tahap:
        nama = langkah_berikut(p).nama
        contoh_batal.siapkan(pelaksana, p, nama)
        p = segar(pelaksana.lakukan(p, nama, contoh_batal.isian(p, nama)).perkara)
    return p


def kerjakan_efek() -> None:
    while sapu():
        pass
