"""The statuses of a cancellation and what they mean to people, at the desk, at the centre and to the pilgrim."""

from __future__ import annotations

from django.db import models

from haji_portal.alur.models import Tahap


class Sebab(models.TextChoices):
    """Why, and thereby which rules, documents and SOP table (241/2021 A.5, D.1, D.3). A reversal is another case."""

    MENINGGAL = "meninggal", "Jemaah meninggal dunia, porsi tidak dimanfaatkan ahli waris"
    SENDIRI = "sendiri", "Jemaah membatalkan pendaftarannya"
    ALASAN_SAH = "alasan-sah", "Dibatalkan dengan alasan yang sah"
    BELUM_DAFTAR = "validasi-belum-daftar", "Nomor validasi: sudah menyetor, belum mendaftar"
    TIDAK_MEMENUHI = "validasi-tidak-memenuhi", "Nomor validasi: tidak memenuhi syarat"


VALIDASI = (Sebab.BELUM_DAFTAR, Sebab.TIDAK_MEMENUHI)
"""Causes that cancel a nomor validasi: there is no porsi yet."""


class Pengaju(models.TextChoices):
    """Who asks for it."""

    JEMAAH = "jemaah", "Jemaah sendiri"
    AHLI_WARIS = "ahli-waris", "Ahli waris"
    KUASA = "kuasa", "Penerima kuasa"
    KANTOR = "kantor", "Kantor"


class Status(models.TextChoices):
    DIPERIKSA = "diperiksa", "Berkas diperiksa"
    DIKEMBALIKAN = "dikembalikan", "Dikembalikan untuk dilengkapi"
    DIDISPOSISI = "didisposisi", "Menunggu disposisi"
    DISUSUN = "disusun", "Surat disusun"
    DIVERIFIKASI = "diverifikasi", "Surat diverifikasi Kasi"
    MENUNGGU_TTD = "menunggu_ttd", "Menunggu tanda tangan"
    DIREKAM = "direkam", "Data direkam di Siskohat"
    DIVALIDASI = "divalidasi", "Menunggu persetujuan Kasi"
    DI_PUSAT = "di_pusat", "Diperiksa Direktorat"
    DIBATALKAN = "dibatalkan", "Batal, menunggu jurnal"
    DIJURNAL = "dijurnal", "Dalam jurnal, menunggu surat Direktur"
    DIAJUKAN = "diajukan", "Dana diajukan kepada BPKH"
    SELESAI = "selesai", "Selesai, dana diterima"
    DIALIHKAN = "dialihkan", "Dihentikan, pengaktifan diperiksa"
    DITOLAK = "ditolak", "Ditolak"
    DICABUT = "dicabut", "Dicabut pemohon"


DI_KANTOR = [
    Status.DIPERIKSA, Status.DIKEMBALIKAN, Status.DIDISPOSISI, Status.DISUSUN, Status.DIVERIFIKASI,
    Status.MENUNGGU_TTD, Status.DIREKAM, Status.DIVALIDASI,
]  # fmt: skip
"""Before the office lets the case go to the centre."""
PERIKSA, KANTOR, PUSAT, DANA, TERIMA = PUBLIK = (
    "Berkas diperiksa",
    "Diproses kantor",
    "Diproses Kementerian",
    "Dana diproses BPKH dan bank",
    "Dana diterima",
)
TAHAP: dict[str, Tahap] = {
    Status.DIPERIKSA: Tahap("Berkas diperiksa", PERIKSA),
    Status.DIKEMBALIKAN: Tahap(
        "Dikembalikan untuk dilengkapi", PERIKSA, pihak="pemohon", menunggu="pemohon melengkapi berkas"
    ),
    Status.DIDISPOSISI: Tahap("Menunggu disposisi Kepala", PERIKSA),
    Status.DISUSUN: Tahap("Surat disusun", KANTOR),
    Status.DIVERIFIKASI: Tahap("Surat diverifikasi Kasi", KANTOR),
    Status.MENUNGGU_TTD: Tahap("Menunggu tanda tangan", KANTOR),
    Status.DIREKAM: Tahap("Data direkam di Siskohat", KANTOR),
    Status.DIVALIDASI: Tahap("Menunggu persetujuan Kasi", KANTOR),
    Status.DI_PUSAT: Tahap(
        "Diperiksa Direktorat", PUSAT, pihak="pusat", menunggu="Direktorat memeriksa dan membatalkan"
    ),
    Status.DIBATALKAN: Tahap(
        "Batal, menunggu jurnal", PUSAT, pihak="pusat", menunggu="Direktorat membuat jurnal pembatalan"
    ),
    Status.DIJURNAL: Tahap(
        "Dalam jurnal, menunggu surat Direktur", PUSAT, pihak="pusat",
        menunggu="Direktur mengajukan pengembalian dana kepada BPKH",
    ),
    Status.DIAJUKAN: Tahap(
        "Dana diajukan kepada BPKH", DANA, pihak="mitra", menunggu="BPKH dan bank menyalurkan dana"
    ),
    Status.SELESAI: Tahap("Selesai, dana diterima", TERIMA, akhir=True),
    Status.DIALIHKAN: Tahap("Dihentikan karena laporan pengaktifan porsi", "Dihentikan sementara", akhir=True),
    Status.DITOLAK: Tahap("Ditolak", "Ditolak", akhir=True),
    Status.DICABUT: Tahap("Dicabut pemohon", "Dicabut", akhir=True),
}  # fmt: skip
