"""What was just written leaves at once: one-time codes from a background thread, the rest by the worker.

The database holds every message; both ways are only short cuts. What they miss (a process that dies, a broker that is
gone), the sweep finds, and of two senders one gets the message.
"""

from __future__ import annotations

import logging
import os
import queue
import threading
from collections.abc import Callable

from django.conf import settings
from django.db import close_old_connections, connection, transaction

from haji_portal.alur.efek import Bel

log = logging.getLogger(__name__)

# A slow mail server must not make the next person wait for a code.
UTAS = 4
# More than this waiting means the other side is gone; the sweep takes over.
ANTREAN = 200


class Pengantar:
    """A few background threads that run `kerja(id)`; a request neither waits for them nor sees their faults."""

    def __init__(self, kerja: Callable[[int], object]) -> None:
        self.kerja = kerja
        self.mulai_baru()

    def mulai_baru(self) -> None:
        self._antrean: queue.Queue[int] = queue.Queue(ANTREAN)
        self._kunci = threading.Lock()
        self._utas: list[threading.Thread] = []

    def antar(self, pk: int) -> None:
        """Put one message in the queue; a full queue leaves it to the sweep."""
        try:
            self._antrean.put_nowait(pk)
        except queue.Full:
            return
        with self._kunci:
            if len(self._utas) < UTAS:
                self._utas.append(threading.Thread(target=self._putar, name="pengantar-pesan", daemon=True))
                self._utas[-1].start()

    def tunggu_kosong(self) -> None:
        """Block until everything that was put in so far has been worked on."""
        self._antrean.join()

    def _putar(self) -> None:
        while True:
            pk = self._antrean.get()
            try:
                close_old_connections()
                self.kerja(pk)
            except Exception as galat:  # noqa: BLE001  (the thread must live on; the row is still there)
                log.warning("Pesan %s belum terkirim (%s); penyapu akan mengambilnya.", pk, type(galat).__name__)
            finally:
                connection.close()
                self._antrean.task_done()


def _kirim(pk: int) -> None:
    from .kirim import kirim
    from .models import Pesan

    if (pesan := Pesan.objects.filter(pk=pk).first()) is not None:
        kirim(pesan)


_pengantar = Pengantar(_kirim)
_bel = Bel("kabar.kirim_tertunda")
# Threads and held locks do not survive a fork.
os.register_at_fork(after_in_child=_pengantar.mulai_baru)


def antar_segera(pk: int, *, rahasia: bool) -> None:
    """After the commit: send a one-time code from here, ring for the worker otherwise. Never raises, never waits."""
    if rahasia:
        if settings.PESAN_SEGERA:
            transaction.on_commit(lambda: _pengantar.antar(pk), robust=True)
    elif settings.EFEK_BEL:
        transaction.on_commit(_bel.bunyikan, robust=True)
