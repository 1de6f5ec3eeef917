"""Signatures between the portal and its partners: the public Standard Webhooks scheme, in both directions.

Signed is `<webhook-id>.<webhook-timestamp>.<body>` with HMAC-SHA256; `webhook-signature` holds one or more
`v1,<base64>`. Who receives accepts every live key, so a key is changed without a gap: add the new one in front, tell
the partner, take the old one out.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings

JENDELA = datetime.timedelta(seconds=300)
"""How far a timestamp may lie before or after our clock."""
MAKS_TANDA = 8
"""Signatures in one header that are looked at."""
_ID = re.compile(r"[A-Za-z0-9_:-]{1,200}")
_WAKTU = re.compile(r"[1-9][0-9]{0,11}")


class TandaSalah(Exception):
    """Not signed with a live key of this partner."""


class DiLuarJendela(Exception):
    """Signed well, but too long ago or in the future."""


@dataclass(frozen=True)
class KunciHidup:
    """Which key signed: a fingerprint that may be logged, and the slug of the one bank it belongs to, if it does."""

    id: str
    kantor: str | None


def kunci_keluar(mitra: str) -> bytes:
    """The key that signs what goes out to a partner: its first one. Raises LookupError when none is set."""
    kunci = {"bpkh": settings.BPKH_KUNCI, "bps": settings.BPS_KUNCI}[mitra]
    if not kunci:
        raise LookupError(f"{mitra.upper()}_KUNCI is not set")
    return kunci[0]


def tanda_tangani(isi: bytes, id: str, waktu: datetime.datetime, kunci: bytes) -> dict[str, str]:
    """The three headers for one body. id: 1-200 of A-Z a-z 0-9 _ : -, the same for every repetition.

    Raises ValueError for an id outside of that.
    """
    if not _ID.fullmatch(id):
        raise ValueError("not a webhook-id")
    detik = str(int(waktu.timestamp()))
    return {
        "webhook-id": id,
        "webhook-timestamp": detik,
        "webhook-signature": _tanda(isi, id, detik, kunci).decode(),
    }


def periksa(mitra: str, headers: Mapping[str, str], isi: bytes, kini: datetime.datetime) -> KunciHidup:
    """Who signed this body. headers: case-insensitive, or with lower-case names.

    Raises TandaSalah, or DiLuarJendela when only the time is wrong. Every live key is tried against every signature,
    so the time taken does not tell which one fitted.
    """
    id, detik = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not (_ID.fullmatch(id) and _WAKTU.fullmatch(detik)):
        raise TandaSalah
    tanda = headers.get("webhook-signature", "").encode("utf-8", "replace").split(b" ")[:MAKS_TANDA]
    cocok: KunciHidup | None = None
    for kunci, kantor in kunci_hidup(mitra):
        harus = _tanda(isi, id, detik, kunci)
        # The text is compared, not the bytes it stands for: base64 has several texts for the same bytes.
        if sum(hmac.compare_digest(harus, satu) for satu in tanda):
            cocok = KunciHidup(sidik_kunci(kunci), kantor)
    if cocok is None:
        raise TandaSalah
    if abs(kini.timestamp() - int(detik)) > JENDELA.total_seconds():
        raise DiLuarJendela
    return cocok


def kunci_hidup(mitra: str) -> Iterator[tuple[bytes, str | None]]:
    """Every key that a partner may sign with, and the slug of the bank it is bound to."""
    if mitra == "bpkh":
        yield from ((kunci, None) for kunci in settings.BPKH_KUNCI)
        return
    yield from ((kunci, None) for kunci in settings.BPS_KUNCI)
    for slug, banyak in settings.BPS_KUNCI_BANK.items():
        yield from ((kunci, slug) for kunci in banyak)


def sidik_kunci(kunci: bytes) -> str:
    """Twelve hex digits that name a key without telling it."""
    return hashlib.sha256(b"portal-haji kunci mitra\0" + kunci).hexdigest()[:12]


def _tanda(isi: bytes, id: str, detik: str, kunci: bytes) -> bytes:
    sandi = hmac.new(kunci, f"{id}.{detik}.".encode() + isi, hashlib.sha256).digest()
    return b"v1," + base64.b64encode(sandi)
