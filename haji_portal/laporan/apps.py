"""App registration."""

from django.apps import AppConfig


class LaporanConfig(AppConfig):
    name = "haji_portal.laporan"
    label = "laporan"
    verbose_name = "Laporan"
