"""What a partner says about one payment, read from JSON: an event that came, or the answer to a question."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_datetime

BATAS_JSON = 64 * 1024
"""Bytes of an event."""
DALAM = 8
"""Levels of nesting; nothing in the contract needs more than three."""


@dataclass(frozen=True)
class Kabar:
    """Amounts are whole rupiah; waktu is when it happened; alasan may be empty, so may nomor_spm."""

    jenis: str
    rujukan: str
    setoran: int
    nilai_manfaat: int
    jumlah: int
    mata_uang: str
    rekening: str
    waktu: datetime.datetime
    nomor_spm: str = ""
    alasan: str = ""


def baca_json(isi: bytes) -> Any:
    """JSON without its dark corners: UTF-8, no fractions, no NaN, no name twice, no lone surrogate, nothing deep.

    Raises ValueError.
    """
    try:
        hasil = json.loads(
            isi.decode("utf-8"), parse_float=_tolak, parse_constant=_tolak, object_pairs_hook=_tanpa_ganda,
        )  # fmt: skip
    except RecursionError:
        raise ValueError("nested too deeply") from None
    _dangkal(hasil)
    json.dumps(hasil, ensure_ascii=False).encode("utf-8")
    return hasil


def kabar_dari(isi: Mapping[str, Any]) -> Kabar:
    """A body that fits the schema as a Kabar. Raises ValueError for an instant that does not exist."""
    waktu = parse_datetime(isi["waktu"])
    if waktu is None or waktu.tzinfo is None:
        raise ValueError("not an RFC 3339 instant")
    return Kabar(
        jenis=isi["event"], rujukan=isi["referensi"], setoran=isi["rincian"]["setoran"],
        nilai_manfaat=isi["rincian"]["nilai_manfaat"], jumlah=isi["jumlah"], mata_uang=isi["mata_uang"],
        rekening=isi["rekening"], waktu=waktu, nomor_spm=isi.get("nomor_spm", ""), alasan=isi.get("alasan", ""),
    )  # fmt: skip


def _dangkal(isi: Any) -> None:
    lapis = [isi]
    for _ in range(DALAM):
        lapis = [anak for satu in lapis if isinstance(satu, (dict, list)) for anak in _anak(satu)]
    if lapis:
        raise ValueError("nested too deeply")


def _anak(satu: dict[str, Any] | list[Any]) -> list[Any]:
    return list(satu.values()) if isinstance(satu, dict) else satu


def _tolak(angka: str) -> Any:
    raise ValueError("only whole numbers")


def _tanpa_ganda(pasangan: list[tuple[str, Any]]) -> dict[str, Any]:
    hasil = dict(pasangan)
    if len(hasil) != len(pasangan):
        raise ValueError("a name stands twice")
    return hasil
