"""App registration."""

from django.apps import AppConfig


class MejaConfig(AppConfig):
    name = "haji_portal.meja"
    label = "meja"
    verbose_name = "Meja kerja"
