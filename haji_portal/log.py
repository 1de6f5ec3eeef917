"""Log lines without personal data: as text or as one JSON object per line.

What a formatter alone can do, it does for every logger of every package: numbers that look like a NIK, an account or a
telephone and e-mail addresses are masked, control characters cannot begin a line of their own, the address of a page is
replaced by the name of its route, and of an exception only its class and its place in the code are kept, since its text
nearly always quotes the value that failed.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import json
import logging
import re
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from ipaddress import ip_address
from types import TracebackType
from typing import Any

NIK = re.compile(r"(?<!\d)(?:\d[ .-]?){15}\d(?!\d)")
# Nine digits and more, with dots or dashes between them: account, porsi, telephone. A date alone has eight.
NOMOR = re.compile(r"(?<![0-9A-Za-z])\+?(?:\d[.-]?){8,}\d(?![0-9A-Za-z])")
SUREL = re.compile(r"[^\s@<>\"'(),;:]+@[^\s@<>\"'(),;:]+\.[A-Za-z]{2,}")
# Line breaks and what turns the reading direction: nobody outside may forge a line.
KENDALI = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
# Their texts speak of code or of a connection, never of a person.
GALAT_TERBUKA = ("ImportError", "ModuleNotFoundError", "AttributeError", "NameError", "TypeError", "RecursionError",
                 "NotImplementedError", "ImproperlyConfigured", "TemplateDoesNotExist", "OperationalError", "GalatEfek",
                 "JanganUlang", "CadanganRusak")  # fmt: skip
MAKS_BINGKAI = 40

tanda_permintaan: ContextVar[str] = ContextVar("tanda_permintaan", default="")
"""The mark of the request or task that is being worked on; "" outside of one."""


def samarkan(teks: str) -> str:
    """Mask NIK, account, porsi and telephone numbers and e-mail addresses; network addresses stay."""
    teks = NIK.sub("****************", teks)
    return SUREL.sub("***@***", NOMOR.sub(_nomor, teks))


def _nomor(cocok: re.Match[str]) -> str:
    try:
        ip_address(cocok[0])
    except ValueError:
        return "*********"
    return cocok[0]


def satu_baris(teks: str) -> str:
    """Control characters as visible escapes."""
    return KENDALI.sub(lambda c: f"\\x{ord(c[0]):02x}" if ord(c[0]) < 256 else f"\\u{ord(c[0]):04x}", teks)


def pesan(record: logging.LogRecord) -> str:
    """The message of a record without the page's address, without the text of an exception, on one line."""
    args: Any = record.args
    permintaan = getattr(record, "request", None)
    if permintaan is not None and record.name.startswith("django.security") and not args:
        # Suspicious operations bring the visitor's own words as the message.
        return f"{record.name.rpartition('.')[2]}: {rute(permintaan)}"
    if permintaan is not None and isinstance(args, tuple):
        alamat = getattr(permintaan, "path", None)
        args = tuple(rute(permintaan) if isinstance(a, str) and a == alamat else a for a in args)
    elif isinstance(args, dict) and record.name.startswith("celery"):
        args = {k: _tanpa_isi(v) if k in ("exc", "return_value", "args", "kwargs") else v for k, v in args.items()}
    try:
        teks = str(record.msg) % args if args else str(record.msg)
    except (TypeError, ValueError, KeyError):
        teks = str(record.msg)
    return satu_baris(samarkan(teks))


def _tanpa_isi(nilai: object) -> str:
    """`ValueError('...')` -> `ValueError`."""
    cocok = re.match(r"[A-Za-z_][\w.]*(?=\()", str(nilai))
    return cocok[0] if cocok else "…"


def rute(permintaan: Any) -> str:
    """Name of the route that answers a request; addresses may hold numbers that somebody typed."""
    cocok = getattr(permintaan, "resolver_match", None)
    return (cocok.view_name or "tanpa-nama") if cocok else "tanpa-alamat"


def jejak(galat: BaseException) -> Iterator[str]:
    """Lines about an exception and its causes: places in the code and classes; texts only of GALAT_TERBUKA."""
    dilihat: set[int] = set()
    satu: BaseException | None = galat
    while satu is not None and id(satu) not in dilihat:
        dilihat.add(id(satu))
        yield from _bingkai(satu.__traceback__)
        jenis = type(satu)
        isi = f": {satu_baris(samarkan(str(satu)))[:300]}" if jenis.__name__ in GALAT_TERBUKA else ""
        yield f"{jenis.__module__}.{jenis.__qualname__}{isi}"
        satu = satu.__cause__ or (None if satu.__suppress_context__ else satu.__context__)
        if satu is not None:
            yield "sebelumnya:"


def _bingkai(tb: TracebackType | None) -> Iterator[str]:
    for satu in traceback.extract_tb(tb)[-MAKS_BINGKAI:]:
        yield f"{satu.filename}:{satu.lineno} {satu.name}"


def _galat(record: logging.LogRecord) -> list[str]:
    return list(jejak(record.exc_info[1])) if record.exc_info and record.exc_info[1] else []


class FormatterSamar(logging.Formatter):
    """One line of text; what follows an exception is indented, so that no line can pass for a new entry."""

    def format(self, record: logging.LogRecord) -> str:
        """The finished text of a record."""
        record.message, record.asctime = pesan(record), self.formatTime(record, self.datefmt)
        tanda = tanda_permintaan.get()
        baris = self.formatMessage(record) + (f" [{tanda}]" if tanda else "")
        return "\n    ".join([baris, *_galat(record)])


class FormatterJson(logging.Formatter):
    """One JSON object per line: waktu (UTC), tingkat, sumber, pesan, permintaan, and what the record brings."""

    def format(self, record: logging.LogRecord) -> str:
        """The finished line of a record."""
        isi: dict[str, Any] = {
            "waktu": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds"),
            "tingkat": record.levelname,
            "sumber": record.name,
            "pesan": pesan(record),
        }
        if tanda := tanda_permintaan.get():
            isi["permintaan"] = tanda
        isi |= getattr(record, "akses", {})
        if baris := _galat(record):
            isi["jejak"] = baris
        return json.dumps(isi, ensure_ascii=False)


def klien_masuk(username: str, ip: str, user_agent: str, path_info: str, request: Any) -> str:
    """What the log says about a failed login: the address and a keyed hash, as anything may be typed for a name."""
    from django.conf import settings

    sidik = hmac.new(settings.KUNCI_HASH.encode(), str(username).encode(), hashlib.sha256).hexdigest()[:12]
    return f"{{akun: {sidik}, alamat: {ip}}}"
