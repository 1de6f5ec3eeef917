"""App registration."""

from django.apps import AppConfig


class PembatalanConfig(AppConfig):
    name = "pembatalan"
    label = "pembatalan"
    verbose_name = "Pembatalan"
