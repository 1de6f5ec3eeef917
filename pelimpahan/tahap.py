"""The statuses of a transfer and what they mean to people, at the desk, at the Kanwil and to the family."""

from __future__ import annotations

from django.db import models

from haji_portal.alur.models import Tahap


class Sebab(models.TextChoices):
    """245/2021 A.2."""

    SAKIT = "sakit", "Jemaah sakit permanen"
    WAFAT = "wafat", "Jemaah meninggal dunia"


class Hubungan(models.TextChoices):
    """What the recipient is to the pilgrim (245/2021 A.3)."""

    SUAMI = "suami", "Suami"
    ISTRI = "istri", "Istri"
    AYAH = "ayah", "Ayah"
    IBU = "ibu", "Ibu"
    ANAK = "anak-kandung", "Anak kandung"
    SAUDARA = "saudara-kandung", "Saudara kandung"


KELUARGA = "suami, istri, ayah, ibu, anak kandung, atau saudara kandung"
"""The same in a sentence."""


class Penyelenggara(models.TextChoices):
    """Who interviews, checks the originals and issues the SPH (245/2021 C.5-7, E.2)."""

    KANWIL = "kanwil", "Kantor Wilayah"
    PUSAT = "pusat", "Direktorat Jenderal"


class Status(models.TextChoices):
    DITERIMA = "diterima", "Permohonan diterima"
    DIDISPOSISI = "didisposisi", "Menunggu disposisi"
    DIPERIKSA = "diperiksa", "Berkas diperiksa"
    DIKEMBALIKAN = "dikembalikan", "Dikembalikan untuk dilengkapi"
    DISUSUN = "disusun", "Rekomendasi disusun"
    MENUNGGU_PARAF = "menunggu_paraf", "Menunggu paraf Kasi"
    MENUNGGU_TTD = "menunggu_ttd", "Menunggu tanda tangan"
    DIREKAM = "direkam", "Berkas disiapkan untuk Kanwil"
    DI_KANWIL = "di_kanwil", "Divalidasi Kanwil"
    DISETUJUI = "disetujui", "Disetujui Kanwil, menunggu jadwal"
    DIJADWALKAN = "dijadwalkan", "Terjadwal, menunggu blokir dibuka"
    MENUNGGU_WAWANCARA = "menunggu_wawancara", "Menunggu wawancara"
    JADWAL_ULANG = "jadwal_ulang", "Menunggu jadwal baru"
    LULUS = "lulus", "Lulus, foto dan SPH"
    SPH_TERBIT = "sph_terbit", "SPH terbit, siap diserahkan"
    MENUTUP_BLOKIR = "menutup_blokir", "Blokir ditutup kembali"
    SELESAI = "selesai", "Selesai, porsi dilimpahkan"
    TIDAK_DILANJUTKAN = "tidak_dilanjutkan", "Tidak dilanjutkan"
    DITOLAK = "ditolak", "Ditolak"
    DICABUT = "dicabut", "Dicabut pemohon"


