"""Rate limits of the public site, in the database: every web process counts on the same list."""

from __future__ import annotations

import datetime
import hashlib
import hmac
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from .models import PercobaanCek

JENDELA = datetime.timedelta(minutes=15)
PER_NOMOR = 10
"""Attempts at one case number within JENDELA: a person retyping a date stays far below."""
PER_ALAMAT = 60
"""Attempts from one address within JENDELA: a family or a village office behind one connection stays below."""

PER_ALAMAT_PDF = 20
"""PDF files checked from one address within JENDELA."""


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
    return tunggu({_kunci("nomor", nomor): PER_NOMOR, _kunci("alamat", alamat(request)): PER_ALAMAT})


def tunggu_pdf(request: HttpRequest) -> int:
    """Seconds to wait before the next PDF may be checked: reading a hostile file costs the server work."""
    return tunggu({_kunci("pdf", alamat(request)): PER_ALAMAT_PDF})


@transaction.atomic
def tunggu(kunci: dict[str, int]) -> int:
    """Seconds until every key is below its limit within JENDELA; 0 = go on, and this attempt has been counted.

    A refused attempt is not counted, so waiting always ends.
    """
    kini = timezone.now()
    PercobaanCek.objects.filter(waktu__lt=kini - JENDELA).delete()
    lama = 0
    for satu, batas in kunci.items():
        saat = list(PercobaanCek.objects.filter(kunci=satu).order_by("-waktu").values_list("waktu", flat=True)[:batas])
        if len(saat) >= batas:
            lama = max(lama, int((saat[-1] + JENDELA - kini).total_seconds()) + 1)
    if not lama:
        PercobaanCek.objects.bulk_create(PercobaanCek(kunci=satu, waktu=kini) for satu in kunci)
    return lama
