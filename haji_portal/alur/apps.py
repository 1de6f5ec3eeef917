"""App registration."""

from django.apps import AppConfig


class AlurConfig(AppConfig):
    name = "haji_portal.alur"
    label = "alur"
    verbose_name = "Alur perkara"
