"""/sehat/: what a monitor and the container's health check ask. Never waits for the broker."""

from __future__ import annotations

import datetime
import logging
import os
import threading
import time
from collections.abc import Callable
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from haji_portal.alur.efek import efek_tertunda
from haji_portal.alur.pemicu import pemicu_terpasang

from .models import DetakPekerja

log = logging.getLogger(__name__)

DETIK_BROKER = 1.0
"""Seconds that a request waits at most for the broker's answer."""
DETIK_INGAT = 5.0
"""Seconds for which the broker's answer is reused."""
DETAK_BASI = datetime.timedelta(seconds=90)


class PeriksaBroker:
    """Asks the broker in one background thread; a broker that hangs holds that thread, never a request."""

    def __init__(self, tanya: Callable[[], bool]) -> None:
        self._tanya = tanya
        self._kunci = threading.Lock()
        self._utas: threading.Thread | None = None
        self._jawab = False
        self._saat = float("-inf")

    def hidup(self) -> bool:
        """The latest answer, at most DETIK_INGAT old; False when none came within DETIK_BROKER."""
        with self._kunci:
            if time.monotonic() - self._saat < DETIK_INGAT:
                return self._jawab
            if self._utas is None or not self._utas.is_alive():
                self._utas = threading.Thread(target=self._kerja, name="periksa-broker", daemon=True)
                self._utas.start()
            utas = self._utas
        utas.join(DETIK_BROKER)
        return self._jawab and not utas.is_alive()

    def _kerja(self) -> None:
        try:
            jawab = self._tanya()
        except Exception as galat:  # noqa: BLE001  (whatever the transport raises means: no broker)
            log.warning("Broker tidak menjawab (%s).", type(galat).__name__)
            jawab = False
        self._jawab, self._saat = jawab, time.monotonic()


def tanya_broker() -> bool:
    """Connect once. The file broker is alive when its folder can be written."""
    opsi = getattr(settings, "CELERY_BROKER_TRANSPORT_OPTIONS", {})
    if folder := opsi.get("data_folder_out"):
        return os.access(folder, os.W_OK | os.X_OK)
    with current_app.connection_for_write(connect_timeout=DETIK_BROKER) as sambungan:
        sambungan.ensure_connection(max_retries=1, interval_start=0, timeout=DETIK_BROKER)
    return True


broker = PeriksaBroker(tanya_broker)


def _aman(tanya: Callable[[], Any], gagal: Any) -> Any:
    try:
        return tanya()
    except DatabaseError:
        return gagal


def _db() -> bool:
    with connection.cursor() as kursor:
        kursor.execute("SELECT 1")
        return kursor.fetchone() == (1,)


def _pekerja() -> bool:
    return DetakPekerja.objects.filter(waktu__gte=timezone.now() - DETAK_BASI).exists()


@never_cache
@require_safe
def sehat(request: HttpRequest) -> JsonResponse:
    """JSON {db, broker, pekerja, efek_tertunda, riwayat}, these and no others (DESIGN.md): monitors compare it whole.

    503 only when the database or the triggers of history and money are missing (`riwayat`): without broker or worker
    the counter still works and letters and messages follow later. What the nightly check of the book of money said
    stands in /metrik/.
    """
    db = _aman(_db, False)
    isi = {
        "db": db,
        "broker": broker.hidup(),
        "pekerja": _aman(_pekerja, False) if db else False,
        "efek_tertunda": _aman(efek_tertunda, None) if db else None,
        "riwayat": bool(_aman(pemicu_terpasang, False)) if db else False,
    }
    return JsonResponse(isi, status=200 if isi["db"] and isi["riwayat"] else 503)
