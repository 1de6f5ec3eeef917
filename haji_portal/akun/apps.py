from django.apps import AppConfig


class AkunConfig(AppConfig):
    name = "haji_portal.akun"
    label = "akun"
    verbose_name = "Akun dan kantor"