DI_KANTOR = [
    Status.DITERIMA, Status.DIDISPOSISI, Status.DIPERIKSA, Status.DIKEMBALIKAN, Status.DISUSUN,
    Status.MENUNGGU_PARAF, Status.MENUNGGU_TTD, Status.DIREKAM,
]  # fmt: skip
"""Before the office lets the case go to the Kanwil."""
DI_PENYELENGGARA = [
    Status.DISETUJUI, Status.MENUNGGU_WAWANCARA, Status.JADWAL_ULANG, Status.LULUS, Status.SPH_TERBIT,
]  # fmt: skip
"""Where a case of another province lies with the centre instead of the Kanwil (245/2021 E.2)."""
BERHENTI = [Status.MENUTUP_BLOKIR, Status.TIDAK_DILANJUTKAN, Status.DITOLAK, Status.DICABUT]
"""The porsi does not pass."""
PERIKSA, KANTOR, KANWIL, WAWANCARA, SPH, SELESAI = PUBLIK = (
    "Berkas diperiksa",
    "Diproses kantor",
    "Diperiksa Kantor Wilayah",
    "Wawancara dan dokumen asli",
    "SPH disiapkan",
    "Porsi dilimpahkan",
)
HADIR = (
    "Datang sendiri sesuai undangan, tidak dapat diwakilkan, dengan membawa dokumen asli. Jadwalnya tertulis di atas."
)
TETAP = (
    "Pelimpahan ini tidak dilanjutkan; nomor porsi tetap atas nama jemaah asal. Bila ada yang ingin ditanyakan, "
    "hubungi kantor di bawah ini."
)
"""The reason stands in the message to the family: it may name persons, and this page is open to a birth date."""
CATATAN: dict[str, str] = {
    Status.DIJADWALKAN: "Tunggu undangan dari kami sebelum berangkat: jadwal ini berlaku sesudah blokir porsi dibuka.",
    Status.JADWAL_ULANG: "Jadwal yang lama tidak berlaku lagi. Yang baru sedang disusun; undangannya kami kirim.",
}
"""What the family has to know of the schedule besides its day."""
TAHAP: dict[str, Tahap] = {
    Status.DITERIMA: Tahap("Permohonan diterima", PERIKSA),
    Status.DIDISPOSISI: Tahap("Menunggu disposisi Kepala", PERIKSA),
    Status.DIPERIKSA: Tahap("Berkas diperiksa", PERIKSA),
    Status.DIKEMBALIKAN: Tahap(
        "Dikembalikan untuk dilengkapi", PERIKSA, pihak="pemohon", menunggu="penerima melengkapi berkas"
    ),
    Status.DISUSUN: Tahap("Rekomendasi disusun", KANTOR),
    Status.MENUNGGU_PARAF: Tahap("Menunggu paraf Kasi", KANTOR),
    Status.MENUNGGU_TTD: Tahap("Menunggu tanda tangan", KANTOR),
    Status.DIREKAM: Tahap("Berkas disiapkan untuk Kanwil", KANTOR),
    Status.DI_KANWIL: Tahap(
        "Divalidasi Kanwil", KANWIL, pihak="kanwil", menunggu="Kantor Wilayah memeriksa berkas"
    ),
    Status.DISETUJUI: Tahap(
        "Disetujui Kanwil, menunggu jadwal", KANWIL, pihak="kanwil", menunggu="Kantor Wilayah membuat jadwal wawancara"
    ),
    Status.DIJADWALKAN: Tahap(
        "Terjadwal, menunggu blokir dibuka", WAWANCARA, pihak="pusat",
        menunggu="Direktorat Jenderal membuka blokir nomor porsi",
    ),
    Status.MENUNGGU_WAWANCARA: Tahap(
        "Menunggu wawancara", WAWANCARA, pihak="kanwil", menunggu="wawancara dan pemeriksaan dokumen asli",
        ajakan=HADIR, lampiran="undangan_wawancara",
    ),
    Status.JADWAL_ULANG: Tahap(
        "Menunggu jadwal baru", WAWANCARA, pihak="kanwil", menunggu="Kantor Wilayah membuat jadwal baru"
    ),
    Status.LULUS: Tahap(
        "Lulus, foto dan SPH", SPH, pihak="kanwil", menunggu="Kantor Wilayah menerbitkan SPH pelimpahan"
    ),
    Status.SPH_TERBIT: Tahap(
        "SPH terbit, siap diserahkan", SPH, pihak="kanwil", menunggu="Kantor Wilayah menyerahkan SPH pelimpahan"
    ),
    Status.MENUTUP_BLOKIR: Tahap(
        "Tidak dilanjutkan, blokir ditutup kembali", "Tidak dilanjutkan", pihak="pusat",
        menunggu="Direktorat Jenderal menutup kembali blokir nomor porsi",
    ),
    Status.SELESAI: Tahap("Selesai, porsi dilimpahkan", SELESAI, akhir=True, lampiran="sph_limpah"),
    Status.TIDAK_DILANJUTKAN: Tahap("Tidak dilanjutkan", "Tidak dilanjutkan", akhir=True),
    Status.DITOLAK: Tahap("Ditolak", "Ditolak", akhir=True),
    Status.DICABUT: Tahap("Dicabut pemohon", "Dicabut", akhir=True),
}  # fmt: skip
