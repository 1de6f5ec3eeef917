"""Effects of this room: after a refund that failed or bounced the next one is prepared."""

from __future__ import annotations

import datetime

from django.utils import timezone

from haji_portal.alur.efek import Tunda, penangan
from haji_portal.alur.galat import Tertutup
from haji_portal.alur.models import Efek

from .models import Pengembalian
from .pengembalian import ajukan_lagi, porsi_diperiksa_lain

JEDA = datetime.timedelta(hours=1)


@penangan("dana.ajukan_lagi")
def siapkan_lagi(efek: Efek) -> None:
    """Running twice opens one: only where this payment and all after it ended without money another one follows.

    A payment that was opened again meanwhile may have arrived, with the one in its place stopped. While another case
    examines the porsi its money stays where it is (Tunda); where the cancellation was put right none follows at all.
    """
    lama = Pengembalian.objects.get(pk=efek.riwayat.perkara_id)
    rantai = [lama, *lama.rantai()]
    if any(p.ditutup is None or p.status == Pengembalian.Status.DITERIMA for p in rantai):
        return
    if porsi_diperiksa_lain(lama):
        raise Tunda("Porsinya sedang diperiksa perkara lain.", timezone.now() + JEDA)
    try:
        ajukan_lagi(rantai[-1])
    except Tertutup:
        return
