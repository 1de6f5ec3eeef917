"""App registration."""

from django.apps import AppConfig


class BerkasConfig(AppConfig):
    name = "haji_portal.berkas"
    label = "berkas"
    verbose_name = "Berkas persyaratan"

    def ready(self) -> None:
        from . import surat  # noqa: F401  (registers the receipt)
