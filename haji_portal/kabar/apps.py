"""App registration."""

from django.apps import AppConfig


class KabarConfig(AppConfig):
    name = "haji_portal.kabar"
    label = "kabar"
    verbose_name = "Kabar"
