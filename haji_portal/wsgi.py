"""WSGI entry point: `granian --interface wsgi haji_portal.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

from .sampah import jarang_cari

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haji_portal.settings.dasar")


def _metrik() -> None:
    """Before Django loads the rooms: prometheus-client decides at its import whether processes share counters."""
    from django.conf import settings

    from .metrik_proses import siapkan_proses

    if settings.HAJI_METRIK_KUNCI:
        siapkan_proses(settings.HAJI_DATA / "metrik")


_metrik()
application = get_wsgi_application()
jarang_cari()
