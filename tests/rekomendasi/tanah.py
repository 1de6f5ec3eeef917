"""Ground of the contract for recommendations: what the branches off the plain path need."""

from __future__ import annotations

from haji_portal.surat.terbit import cabut


def bukakan(perkara, langkah):
    """Make a branch possible: papers that are short, a letter that was withdrawn."""
    if langkah == "kembalikan":
        satu = perkara.butir.order_by("urut").values_list("pk", flat=True)[0]
        perkara.butir.filter(pk=satu).update(verdict="kurang", alasan="Fotokopi tidak terbaca.")
    if langkah == "terbitkan_ulang":
        cabut(perkara.surat.filter(status="ditandatangani").order_by("-pk")[0], "Salah ketik.")
