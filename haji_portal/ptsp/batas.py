"""Rate limits of the public site, in the database: every web process counts on the same list."""

from __future__ import annotations

import datetime
import hashlib
import hmac
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from .models import PercobaanCek

JENDELA, SEHARI = datetime.timedelta(minutes=15), datetime.timedelta(days=1)
PER_ORANG = 10
"""Attempts at one case number from one address within JENDELA: a person retyping a date stays far below."""
PER_ORANG_SEHARI = 30
"""The same within SEHARI; a right date takes them off again, so whoever looks every hour is never stopped."""
PER_NOMOR_SEHARI = 200
"""Attempts at one case number from everywhere within SEHARI.

Some 25,000 birth dates are plausible (68 years). Whoever knows a number needs 125 days for all of them (62 on average)
from any number of addresses, 833 days from one address at 30 a day; most cases are closed by then. To use the 200 up
and so shut a number to its owner takes seven addresses or more, and the owner may still come or telephone.
"""
PER_ALAMAT = 60
"""Attempts from one address within JENDELA: a family or a village office behind one connection stays below."""

PER_ALAMAT_PDF = 20
"""PDF files checked from one address within JENDELA."""


@dataclass(frozen=True)
class Batas:
    """At most `kali` attempts under `kunci` within `jendela`."""

    kunci: str
    kali: int
    jendela: datetime.timedelta


def _kunci(jenis: str, nilai: str) -> str:
    return hmac.new(settings.KUNCI_HASH.encode(), f"{jenis}:{nilai}".encode(), hashlib.sha256).hexdigest()


def alamat(request: HttpRequest) -> str:
    """The visitor's address as it counts: an IPv6 visitor owns a whole /64, so that is one address."""
    mentah = request.META.get("REMOTE_ADDR", "")
    try:
        ip = ip_address(mentah)
    except ValueError:
        return mentah
    if isinstance(ip, IPv6Address):
        # A dual-stack socket writes IPv4 visitors as ::ffff:a.b.c.d; cut to /64 they would all be one.
        return str(ip.ipv4_mapped) if ip.ipv4_mapped else ip.exploded[:19]
    return str(ip)


def tunggu_cek(request: HttpRequest, nomor: str) -> int:
    """Seconds to wait before the next status lookup; 0 = go on. Whether the number exists plays no part."""
    return tunggu(
        [
            Batas(_kunci_orang(request, nomor), PER_ORANG, JENDELA),
            Batas(_kunci_orang(request, nomor), PER_ORANG_SEHARI, SEHARI),
            Batas(_kunci("nomor", nomor), PER_NOMOR_SEHARI, SEHARI),
            Batas(_kunci("alamat", alamat(request)), PER_ALAMAT, JENDELA),
        ]
    )


def cocok(request: HttpRequest, nomor: str) -> None:
    """The date was right: this address has guessed nothing at this number."""
    PercobaanCek.objects.filter(kunci=_kunci_orang(request, nomor)).delete()


def _kunci_orang(request: HttpRequest, nomor: str) -> str:
    return _kunci("orang", f"{nomor} {alamat(request)}")


def tunggu_pdf(request: HttpRequest) -> int:
    """Seconds to wait before the next PDF may be checked: reading a hostile file costs the server work."""
    return tunggu([Batas(_kunci("pdf", alamat(request)), PER_ALAMAT_PDF, JENDELA)])


@transaction.atomic
def tunggu(batas: list[Batas]) -> int:
    """Seconds until every key is below its limits; 0 = go on, and this attempt has been counted once per key.

    A refused attempt is not counted, so waiting always ends.
    """
    kini = timezone.now()
    PercobaanCek.objects.filter(waktu__lt=kini - SEHARI).delete()
    lama = 0
    for satu in batas:
        rows = PercobaanCek.objects.filter(kunci=satu.kunci, waktu__gte=kini - satu.jendela)
        saat = list(rows.order_by("-waktu").values_list("waktu", flat=True)[: satu.kali])
        if len(saat) >= satu.kali:
            lama = max(lama, int((saat[-1] + satu.jendela - kini).total_seconds()) + 1)
    if not lama:
        PercobaanCek.objects.bulk_create(PercobaanCek(kunci=k, waktu=kini) for k in {b.kunci for b in batas})
    return lama


def sebut_lama(detik: int) -> str:
    """A wait in words, rounded up: minutes, from an hour and a half on hours."""
    menit = -(-detik // 60)
    return f"{menit} menit" if menit < 90 else f"{-(-menit // 60)} jam"
