"""App registration."""

from haji_portal.alur.apps import SopConfig


class PengaktifanConfig(SopConfig):
    name = "pengaktifan"
    label = "pengaktifan"
    verbose_name = "Pengaktifan"
    nama_layanan = "Pengaktifan kembali porsi"
    ringkas = "Mengaktifkan kembali porsi yang batal karena kekeliruan."
    kode = "PA"
    model_name = "Pengaktifan"
    kasus_susulan = frozenset({"setoran-kembali"})

    def ready(self) -> None:
        from haji_portal.ptsp.ajukan.daftar import daftarkan_susulan

        from . import efek, surat  # noqa: F401  (register what follows outside the steps, and what goes on paper)
        from .publik import SUSULAN

        daftarkan_susulan(SUSULAN)
