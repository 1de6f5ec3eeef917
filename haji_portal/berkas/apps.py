"""App registration."""

from django.apps import AppConfig


class BerkasConfig(AppConfig):
    name = "haji_portal.berkas"
    label = "berkas"
    verbose_name = "Berkas persyaratan"
