"""Effects that go out to BPKH: the request of a payment, and the question how it stands."""

from __future__ import annotations

import datetime

from django.conf import settings

from haji_portal.alur.efek import Irama, penangan
from haji_portal.alur.models import Efek

# 10 tries over 75.5 hours, as the public Standard Webhooks scheme proposes.
JEDA = tuple(datetime.timedelta(seconds=s) for s in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400))
TANYA_SESUDAH = datetime.timedelta(seconds=settings.MITRA_TANYA_SESUDAH)


@penangan("dana.kirim", Irama(jeda=JEDA))
def kirim(efek: Efek) -> None:
    """Without BPKH's interface the request goes by hand or by file, and there is nothing to do here."""
    if not settings.BPKH_URL:
        return
    raise NotImplementedError


@penangan("dana.tanya", Irama(tunda=TANYA_SESUDAH, jeda=JEDA))
def tanya(efek: Efek) -> None:
    if not settings.BPKH_URL:
        return
    raise NotImplementedError
