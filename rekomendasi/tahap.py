"""The statuses of a recommendation and what they mean to people, at the desk and to the applicant."""

from __future__ import annotations

from django.db import models

from haji_portal.alur.models import Tahap


class Tujuan(models.TextChoices):
    """What the passport is for, and thereby which licence the organiser needs."""

    UMRAH = "umrah", "Umrah"
    HAJI_KHUSUS = "haji-khusus", "Haji khusus"


class Status(models.TextChoices):
    DIPERIKSA = "diperiksa", "Berkas diperiksa FO"
    DIKEMBALIKAN = "dikembalikan", "Dikembalikan untuk dilengkapi"
    DIVERIFIKASI = "diverifikasi", "Kebenaran berkas diverifikasi BO"
    MENUNGGU_TTD = "menunggu_ttd", "Menunggu tanda tangan"
    DITANDATANGANI = "ditandatangani", "Surat ditandatangani"
    SIAP_DIAMBIL = "siap_diambil", "Surat di loket pengambilan"
    SIAP_DIKEMBALIKAN = "siap_dikembalikan", "Berkas dikembalikan lewat loket pengambilan"
    MENUNGGU_SK = "menunggu_sk", "Dikembalikan, menunggu SK yang berlaku"
    SELESAI = "selesai", "Selesai"
    TIDAK_DIPROSES = "tidak_diproses", "Tidak diproses"
    DITOLAK = "ditolak", "Ditolak"
    DICABUT = "dicabut", "Dicabut pemohon"


BELUM_SERAH = [
    Status.DIPERIKSA, Status.DIKEMBALIKAN, Status.DIVERIFIKASI, Status.MENUNGGU_TTD, Status.DITANDATANGANI,
    Status.SIAP_DIAMBIL, Status.SIAP_DIKEMBALIKAN, Status.MENUNGGU_SK,
]  # fmt: skip
"""Until the letter is in the applicant's hands, the application can be taken back."""
PERIKSA, VERIFIKASI, SURAT, AMBIL, SELESAI = PUBLIK = (
    "Berkas diperiksa",
    "Kebenaran berkas diverifikasi",
    "Surat rekomendasi dibuat",
    "Surat siap diambil",
    "Selesai",
)
TAHAP: dict[str, Tahap] = {
    Status.DIPERIKSA: Tahap("Berkas diperiksa FO", PERIKSA),
    Status.DIKEMBALIKAN: Tahap(
        "Dikembalikan untuk dilengkapi", PERIKSA, pihak="pemohon", menunggu="pemohon melengkapi berkas"
    ),
    Status.DIVERIFIKASI: Tahap("Kebenaran berkas diverifikasi BO", VERIFIKASI),
    Status.MENUNGGU_TTD: Tahap("Menunggu tanda tangan", SURAT),
    Status.DITANDATANGANI: Tahap("Surat ditandatangani", SURAT),
    Status.SIAP_DIAMBIL: Tahap(
        "Surat di loket pengambilan", AMBIL,
        ajakan="Surat rekomendasi sudah di loket pengambilan. Datanglah saat nomor antrean Anda dipanggil, atau pada "
        "jam layanan, dengan KTP asli dan tanda terima berkas.",
    ),
    Status.SIAP_DIKEMBALIKAN: Tahap(
        "Berkas dikembalikan lewat loket pengambilan", VERIFIKASI,
        ajakan="Berkas Anda belum dapat diproses. Ambil kembali berkasnya dengan catatan alasan di loket pengambilan.",
    ),
    Status.MENUNGGU_SK: Tahap(
        "Dikembalikan, menunggu SK yang berlaku", VERIFIKASI, pihak="pemohon",
        menunggu="pemohon membawa SK penyelenggara yang berlaku",
        ajakan="Bawa salinan SK penyelenggara yang masih berlaku ke loket; permohonan Anda dilanjutkan dari sini.",
    ),
    Status.SELESAI: Tahap("Selesai", SELESAI, akhir=True),
    Status.TIDAK_DIPROSES: Tahap("Tidak diproses", "Tidak diproses", akhir=True),
    Status.DITOLAK: Tahap("Ditolak", "Ditolak", akhir=True),
    Status.DICABUT: Tahap("Dicabut pemohon", "Dicabut", akhir=True),
}  # fmt: skip
