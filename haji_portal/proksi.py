"""The visitor's address when the portal stands behind reverse proxies.

Login locks and rate limits read REMOTE_ADDR. Behind a proxy that is the proxy's own address, so one
visitor would lock out everybody.
"""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class AlamatPengunjung:
    """Middleware: takes REMOTE_ADDR from X-Forwarded-For, counted from the right.

    HAJI_PROKSI is the number of own proxies in front. Entries further left were written by the
    visitor and are not believed; a missing or malformed entry leaves REMOTE_ADDR as it is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        jumlah = settings.HAJI_PROKSI
        daftar = [bagian.strip() for bagian in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if jumlah and len(daftar) >= jumlah:
            try:
                request.META["REMOTE_ADDR"] = str(ip_address(daftar[-jumlah]))
            except ValueError:
                pass
        return self.get_response(request)


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
