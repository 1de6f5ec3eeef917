"""App registration."""

from django.apps import AppConfig


class PtspConfig(AppConfig):
    name = "haji_portal.ptsp"
    label = "ptsp"
    verbose_name = "Pelayanan terpadu satu pintu"
