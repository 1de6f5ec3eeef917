"""Conditions of a refund's steps, each with its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from haji_portal.alur.deklarasi import syarat

if TYPE_CHECKING:
    from .models import Pengembalian


@syarat("SPM belum dicatat.")
def spm_tercatat(p: Pengembalian) -> bool:
    return bool(p.nomor_spm and p.nilai_manfaat is not None)


@syarat("Transfer belum dicatat.")
def transfer_tercatat(p: Pengembalian) -> bool:
    return bool(p.rujukan_bank and p.tanggal_transfer)


@syarat("Belum ada usulan bahwa dana sampai di rekening.")
def usulan_terkirim(p: Pengembalian) -> bool:
    return p.hasil_usulan == "terkirim" and p.nilai_manfaat is not None


@syarat("Belum ada usulan bahwa dana tidak terkirim.")
def usulan_tidak_terkirim(p: Pengembalian) -> bool:
    return p.hasil_usulan == "tidak"
