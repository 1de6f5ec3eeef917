"""What follows a reactivation that did not come about: the cancellation that had let go of the porsi goes on."""

from __future__ import annotations

from haji_portal.alur.efek import penangan
from haji_portal.alur.galat import SalahTahap, Tertutup
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.models import Efek
from haji_portal.alur.pelaku import Sistem

from .models import Pengaktifan


@penangan("pengaktifan.pulihkan")
def pulihkan_pembatalan(efek: Efek) -> None:
    """A cancellation that was not stopped, or goes on already, is left alone; so running twice is safe."""
    p = Pengaktifan.objects.select_related("perkara_batal").get(pk=efek.riwayat.perkara_id)
    batal = p.perkara_batal.rinci()
    if not batal.AMBIL_PORSI:
        return
    try:
        jalankan(batal, batal.AMBIL_PORSI, oleh=Sistem(efek.jenis), versi=None)
    except (SalahTahap, Tertutup):
        return
