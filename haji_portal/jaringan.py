"""The one door to other people's HTTP services: time limits, size limits, no redirects, and an honest outcome.

What matters to a caller is how far a request came. A request that was refused or never left may be repeated; one that
left without a clear answer may have been obeyed, and only a question or a person can tell.
"""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NameResolutionError, NewConnectionError, SSLError

BATAS_JAWABAN = 1024 * 1024
"""Bytes of an answer that are read; a partner that sends more is broken or hostile."""
BATAS_DETIK = 40.0
"""From the first byte sent to the last byte read; without it an answer that drips would hold a worker for ever."""
_kolam = urllib3.PoolManager(num_pools=16, maxsize=4, retries=False, cert_reqs="CERT_REQUIRED")


class TidakTerjangkau(Exception):
    """The request never reached the other side: repeating it is safe. The text names only the host."""


class JawabanHilang(Exception):
    """The request left and no whole answer came: it may have been obeyed. Never repeat it blindly."""


@dataclass(frozen=True)
class Jawaban:
    """A whole HTTP answer. `kepala` has lower-case names."""

    status: int
    kepala: Mapping[str, str]
    isi: bytes

    def json(self) -> Any:
        """The body as JSON; ValueError when it is not."""
        return json.loads(self.isi)


def panggil(
    metode: str,
    url: str,
    *,
    json_: Any = None,
    isi: bytes | None = None,
    kepala: Mapping[str, str] | None = None,
    sambung: float = 5.0,
    tunggu: float = 30.0,
    batas: int = BATAS_JAWABAN,
) -> Jawaban:
    """One request, one answer, whatever its status; redirects are answers too.

    json_: body as JSON; isi: body as bytes. sambung, tunggu: seconds to connect and to wait for each part of the
    answer. Raises TidakTerjangkau (safe to repeat), JawabanHilang (not safe), ValueError for an address that is not
    http(s). Nothing of the body or the headers goes into an error's text.
    """
    bagian = urlsplit(url)
    if bagian.scheme not in ("http", "https") or not bagian.hostname:
        raise ValueError("only http(s) addresses can be called")
    kirim, mulai = dict(kepala or {}), time.monotonic()
    if json_ is not None:
        isi = json.dumps(json_, separators=(",", ":")).encode()
        kirim.setdefault("Content-Type", "application/json")
    try:
        jawab = _kolam.request(
            metode, url, body=isi, headers=kirim, redirect=False, preload_content=False, decode_content=False,
            timeout=urllib3.Timeout(connect=sambung, read=tunggu),
        )  # fmt: skip
    except HTTPError as galat:
        if _belum_berangkat(galat):
            raise TidakTerjangkau(f"{bagian.hostname} tidak terjangkau ({type(galat).__name__})") from None
        raise JawabanHilang(f"Jawaban {bagian.hostname} hilang ({type(galat).__name__})") from None
    return _baca(jawab, bagian.hostname, batas, mulai + BATAS_DETIK)


def _belum_berangkat(galat: HTTPError) -> bool:
    """A failed look-up, connection or certificate; any other TLS error may come after the request has left."""
    if isinstance(galat, SSLError):
        return any(isinstance(sebab, ssl.SSLCertVerificationError) for sebab in galat.args)
    return isinstance(galat, (NewConnectionError, ConnectTimeoutError, NameResolutionError))


def _baca(jawab: Any, tuan: str, batas: int, sampai: float) -> Jawaban:
    """The bytes as they came: nothing is unpacked, a compressed answer was not asked for."""
    isi, habis = bytearray(), False
    try:
        while len(isi) <= batas and not habis:
            bagian = jawab.read1(batas + 1 - len(isi), decode_content=False)
            isi += bagian or b""
            habis = not bagian
            if time.monotonic() > sampai:
                raise JawabanHilang(f"Jawaban {tuan} tidak selesai dalam {BATAS_DETIK:.0f} detik")
    except HTTPError as galat:
        raise JawabanHilang(f"Jawaban {tuan} terputus ({type(galat).__name__})") from None
    finally:
        # Nothing is left unread on a connection that goes back to the pool.
        jawab.release_conn() if habis else jawab.close()
    if len(isi) > batas:
        raise JawabanHilang(f"Jawaban {tuan} lebih besar daripada {batas} byte")
    return Jawaban(jawab.status, {k.lower(): v for k, v in jawab.headers.items()}, bytes(isi))
