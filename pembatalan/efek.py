"""What follows a cancellation: the notice to the pilgrim, and the refunds of a journal that was sent."""

from __future__ import annotations

import logging

from haji_portal.alur.efek import GalatEfek, penangan, ringkas
from haji_portal.alur.galat import SalahTahap
from haji_portal.alur.jalankan import buka, jalankan
from haji_portal.alur.models import Efek
from haji_portal.alur.pelaku import Sistem

from .models import Jurnal, Pembatalan, Pemberitahuan
from .tahap import Status

log = logging.getLogger(__name__)


@penangan("pembatalan.pemberitahuan")
def siapkan_pemberitahuan(efek: Efek) -> None:
    """241/2021 A.8: one notice per cancellation, waiting for the Dirjen's signature."""
    p = Pembatalan.objects.select_related("kantor").get(pk=efek.riwayat.perkara_id)
    if Pemberitahuan.objects.filter(induk_id=p.pk).exists():
        return
    isian = {"induk_id": p.pk, "pemohon": p.pemohon, "porsi": p.porsi}
    buka(Pemberitahuan, kantor=p.kantor, oleh=Sistem(efek.jenis), isian=isian)


@penangan("pembatalan.jurnal_terkirim")
def ajukan_semua(efek: Efek) -> None:
    """One transaction per case, in id order; a case that went on already is left alone, so running twice is safe.

    A case that cannot go on does not hold up the others: it is told, and tried again with the effect.
    """
    jurnal, gagal = Jurnal.objects.get(pk=efek.riwayat.perkara_id), []
    for p in jurnal.isi.filter(tahap=Status.DIJURNAL).order_by("pk"):
        try:
            jalankan(p, "ajukan_pengembalian", oleh=Sistem(efek.jenis), versi=None)
        except SalahTahap:
            continue
        except Exception as galat:  # noqa: BLE001  (whatever stops one case must not stop the next)
            log.warning("Pengembalian dana perkara %s belum terbuka: %s", p.pk, ringkas(galat))
            gagal.append(p.nomor)
    if gagal:
        raise GalatEfek(f"{len(gagal)} perkara belum diajukan: {', '.join(gagal[:5])}")
