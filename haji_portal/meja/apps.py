"""App registration."""

from django.apps import AppConfig


class MejaConfig(AppConfig):
    name = "haji_portal.meja"
    label = "meja"
    verbose_name = "Meja kerja"

    def ready(self) -> None:
        from .tukar import dana, saldo  # noqa: F401  (register the files of BPKH and the banks)
