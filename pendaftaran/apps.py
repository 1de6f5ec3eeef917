"""App registration."""

from django.apps import AppConfig


class PendaftaranConfig(AppConfig):
    name = "pendaftaran"
    label = "pendaftaran"
    verbose_name = "Pendaftaran haji"
