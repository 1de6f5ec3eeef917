"""Ground of the contract for branches that the plain path of a registration does not reach."""

from django.utils import timezone


def bukakan(perkara, langkah):
    """Make a branch possible: papers that are short, or an SPH that was issued without a photo."""
    if langkah == "kembalikan":
        satu = perkara.butir.order_by("urut").values_list("pk", flat=True)[0]
        perkara.butir.filter(pk=satu).update(verdict="kurang", alasan="Fotokopi tidak terbaca.")
    if langkah == "foto_ulang":
        perkara.lampiran.filter(jenis__startswith="foto_").update(diganti_pada=timezone.now())
