"""What the statuses of a request at the counter mean to staff and to the applicant."""

from __future__ import annotations

from django.db import models

from haji_portal.alur.models import Tahap


class Status(models.TextChoices):
    DITANYAKAN = "ditanyakan", "Layanan ditanyakan"
    MENUNGGU_BERKAS = "menunggu_berkas", "Menunggu berkas pemohon"
    DIPERIKSA = "diperiksa", "Berkas diperiksa"
    DIKEMBALIKAN = "dikembalikan", "Dikembalikan untuk dilengkapi"
    DIDISPOSISI = "didisposisi", "Menunggu disposisi Kepala"
    DI_KASUBAG = "di_kasubag", "Menunggu disposisi Kasubag"
    DIPROSES = "diproses", "Diproses seksi"
    LAYANAN_BERJALAN = "layanan_berjalan", "Permohonan layanan berjalan"
    PRODUK_JADI = "produk_jadi", "Produk jadi, menunggu PTSP"
    SIAP_DIAMBIL = "siap_diambil", "Produk siap diambil"
    SELESAI = "selesai", "Produk diterima pemohon"
    DITOLAK = "ditolak", "Ditolak"
    DIHENTIKAN = "dihentikan", "Tidak dilanjutkan pemohon"


TANYA, BERKAS, PERIKSA, PIMPINAN = "Layanan dijelaskan", "Berkas diserahkan", "Berkas diperiksa", "Arahan pimpinan"
PROSES, SIAP, TERIMA = "Diproses seksi", "Produk siap diambil", "Produk diterima"
PUBLIK = (TANYA, BERKAS, PERIKSA, PIMPINAN, PROSES, SIAP, TERIMA)

TAHAP: dict[str, Tahap] = {
    Status.DITANYAKAN: Tahap("Layanan ditanyakan", TANYA),
    Status.MENUNGGU_BERKAS: Tahap(
        "Menunggu berkas pemohon", BERKAS, pihak="pemohon", menunggu="pemohon membawa berkas"
    ),
    Status.DIPERIKSA: Tahap("Berkas diperiksa", PERIKSA),
    Status.DIKEMBALIKAN: Tahap(
        "Dikembalikan untuk dilengkapi", PERIKSA, pihak="pemohon", menunggu="pemohon melengkapi berkas"
    ),
    Status.DIDISPOSISI: Tahap("Menunggu disposisi Kepala", PIMPINAN),
    Status.DI_KASUBAG: Tahap("Menunggu disposisi Kasubag", PIMPINAN),
    Status.DIPROSES: Tahap("Diproses seksi", PROSES),
    # The service's own case has the clocks of its own table, wherever the file goes from there.
    Status.LAYANAN_BERJALAN: Tahap(
        "Permohonan layanan berjalan", PROSES, pihak="mitra", menunggu="permohonan layanannya selesai"
    ),
    Status.PRODUK_JADI: Tahap("Produk jadi, menunggu PTSP", PROSES),
    Status.SIAP_DIAMBIL: Tahap(
        "Produk siap diambil", SIAP,
        ajakan="Produk layanan sudah jadi. Ambil di loket PTSP pada jam layanan dengan membawa tanda terima.",
    ),
    Status.SELESAI: Tahap("Selesai, produk diterima pemohon", TERIMA, akhir=True),
    Status.DITOLAK: Tahap("Ditolak", "Ditolak", akhir=True),
    Status.DIHENTIKAN: Tahap("Tidak dilanjutkan pemohon", "Tidak dilanjutkan", akhir=True),
}  # fmt: skip
