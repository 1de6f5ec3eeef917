"""Clocks of the simulator, and how fast it works."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")
"""Where the books of BPKH and the bank are kept."""


class Jam:
    """The wall clock, in seconds since 1970."""

    def kini(self) -> float:
        return time.time()


class JamMaya(Jam):
    """A clock that stands until it is moved; saat_pindah hears of every move."""

    def __init__(self, awal: float, saat_pindah: Callable[[datetime.datetime], None] | None = None) -> None:
        self._kini, self.saat_pindah = awal, saat_pindah

    def kini(self) -> float:
        return self._kini

    def ke(self, saat: float) -> None:
        """Never backwards."""
        if saat > self._kini:
            self._kini = saat
            if self.saat_pindah is not None:
                self.saat_pindah(datetime.datetime.fromtimestamp(saat, datetime.UTC))


@dataclass(frozen=True)
class Tempo:
    """Seconds from one act to the next; each is stretched or shortened by up to a half by chance."""

    spm: float = 5
    transfer: float = 6
    terima: float = 4


def iso(saat: float) -> str:
    """RFC 3339 in Jakarta's time, whole seconds."""
    return datetime.datetime.fromtimestamp(int(saat), WIB).isoformat()


def hari(saat: float) -> str:
    """The day of an instant in Jakarta."""
    return datetime.datetime.fromtimestamp(saat, WIB).date().isoformat()
