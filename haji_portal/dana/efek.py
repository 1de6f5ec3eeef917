"""Effects of this room: after a refund that failed or bounced the next one is prepared."""

from __future__ import annotations

from haji_portal.alur.efek import penangan
from haji_portal.alur.models import Efek

from .models import Pengembalian
from .pengembalian import ajukan_lagi


@penangan("dana.ajukan_lagi")
def siapkan_lagi(efek: Efek) -> None:
    """Running twice opens one: the new refund is linked one to one."""
    lama = Pengembalian.objects.get(pk=efek.riwayat.perkara_id)
    if not Pengembalian.objects.filter(sebelumnya=lama).exists():
        ajukan_lagi(lama)
