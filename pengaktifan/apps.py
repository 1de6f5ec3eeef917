"""App registration."""

from django.apps import AppConfig


class PengaktifanConfig(AppConfig):
    name = "pengaktifan"
    label = "pengaktifan"
    verbose_name = "Pengaktifan kembali"
