"""Numbers for a monitor in Prometheus' text format at /metrik/, behind a key; without HAJI_METRIK_KUNCI it is a 404.

Requests are counted by every web process into files that all of them share (`siapkan_proses` in wsgi.py); what the
database knows is asked at the moment of the scrape. Labels are names of routes, methods and status codes: their number
does not grow with cases, people or addresses.
"""

from __future__ import annotations

import hmac
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from haji_portal.hitungan import proses_ini
from haji_portal.log import rute
from haji_portal.tanda import METODE

from .keadaan import keadaan

EMBER = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds in seconds."""
PERMINTAAN = Counter(
    "haji_permintaan", "Permintaan menurut rute, metode, status", ["rute", "metode", "status"], registry=proses_ini
)
LAMA = Histogram("haji_lama_detik", "Lama permintaan", ["rute"], buckets=EMBER, registry=proses_ini)


class UkurPermintaan:
    """Middleware: counts requests and their time by route; switched off without a key."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.HAJI_METRIK_KUNCI:
            return self.get_response(request)
        mulai = time.perf_counter()
        jawab = self.get_response(request)
        nama = rute(request)
        # Anybody can invent methods; each would be a series of its own.
        metode = request.method if request.method in METODE else "lain"
        PERMINTAAN.labels(nama, metode, str(jawab.status_code)).inc()
        LAMA.labels(nama).observe(time.perf_counter() - mulai)
        return jawab


class Keadaan:
    """Collector of what the database and the disk say now."""

    def collect(self) -> Iterator[Metric]:
        """One gauge per number; what cannot be told is left out, as Prometheus expects."""
        for nama, (nilai, arti) in keadaan().items():
            if nilai is not None:
                yield GaugeMetricFamily(f"haji_{nama}", arti, value=float(nilai))


def _daftar() -> CollectorRegistry:
    daftar = CollectorRegistry()
    daftar.register(Keadaan())
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(daftar)
    return daftar


def _boleh(request: HttpRequest) -> bool:
    jenis, _, kunci = request.headers.get("Authorization", "").partition(" ")
    harus = settings.HAJI_METRIK_KUNCI
    return bool(harus) and jenis == "Bearer" and hmac.compare_digest(kunci.encode(), harus.encode())


@never_cache
@require_safe
def metrik(request: HttpRequest) -> HttpResponse:
    """All numbers, for whoever sends `Authorization: Bearer <HAJI_METRIK_KUNCI>`; 404 for everybody else."""
    if not _boleh(request):
        raise Http404
    isi: Any = generate_latest(_daftar())
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        isi += generate_latest(proses_ini)
    return HttpResponse(isi, content_type=CONTENT_TYPE_LATEST)
