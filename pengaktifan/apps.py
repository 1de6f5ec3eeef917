"""App registration."""

from haji_portal.alur.apps import SopConfig


class PengaktifanConfig(SopConfig):
    name = "pengaktifan"
    label = "pengaktifan"
    verbose_name = "Pengaktifan kembali"
    nama_layanan = "Pengaktifan kembali porsi"
    ringkas = "Mengaktifkan kembali porsi yang batal karena kekeliruan."
    kode = "PA"
