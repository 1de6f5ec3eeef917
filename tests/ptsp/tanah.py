"""Ground of the contract for requests at the counter: what brings a branch about."""

from __future__ import annotations

from haji_portal.ptsp.models import Pelayanan


def bukakan(perkara, langkah):
    """Papers that are short; a service of the portal that is wanted, and one that has ended."""
    if langkah == "kembalikan":
        satu = perkara.butir.order_by("urut").values_list("pk", flat=True)[0]
        perkara.butir.filter(pk=satu).update(verdict="kurang", alasan="Fotokopi tidak terbaca.")
    if langkah == "layanan_dibuka":
        Pelayanan.objects.filter(pk=perkara.pk).update(layanan="pendaftaran")
    if langkah == "catat_diterima":
        Pelayanan.objects.filter(pk=perkara.pk).update(hasil_layanan="JKS-PD-26-000000: Selesai")
