"""App registration."""

from django.apps import AppConfig


class RekomendasiConfig(AppConfig):
    name = "rekomendasi"
    label = "rekomendasi"
    verbose_name = "Rekomendasi paspor"
