"""Where a refund can stand, and what a late answer may still fill in."""

from __future__ import annotations

from django.db import models

from haji_portal.alur.models import Tahap

# What a late answer may fill in -> the movement that fixes it.
RINCIAN = {
    "nomor_spm": "spm", "tanggal_spm": "spm", "nilai_manfaat": "spm", "rujukan_bank": "transfer",
    "bank_rujukan": "transfer", "tanggal_transfer": "transfer", "tanggal_terima": "terima",
}  # fmt: skip


class Status(models.TextChoices):
    """Of a refund. *Gagal*, *retur* and *dihentikan* are three ends without money in the account."""

    DISIAPKAN = "disiapkan", "Rekening diperiksa kantor"
    DIPERIKSA = "diperiksa", "Diperiksa Direktorat"
    DIUSULKAN = "diusulkan", "Menunggu persetujuan Direktur"
    DIAJUKAN = "diajukan", "Diajukan kepada BPKH"
    SPM_TERBIT = "spm_terbit", "SPM terbit"
    DITRANSFER = "ditransfer", "Ditransfer bank"
    BELUM_PASTI = "belum_pasti", "Belum pasti"
    DITERIMA = "diterima", "Diterima"
    GAGAL = "gagal", "Gagal, ditolak mitra"
    RETUR = "retur", "Retur, dana kembali"
    DIHENTIKAN = "dihentikan", "Dihentikan, belum pernah dikirim"


class Hasil(models.TextChoices):
    """How a payment ended, as one person says before another confirms it."""

    TERKIRIM = "terkirim", "Dana sampai di rekening"
    TIDAK = "tidak", "Dana tidak terkirim"


TAHAP: dict[str, Tahap] = {
    Status.DISIAPKAN: Tahap("Rekening diperiksa kantor", ""),
    Status.DIPERIKSA: Tahap("Diperiksa Direktorat", "", pihak="pusat", menunggu="Direktorat memeriksa"),
    Status.DIUSULKAN: Tahap("Menunggu persetujuan Direktur", "", pihak="pusat", menunggu="persetujuan Direktur"),
    Status.DIAJUKAN: Tahap("Diajukan kepada BPKH", "", pihak="mitra", menunggu="BPKH menerbitkan SPM"),
    Status.SPM_TERBIT: Tahap("SPM terbit", "", pihak="mitra", menunggu="bank mentransfer dana"),
    Status.DITRANSFER: Tahap("Ditransfer bank", "", pihak="mitra", menunggu="bank memastikan dana diterima"),
    Status.BELUM_PASTI: Tahap("Belum pasti", "", pihak="mitra", menunggu="kepastian dari BPKH atau bank"),
    Status.DITERIMA: Tahap("Selesai, dana diterima", "", akhir=True),
    Status.GAGAL: Tahap("Gagal, dana tidak terkirim", "", akhir=True),
    Status.RETUR: Tahap("Berakhir, dana diretur", "", akhir=True),
    Status.DIHENTIKAN: Tahap("Dihentikan, belum pernah dikirim", "", akhir=True),
}
