"""App registration."""

from django.apps import AppConfig


class KabarConfig(AppConfig):
    name = "haji_portal.kabar"
    label = "kabar"
    verbose_name = "Kabar"

    def ready(self) -> None:
        from haji_portal.alur.efek import saat_sapu
        from haji_portal.alur.tenggat import saat_lewat

        from . import efek, periksa  # noqa: F401  (register the effect handlers and the system check)
        from .kirim import kirim_tertunda
        from .peringatan import peringatkan

        if peringatkan not in saat_lewat:
            saat_lewat.append(peringatkan)
        if kirim_tertunda not in saat_sapu:
            saat_sapu.append(kirim_tertunda)
