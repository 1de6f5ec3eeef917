"""Effects of this room: after a refund that failed or bounced the next one is prepared."""

from __future__ import annotations

from haji_portal.alur.efek import penangan
from haji_portal.alur.models import Efek

from .models import Pengembalian
from .pengembalian import ajukan_lagi


@penangan("dana.ajukan_lagi")
def siapkan_lagi(efek: Efek) -> None:
    """Running twice opens one: only where this payment and all after it ended without money another one follows.

    A payment that was opened again meanwhile may have arrived, with the one in its place stopped.
    """
    lama = Pengembalian.objects.get(pk=efek.riwayat.perkara_id)
    rantai = [lama, *lama.rantai()]
    if all(p.ditutup is not None and p.status != Pengembalian.Status.DITERIMA for p in rantai):
        ajukan_lagi(rantai[-1])
