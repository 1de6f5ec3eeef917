"""App registration."""

from django.apps import AppConfig


class RawatConfig(AppConfig):
    name = "haji_portal.rawat"
    label = "rawat"
    verbose_name = "Perawatan"
