"""Which signature an office's letters get: BSrE, or the portal's own certificate authority.

Without BSrE settings the portal's own authority signs (docs/keputusan/0006). With them BSrE signs everywhere, and the
own authority only in an office and between two dates that the admin wrote down (docs/keputusan/0017): a service that
is down never turns into another signature by itself.
"""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from haji_portal.akun.models import Kantor

from .models import CaraTtd, IzinTtdLokal


def izin_lokal(kantor: Kantor) -> IzinTtdLokal | None:
    """The row that lets the portal's own authority sign for this office today, or None."""
    hari = timezone.localdate(timezone=kantor.zona_waktu)
    return IzinTtdLokal.objects.berlaku(hari).filter(kantor=kantor).order_by("-selesai").first()


def cara_ttd(kantor: Kantor) -> CaraTtd:
    """How letters of this office are signed today."""
    if not settings.BSRE_URL or izin_lokal(kantor) is not None:
        return CaraTtd.LOKAL
    return CaraTtd.BSRE
