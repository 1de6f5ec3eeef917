"""Seals the history by hand; Celery beat does it every night."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from haji_portal.alur.segel import segel_semua


class Command(BaseCommand):
    help = "Segel riwayat semua kantor untuk hari ini (dilewati bila sudah disegel)."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{segel_semua()} kantor disegel.")
