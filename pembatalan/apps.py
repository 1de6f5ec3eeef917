"""App registration."""

from haji_portal.alur.apps import SopConfig


class PembatalanConfig(SopConfig):
    name = "pembatalan"
    label = "pembatalan"
    verbose_name = "Pembatalan"
    nama_layanan = "Pembatalan porsi haji"
    ringkas = "Membatalkan nomor porsi atau nomor validasi, sampai dana kembali ke rekening."
    kode = "PB"
