"""What follows a cancellation: the notice to the pilgrim, and the refunds of a journal that was sent."""

from __future__ import annotations

from haji_portal.alur.efek import penangan
from haji_portal.alur.galat import SalahTahap
from haji_portal.alur.jalankan import buka, jalankan
from haji_portal.alur.models import Efek
from haji_portal.alur.pelaku import Sistem

from .models import Jurnal, Pembatalan, Pemberitahuan


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
    """One transaction per case, in id order; a case that went on already is left alone, so running twice is safe."""
    jurnal = Jurnal.objects.get(pk=efek.riwayat.perkara_id)
    for p in jurnal.isi.filter(tahap="dijurnal").order_by("pk"):
        try:
            jalankan(p, "ajukan_pengembalian", oleh=Sistem(efek.jenis), versi=None)
        except SalahTahap:
            continue
