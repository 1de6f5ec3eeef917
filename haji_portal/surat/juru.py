"""Drawing on all cores: child processes that turn HTML into PDF while this one talks to the database and signs.

Drawing is two thirds of the work of a letter and holds Python's lock all the while, so threads would not help. A child
gets HTML and gives bytes: no key, no password, no settings, no database, and nothing on disk. One process of the
portal has one set of children at a time; whoever comes second draws by himself, as does everybody with few letters.
"""

from __future__ import annotations

import logging
import os
import queue
import subprocess
import sys
import threading
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.conf import settings

from . import juru_anak
from .gambar import buat_pdf

SEJAK = 8
"""Letters from which starting the children (about a second of work) pays."""
PALING_BANYAK = 2
_satu = threading.Semaphore(1)
log = logging.getLogger(__name__)


class Juru:
    """`with Juru(98) as juru: juru.gambar(html)`: a Future of the PDF; `result()` raises what `buat_pdf()` raises."""

    def __init__(self, banyak: int) -> None:
        self._anak: list[subprocess.Popen[bytes]] = []
        self._bebas: queue.SimpleQueue[subprocess.Popen[bytes]] = queue.SimpleQueue()
        self._utas: ThreadPoolExecutor | None = None
        self._tutup = False
        self._pegang = banyak >= SEJAK and (os.cpu_count() or 1) > 1 and _satu.acquire(blocking=False)

    def __enter__(self) -> Juru:
        if self._pegang:
            self._anak = [_lahirkan() for _ in range(min(PALING_BANYAK, os.cpu_count() or 1))]
            for anak in self._anak:
                self._bebas.put(anak)
            self._utas = ThreadPoolExecutor(len(self._anak), "juru")
        return self

    def __exit__(self, *_: object) -> None:
        self._tutup = True
        for anak in self._anak:
            anak.kill()  # it holds nothing that could be lost
        if self._utas is not None:
            self._utas.shutdown(cancel_futures=True)
        for anak in self._anak:
            anak.communicate()
        if self._pegang:
            _satu.release()

    @property
    def serentak(self) -> bool:
        """Whether somebody else draws; otherwise whoever asks for the result does."""
        return self._utas is not None

    def gambar(self, html: str, ttd: str = "") -> Future[bytes]:
        """Have a letter drawn (see `buat_pdf`)."""
        if self._utas is not None:
            return self._utas.submit(self._suruh, html, ttd)
        return _Nanti(html, ttd)

    def _suruh(self, html: str, ttd: str) -> bytes:
        """One order to a free child. A child that fails is not asked again; the letter is drawn here instead."""
        anak = self._bebas.get()
        try:
            if anak.poll() is None:
                pdf = juru_anak.suruh(anak.stdin, anak.stdout, html, ttd)
                self._bebas.put(anak)
                return pdf
        except (OSError, EOFError) as galat:
            if self._tutup:  # nobody waits for this drawing any more
                raise CancelledError from None
            log.warning("drawing process failed (%s)", type(galat).__name__)
            anak.kill()
        self._bebas.put(anak)
        return buat_pdf(html, ttd)


class _Nanti(Future):
    """Drawn by whoever asks for the result, once."""

    def __init__(self, html: str, ttd: str) -> None:
        super().__init__()
        self._pesanan = (html, ttd)

    def result(self, timeout: float | None = None) -> Any:
        if not self.done():
            try:
                self.set_result(buat_pdf(*self._pesanan))
            except Exception as galat:  # noqa: BLE001  (handed on by super().result())
                self.set_exception(galat)
        return super().result(timeout)


def _lahirkan() -> subprocess.Popen[bytes]:
    """A child without our environment: secrets live there."""
    folder = [str(Path(f)) for f in settings.STATICFILES_DIRS]
    lingkungan = {nama: os.environ[nama] for nama in ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR") if nama in os.environ}
    return subprocess.Popen(
        [sys.executable, "-I", juru_anak.__file__, *folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=lingkungan,
        close_fds=True,
    )
