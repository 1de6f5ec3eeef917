"""App registration."""

from django.apps import AppConfig


class PtspConfig(AppConfig):
    name = "haji_portal.ptsp"
    label = "ptsp"
    verbose_name = "Pelayanan terpadu satu pintu"

    def ready(self) -> None:
        from haji_portal.berkas.simpan import pemilik_lain

        from .ajukan.konsep import kunci_konsep

        if kunci_konsep not in pemilik_lain:
            pemilik_lain.append(kunci_konsep)
