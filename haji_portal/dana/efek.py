"""Effects of this room: after a refund that failed or bounced the next one is prepared."""

from __future__ import annotations

from haji_portal.alur.efek import penangan
from haji_portal.alur.models import Efek

from .models import Pengembalian
from .pengembalian import ajukan_lagi


@penangan("dana.ajukan_lagi")
def siapkan_lagi(efek: Efek) -> None:
    """Running twice opens one: only the last payment of the case, ended without money, is followed by another."""
    lama = Pengembalian.objects.get(pk=efek.riwayat.perkara_id)
    akhir = [lama, *lama.rantai()][-1]
    if akhir.ditutup is not None and akhir.status != Pengembalian.Status.DITERIMA and lama.ditutup is not None:
        ajukan_lagi(akhir)
