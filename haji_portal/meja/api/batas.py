"""How often: counters per minute in the cache, far above what an office does. docs/keputusan/0015 says why there."""

from __future__ import annotations

import hashlib
import hmac
import logging
import time

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from haji_portal.proksi import alamat

from .galat import Masalah

JENDELA = 60
"""Seconds."""
DIAM = 30
"""Seconds for which a cache that failed is left alone."""
log = logging.getLogger(__name__)
_keadaan = {"diam_sampai": 0.0}


def hitung(jenis: str, nilai: str, batas: int) -> int:
    """Count one request; seconds to wait when it is beyond `batas` in this minute, else 0.

    A cache that is down limits nobody: the office's work must not stop because Redis does.
    """
    kini = time.time()
    if kini < _keadaan["diam_sampai"]:
        return 0
    sidik = hmac.new(settings.KUNCI_HASH.encode(), nilai.encode(), hashlib.sha256).hexdigest()[:32]
    kunci = f"api:{jenis}:{sidik}:{int(kini // JENDELA)}"
    try:
        cache.add(kunci, 0, JENDELA + 5)
        jumlah = cache.incr(kunci)
    except Exception as galat:  # noqa: BLE001  (every cache backend fails with errors of its own)
        _keadaan["diam_sampai"] = kini + DIAM
        log.warning("rate limits are off for %s s: %s", DIAM, type(galat).__name__)
        return 0
    return JENDELA - int(kini % JENDELA) if jumlah > batas else 0


def tolak(detik: int) -> Masalah:
    """429 with the seconds to wait."""
    kalimat = f"Terlalu banyak permintaan. Coba lagi dalam {detik} detik."
    return Masalah("terlalu-sering", kalimat, kepala={"Retry-After": str(detik)})


def periksa_alamat(request: Request) -> None:
    """Before anything else, also before a key is looked up."""
    if detik := hitung("alamat", alamat(request), settings.API_BATAS["alamat"]):
        raise tolak(detik)


class BatasPemakai(BaseThrottle):
    """Per key, or per person for a session; writing has its own, lower limit."""

    def allow_request(self, request: Request, view: object) -> bool:
        """True, or 429."""
        if not request.user.is_authenticated:
            return True
        siapa = pemilik(request)
        detik = hitung("pemakai", siapa, settings.API_BATAS["pemakai"])
        if request.method not in ("GET", "HEAD"):
            detik = max(detik, hitung("tulis", siapa, settings.API_BATAS["tulis"]))
        if detik:
            raise tolak(detik)
        return True


def pemilik(request: Request) -> str:
    """Whose counters and idempotency keys these are: the key's, or the person's in a session."""
    return f"token:{request.auth.pk}" if request.auth is not None else f"pengguna:{request.user.pk}"
