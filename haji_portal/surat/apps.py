"""App registration."""

from django.apps import AppConfig


class SuratConfig(AppConfig):
    name = "haji_portal.surat"
    label = "surat"
    verbose_name = "Surat"

    def ready(self) -> None:
        from . import efek  # noqa: F401  (registers the effect handlers)
