"""Conditions on the steps of a request at the counter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from haji_portal.alur.apps import nama_perkara
from haji_portal.alur.deklarasi import syarat

if TYPE_CHECKING:
    from ..models import Pelayanan


def _kalimat_portal(p: Pelayanan) -> str:
    nama = nama_perkara(p.layanan)
    return f"Layanan ini dikerjakan di portal. Permohonannya dibuka petugas lewat “Buka permohonan {nama}” di sini."


@syarat(_kalimat_portal)
def layanan_kertas(p: Pelayanan) -> bool:
    return not p.layanan


@syarat("Layanan ini dikerjakan di atas kertas; tidak ada permohonan lain yang dibuka.")
def layanan_portal(p: Pelayanan) -> bool:
    return bool(p.layanan)


@syarat("Hanya untuk layanan yang permohonannya sendiri sudah selesai di portal.")
def layanan_tuntas(p: Pelayanan) -> bool:
    return bool(p.hasil_layanan)
