"""A mark for every request and task, so that the lines of one event can be found together, also from an error page."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable
from contextvars import Token
from typing import Any

from celery.signals import before_task_publish, task_postrun, task_prerun
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .log import rute, tanda_permintaan

KEPALA = "X-Request-ID"
SAH = re.compile(r"[A-Za-z0-9-]{8,64}")
akses = logging.getLogger("haji_portal.akses")
_tugas: dict[str, Token[str]] = {}


def tanda_baru() -> str:
    """16 hexadecimal digits, beginning with a letter so that no mark looks like an account number."""
    return f"p{secrets.token_hex(8)}"


class TandaPermintaan:
    """Middleware, outermost: gives the request its mark and writes one line about it, without its address.

    The mark of a proxy is taken over only when there is one (HAJI_PROKSI): a visitor's own could forge the log.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        dari_luar = request.META.get("HTTP_X_REQUEST_ID", "") if settings.HAJI_PROKSI else ""
        tanda = dari_luar if SAH.fullmatch(dari_luar) else tanda_baru()
        ingat, mulai = tanda_permintaan.set(tanda), time.monotonic()
        try:
            jawab = self.get_response(request)
            jawab.headers[KEPALA] = tanda
            self._catat(request, jawab.status_code, time.monotonic() - mulai)
        finally:
            tanda_permintaan.reset(ingat)
        return jawab

    def _catat(self, request: HttpRequest, status: int, detik: float) -> None:
        nama = rute(request)
        if nama == "ptsp:sehat" and status == 200:
            return  # asked every few seconds
        metode = request.method if request.method in METODE else "lain"
        isi = {"metode": metode, "rute": nama, "status": status, "ms": round(detik * 1000)}
        akses.info("%s %s %s", metode, nama, status, extra={"akses": isi})


METODE = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@before_task_publish.connect
def _kirim(headers: dict[str, Any] | None = None, **_: Any) -> None:
    """A task carries the mark of the request that asked for it."""
    if headers is not None and (tanda := tanda_permintaan.get()):
        headers["tanda"] = tanda


@task_prerun.connect
def _mulai(task_id: str = "", task: Any = None, **_: Any) -> None:
    dari = getattr(task.request, "tanda", None)
    tanda = dari if isinstance(dari, str) and SAH.fullmatch(dari) else tanda_baru()
    _tugas[task_id] = tanda_permintaan.set(tanda)


@task_postrun.connect
def _selesai(task_id: str = "", **_: Any) -> None:
    if ingat := _tugas.pop(task_id, None):
        tanda_permintaan.reset(ingat)
