"""App registration."""

from django.apps import AppConfig


class PelimpahanConfig(AppConfig):
    name = "pelimpahan"
    label = "pelimpahan"
    verbose_name = "Pelimpahan porsi"
