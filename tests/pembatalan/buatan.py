"""Cancellations for the tests of letters and journals: the invented ones, with names and sums that a test asks for."""

from __future__ import annotations

from typing import Any

from haji_portal.akun.models import Kantor
from haji_portal.alur.posisi import langkah_berikut
from haji_portal.jemaah.models import Jemaah, Rekening, Setoran
from haji_portal.meja.contoh import Pelaksana
from pembatalan import contoh
from pembatalan.models import Pembatalan
from pembatalan.tahap import Sebab

NAMA_PANJANG = "Baiq Nurul Hidayati Kusumaningrum Wulandari Ratnasari Puspitaningtyas binti Lalu Muhammad"
WARIS = {"sebab": Sebab.MENINGGAL, "nama_pengaju": "Lalu Muhammad Zulkarnain Wirajaya"}
"""Fields of a case that an heir files."""


def buat_batal(
    kantor: Kantor, urut: int, *, jumlah: int = 0, jemaah: dict[str, Any] | None = None, **isian: Any
) -> Pembatalan:
    """A cancellation, just opened. jumlah: of its first deposit; jemaah: fields of the pilgrim; isian: of the case."""
    sebab = isian.pop("sebab", Sebab.SENDIRI)
    perkara = contoh.buka_contoh(kantor, urut, sebab=sebab, **isian).perkara
    if jemaah:
        Jemaah.objects.filter(pk=perkara.pemohon_id).update(**jemaah)
    if nama := isian.get("nama_pengaju"):
        Rekening.objects.filter(pk=perkara.rekening_id).update(atas_nama=nama.upper())
    if jumlah:
        Setoran.objects.filter(pk=perkara.setoran_id).update(jumlah=jumlah)
    return Pembatalan.objects.get(pk=perkara.pk)


def sampai(pelaksana: Pelaksana, perkara: Pembatalan, tahap: str) -> Pembatalan:
    """Bring a case to a status along its own table."""
    while perkara.tahap != tahap:
        langkah = langkah_berikut(perkara)
        perkara = pelaksana.lakukan(perkara, langkah.nama, contoh.isian(perkara, langkah.nama)).perkara
    return perkara
