"""App registration."""

from django.apps import AppConfig


class DanaConfig(AppConfig):
    name = "haji_portal.dana"
    label = "dana"
    verbose_name = "Dana"
