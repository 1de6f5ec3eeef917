"""The statuses of a reactivation and what they mean to people, at the desk, at the centre and to the pilgrim."""

from __future__ import annotations

from django.db import models

from haji_portal.alur.models import Tahap


class Sebab(models.TextChoices):
    """Why the cancellation was wrong, and thereby which rules and documents (Kepulauan Seribu 019/2023)."""

    KESALAHAN_SISTEM = "kesalahan-sistem", "Kesalahan sistem"
    SALAH_ENTRI = "salah-entri", "Kesalahan entri data pembatalan"
    SEPIHAK = "sepihak", "Pembatalan sepihak oleh selain jemaah"
    PUTUSAN = "putusan-pengadilan", "Melaksanakan putusan pengadilan"


class Pelapor(models.TextChoices):
    """Who reports it."""

    JEMAAH = "jemaah", "Jemaah sendiri"
    KANTOR = "kantor", "Kepala Kantor"
    LAIN = "lain", "Pelapor lain"


class Status(models.TextChoices):
    DIPERIKSA = "diperiksa", "Laporan diperiksa"
    DIKEMBALIKAN = "dikembalikan", "Dikembalikan untuk dilengkapi"
    DISUSUN = "disusun", "Laporan disusun"
    DIVERIFIKASI = "diverifikasi", "Laporan diverifikasi Kasi"
    MENUNGGU_TTD = "menunggu_ttd", "Menunggu tanda tangan Kepala"
    SIAP_KIRIM = "siap_kirim", "Laporan siap dikirim"
    DI_PUSAT = "di_pusat", "Diperiksa Direktorat"
    MENUNGGU_SALDO = "menunggu_saldo", "Saldo ditanyakan kepada BPKH"
    SALDO_ADA = "saldo_ada", "Saldo masih di BPKH"
    SALDO_KELUAR = "saldo_keluar", "Saldo sudah dikembalikan"
    MENUNGGU_KEPUTUSAN = "menunggu_keputusan", "Menunggu keputusan Ditjen"
    MINTA_SETORAN = "minta_setoran", "Kasi meminta setoran kembali"
    MENUNGGU_SETORAN = "menunggu_setoran", "Menunggu jemaah menyetor kembali"
    BUKTI_DITERIMA = "bukti_diterima", "Bukti setoran diperiksa kantor"
    BUKTI_DI_PUSAT = "bukti_di_pusat", "Bukti setoran diperiksa Direktorat"
    MENUNGGU_KEPASTIAN = "menunggu_kepastian", "Setoran kembali ditanyakan kepada BPKH"
    SETORAN_PASTI = "setoran_pasti", "Setoran kembali sudah di BPKH"
    MENUNGGU_JAWABAN = "menunggu_jawaban", "Porsi aktif, menunggu surat jawaban"
    MENUNGGU_PENOLAKAN = "menunggu_penolakan", "Ditolak, menunggu surat jawaban"
    SELESAI = "selesai", "Selesai, porsi aktif kembali"
    DITOLAK = "ditolak", "Ditolak"
    DICABUT = "dicabut", "Dicabut pelapor"


DI_KANTOR = [
    Status.DIPERIKSA, Status.DIKEMBALIKAN, Status.DISUSUN, Status.DIVERIFIKASI, Status.MENUNGGU_TTD, Status.SIAP_KIRIM,
    Status.MINTA_SETORAN, Status.MENUNGGU_SETORAN,
]  # fmt: skip
"""Where the office has the file and no money of the pilgrim is on its way back to BPKH."""
PERIKSA, KANTOR, PUSAT, SETORAN, AKTIF = PUBLIK = (
    "Laporan diperiksa",
    "Diproses kantor",
    "Diperiksa Kementerian",
    "Setoran dipastikan",
    "Porsi aktif kembali",
)
TAHAP: dict[str, Tahap] = {
    Status.DIPERIKSA: Tahap("Laporan diperiksa", PERIKSA),
    Status.DIKEMBALIKAN: Tahap(
        "Dikembalikan untuk dilengkapi", PERIKSA, pihak="pemohon", menunggu="pemohon melengkapi berkas"
    ),
    Status.DISUSUN: Tahap("Laporan disusun", KANTOR),
    Status.DIVERIFIKASI: Tahap("Laporan diverifikasi Kasi", KANTOR),
    Status.MENUNGGU_TTD: Tahap("Menunggu tanda tangan Kepala", KANTOR),
    Status.SIAP_KIRIM: Tahap("Laporan siap dikirim ke Ditjen", KANTOR),
    Status.DI_PUSAT: Tahap("Diperiksa Direktorat", PUSAT, pihak="pusat", menunggu="Direktorat memeriksa nomor porsi"),
    Status.MENUNGGU_SALDO: Tahap(
        "Saldo ditanyakan kepada BPKH", PUSAT, pihak="mitra", menunggu="jawaban BPKH tentang saldo setoran"
    ),
    Status.SALDO_ADA: Tahap(
        "Saldo masih di BPKH", PUSAT, pihak="pusat", menunggu="Direktorat mengaktifkan porsi"
    ),
    Status.SALDO_KELUAR: Tahap(
        "Saldo sudah dikembalikan", PUSAT, pihak="pusat", menunggu="Kementerian menindaklanjuti jawaban BPKH"
    ),
    Status.MENUNGGU_KEPUTUSAN: Tahap(
        "Menunggu keputusan Ditjen", PUSAT, pihak="pusat", menunggu="keputusan Ditjen PHU",
        tugas="Ambil keputusan atas saldo yang sudah keluar",
    ),
    Status.MINTA_SETORAN: Tahap("Kasi meminta setoran kembali", SETORAN),
    Status.MENUNGGU_SETORAN: Tahap(
        "Menunggu jemaah menyetor kembali", SETORAN, pihak="pemohon", menunggu="pemohon menyetor kembali ke BPKH",
        ajakan="Setorkan kembali uang setoran ke rekening BPKH menurut surat permintaan kami. Sesudah itu kirim bukti "
        "setornya dari halaman ini, atau bawa ke loket.",
    ),
    Status.BUKTI_DITERIMA: Tahap("Bukti setoran diperiksa kantor", SETORAN),
    Status.BUKTI_DI_PUSAT: Tahap(
        "Bukti setoran diperiksa Direktorat", SETORAN, pihak="pusat", menunggu="Direktorat memeriksa bukti setoran"
    ),
    Status.MENUNGGU_KEPASTIAN: Tahap(
        "Setoran kembali ditanyakan kepada BPKH", SETORAN, pihak="mitra", menunggu="kepastian BPKH tentang setoran"
    ),
    Status.SETORAN_PASTI: Tahap(
        "Setoran kembali sudah di BPKH", SETORAN, pihak="pusat", menunggu="Direktorat mengaktifkan porsi"
    ),
    Status.MENUNGGU_JAWABAN: Tahap(
        "Porsi aktif, menunggu surat jawaban", AKTIF, pihak="pusat", menunggu="surat jawaban Direktur"
    ),
    Status.MENUNGGU_PENOLAKAN: Tahap(
        "Ditolak, menunggu surat jawaban", PUSAT, pihak="pusat", menunggu="surat jawaban Direktur"
    ),
    Status.SELESAI: Tahap("Selesai, porsi aktif kembali", AKTIF, akhir=True),
    Status.DITOLAK: Tahap("Ditolak", "Ditolak", akhir=True),
    Status.DICABUT: Tahap("Dicabut pelapor", "Dicabut", akhir=True),
}  # fmt: skip
