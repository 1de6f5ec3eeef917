"""The ports behind which messages leave: one adapter per channel, chosen by the settings.

An adapter says only how far a message came. Whether it is tried again is decided in one place, `kirim.py`.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class Hasil(enum.Enum):
    DITERIMA = "diterima"
    # It will never be taken: a wrong address, a forbidden text.
    DITOLAK = "ditolak"
    # It was certainly not taken this time: not connected, too busy, our own account refused.
    TERTUNDA = "tertunda"
    # It may have been taken.
    TIDAK_PASTI = "tidak_pasti"


@dataclass(frozen=True)
class Kiriman:
    """What is handed over. `rujukan` is the same at every try, so that the other side can tell a repetition."""

    rujukan: str
    alamat: str
    judul: str
    isi: str
    lampiran: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True)
class Jawab:
    """The outcome of one hand-over; `galat` is kept in the ledger, so it names nobody. bukti: what the other side said
    when it took the message."""

    hasil: Hasil
    galat: str = ""
    bukti: str = ""


class Saluran(Protocol):
    """One channel. `seketika`: the row in the ledger is the delivery itself, nothing is handed over."""

    seketika: bool

    def __init__(self, nama: str) -> None: ...

    def aktif(self) -> bool:
        """Whether this installation can send through it."""
        ...

    def serahkan(self, kiriman: Kiriman) -> Jawab:
        """Hand one message over. Faults of the other side are outcomes, not exceptions."""
        ...

    def tanya(self, rujukan: str) -> str:
        """What became of an earlier hand-over: a `Laporan`, "" when the channel cannot or does not tell."""
        ...


class Laporan:
    """What a gateway reports about a message, by webhook or when asked."""

    DIKIRIM = "dikirim"
    SAMPAI = "sampai"
    GAGAL = "gagal"
    TIDAK_DIKENAL = "tidak_dikenal"


class SaluranAplikasi:
    """Inside the portal: who opens /pesan/ reads the ledger."""

    seketika = True

    def __init__(self, nama: str) -> None:
        self.nama = nama

    def aktif(self) -> bool:
        return True

    def serahkan(self, kiriman: Kiriman) -> Jawab:
        return Jawab(Hasil.DITERIMA)

    def tanya(self, rujukan: str) -> str:
        return ""


def saluran(nama: str) -> Saluran:
    """The adapter of one channel (a value of `Pesan.Saluran`); KeyError for a channel without one."""
    kelas = import_string(settings.PESAN_SALURAN[nama])
    hasil: Saluran = kelas(nama)
    return hasil
