"""Does what Celery's worker and beat do, for an installation without them."""

from __future__ import annotations

import signal
import threading
from datetime import UTC, datetime
from typing import Any

from celery import current_app
from celery.schedules import maybe_schedule
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from haji_portal.alur.efek import efek_tertunda, saat_sapu, sapu


class Command(BaseCommand):
    help = "Kerjakan efek dan pesan yang menunggu. Dengan --terus: seluruh jadwal portal dijalankan tanpa Celery."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--terus", action="store_true", help="jalankan seluruh jadwal, jangan berhenti")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["terus"]:
            selesai = sapu()
            for fn in saat_sapu:
                fn()
            self.stdout.write(f"{selesai} efek selesai, {efek_tertunda()} masih menunggu.")
            return
        berhenti = threading.Event()
        for sinyal in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sinyal, lambda *_: berhenti.set())
        self._terus(berhenti)

    def _terus(self, berhenti: threading.Event) -> None:
        """Everything runs once at the start (a computer switched off at night misses its hour), then on schedule."""
        current_app.loader.import_default_modules()
        jadwal = {n: (e, maybe_schedule(e["schedule"])) for n, e in settings.CELERY_BEAT_SCHEDULE.items()}
        terakhir: dict[str, datetime] = {}
        while not berhenti.is_set():
            for nama, (entri, waktu) in jadwal.items():
                if nama not in terakhir or waktu.is_due(terakhir[nama]).is_due:
                    terakhir[nama] = datetime.now(UTC)
                    self._satu(nama, entri)
            berhenti.wait(1)

    def _satu(self, nama: str, entri: dict[str, Any]) -> None:
        close_old_connections()
        try:
            current_app.tasks[entri["task"]](**entri.get("kwargs", {}))
        except Exception as galat:  # noqa: BLE001  (one broken task must not stop the others)
            self.stderr.write(f"{nama} gagal: {type(galat).__name__}")
