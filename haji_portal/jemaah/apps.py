from django.apps import AppConfig


class JemaahConfig(AppConfig):
    name = "haji_portal.jemaah"
    label = "jemaah"
    verbose_name = "Jemaah, porsi, dan setoran"
