"""The statuses of a registration and what they mean to people, at the counter and by phone."""

from __future__ import annotations

from django.db import models

from haji_portal.alur.models import Perkara, Tahap


class Status(models.TextChoices):
    DIPERIKSA = "diperiksa", "Berkas diperiksa"
    DIKEMBALIKAN = "dikembalikan", "Dikembalikan untuk dilengkapi"
    DIREKAM = "direkam", "Data dan foto direkam"
    DIVERIFIKASI = "diverifikasi", "Menunggu tanda tangan"
    DITANDATANGANI = "ditandatangani", "SPH ditandatangani"
    SIAP_DISERAHKAN = "siap_diserahkan", "SPH siap diserahkan"
    SELESAI = "selesai", "Selesai"
    DITOLAK = "ditolak", "Ditolak"
    DICABUT = "dicabut", "Dicabut pemohon"


TAHAP: dict[str, Tahap] = {
    Status.DIPERIKSA: Tahap("Berkas diperiksa", "Berkas diperiksa"),
    Status.DIKEMBALIKAN: Tahap(
        "Dikembalikan untuk dilengkapi", "Berkas diperiksa", pihak="pemohon", menunggu="pemohon melengkapi berkas"
    ),
    Status.DIREKAM: Tahap("Data dan foto direkam", "Data dan foto direkam"),
    Status.DIVERIFIKASI: Tahap("Menunggu tanda tangan", "Menunggu tanda tangan pejabat"),
    Status.DITANDATANGANI: Tahap("SPH ditandatangani", "Surat disiapkan"),
    Status.SIAP_DISERAHKAN: Tahap(
        "SPH siap diserahkan",
        "Surat siap diambil",
        ajakan="Surat Anda sudah jadi. Ambil di loket pada jam layanan dengan membawa tanda terima dan KTP.",
    ),
    Status.SELESAI: Tahap("Selesai, SPH diterima jemaah", "Surat diterima jemaah", akhir=True),
    Status.DITOLAK: Tahap("Ditolak", "Ditolak", akhir=True),
    Status.DICABUT: Tahap("Dicabut pemohon", "Dicabut", akhir=True),
}
PUBLIK = (
    "Berkas diperiksa",
    "Data dan foto direkam",
    "Menunggu tanda tangan pejabat",
    "Surat disiapkan",
    "Surat siap diambil",
    "Surat diterima jemaah",
)
TAHAP_SALURAN: dict[str, dict[str, Tahap]] = {
    Perkara.Saluran.ELEKTRONIK: {
        Status.DIKEMBALIKAN: Tahap(
            "Dikembalikan untuk diperbaiki", "Berkas diperiksa", pihak="pemohon",
            menunggu="pemohon memperbaiki unggahan",
            ajakan="Sekarang giliran Anda. Unggah lagi berkas yang disebut di bawah ini, atau bawa ke kantor pada "
            "jam layanan. Berkas lain tidak perlu diunggah lagi.",
        ),
        Status.DIREKAM: Tahap("Data direkam", "Data direkam"),
        Status.DITANDATANGANI: Tahap("SPH ditandatangani, akan disampaikan", "SPH disampaikan", senyap=True),
        Status.SELESAI: Tahap("Selesai, SPH disampaikan", "SPH disampaikan", akhir=True, lampiran="sph"),
    }
}  # fmt: skip
PUBLIK_SALURAN: dict[str, tuple[str, ...]] = {
    Perkara.Saluran.ELEKTRONIK: (
        "Berkas diperiksa", "Data direkam", "Menunggu tanda tangan pejabat", "SPH disampaikan",
    )
}  # fmt: skip
