"""What an open case locks: the values of `Permohonan.kunci()` that several services share."""

from __future__ import annotations

from haji_portal.jemaah.models import Setoran


def kunci_porsi(porsi_id: int) -> list[tuple[str, str]]:
    """A porsi with every deposit of it: one open case, whatever the service and whichever slip was brought along."""
    setoran = Setoran.objects.filter(porsi=porsi_id).order_by("pk").values_list("pk", flat=True)
    return [("porsi", str(porsi_id)), *(("setoran", str(pk)) for pk in setoran)]
