"""Ground of the contract for transfers: branches off the plain path."""

from __future__ import annotations

from haji_portal.jemaah.models import Jemaah
from haji_portal.surat.terbit import cabut
from pelimpahan.models import Pelimpahan


def bukakan(perkara, langkah):
    """Make a branch possible: papers that are short, a withdrawn letter, a recipient from elsewhere, an open block."""
    if langkah in ("susun_ulang", "terbitkan_ulang"):
        cabut(perkara.surat.filter(status="ditandatangani").order_by("-pk")[0], "Nama penerima salah ketik.")
    if langkah == "kembalikan":
        satu = perkara.butir.order_by("urut").values_list("pk", flat=True)[0]
        perkara.butir.filter(pk=satu).update(verdict="kurang", alasan="Fotokopi tidak terbaca.")
    if langkah == "serahkan_pusat":
        Jemaah.objects.filter(pk=perkara.pemohon_id).update(provinsi="Jawa Timur")
    if langkah == "hentikan_kantor":
        Pelimpahan.objects.filter(pk=perkara.pk).update(blokir_dibuka_pada=perkara.dibuka)
