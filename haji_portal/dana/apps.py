"""App registration."""

from django.apps import AppConfig


class DanaConfig(AppConfig):
    name = "haji_portal.dana"
    label = "dana"
    verbose_name = "Dana"

    def ready(self) -> None:
        from haji_portal.alur.pemicu import jaga

        from .penjaga import PENJAGA_BUKU

        jaga(self, PENJAGA_BUKU)
