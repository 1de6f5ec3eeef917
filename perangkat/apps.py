"""App registration."""

from django.apps import AppConfig


class PerangkatConfig(AppConfig):
    name = "perangkat"
    label = "perangkat"
    verbose_name = "Perangkat Siskohat"
