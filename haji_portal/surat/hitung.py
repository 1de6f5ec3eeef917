"""Counting wrong passwords and passphrases per official, over all processes."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache

_cadangan = LocMemCache("surat-sandi", {})
log = logging.getLogger(__name__)


class HitungSalah:
    """At most `batas` wrong tries within `jeda` seconds under one key.

    In the shared cache; while that is out of reach each process counts for itself, and nobody waits to sign.
    """

    def __init__(self, kunci: str, batas: int, jeda: int) -> None:
        self.kunci, self.batas, self.jeda = kunci, batas, jeda

    def tertahan(self) -> bool:
        """Whether another try must wait."""
        return (_hitung(lambda c: c.get(self.kunci)) or 0) >= self.batas

    def catat(self) -> bool:
        """Count one try; False when it is one too many."""
        return _hitung(lambda c: (c.add(self.kunci, 0, self.jeda), c.incr(self.kunci))[1]) <= self.batas

    def tarik(self) -> None:
        """Take one counted try back: it did not show whether the passphrase was right."""
        with contextlib.suppress(ValueError):  # forgotten meanwhile
            _hitung(lambda c: c.decr(self.kunci))

    def lupakan(self) -> None:
        _hitung(lambda c: c.delete(self.kunci))


def _hitung(fungsi: Callable[[BaseCache], Any]) -> Any:
    try:
        return fungsi(cache)
    except ValueError:
        raise
    except Exception as galat:  # noqa: BLE001  (every backend has its own errors)
        log.warning("Tembolok tidak terjangkau (%s).", type(galat).__name__)
        return fungsi(_cadangan)
