"""Booking a slot, inside the step of the case that books it: one transaction, and the database refuses a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from haji_portal.alur.galat import IsianSalah

from .models.jadwal import Janji, Slot

if TYPE_CHECKING:
    from .models import Pelimpahan


def pesan_slot(p: Pelimpahan, slot: int) -> Janji:
    """Give a slot of the organiser's to a case. Raises IsianSalah for a slot that is not there to be had; a slot that
    somebody else took meanwhile is refused by the constraint `janji_satu_slot` (SudahAda)."""
    # Locked, so that whoever shortens or cancels the day meanwhile sees this appointment, or this sees the closed slot.
    semua = Slot.objects.select_for_update(of=("self",)).select_related("hari__kantor")
    row = semua.filter(pk=slot).first()
    if row is None or row.hari.kantor != p.kantor_penyelenggara():
        raise IsianSalah({"slot": ["Slot ini tidak ada pada jadwal penyelenggara wawancara."]})
    if row.ditutup or row.hari.dibatalkan is not None:
        raise IsianSalah({"slot": ["Slot ini tidak dipakai lagi. Pilih slot lain."]})
    if row.hari.tanggal < timezone.localdate(p.waktu, row.hari.kantor.zona_waktu):
        raise IsianSalah({"slot": ["Hari wawancara ini sudah lewat. Pilih hari lain."]})
    return Janji.objects.create(slot=row, perkara=p, dibuat=p.waktu)


def lepas_slot(p: Pelimpahan, keadaan: str, alasan: str = "") -> None:
    """End the appointment that a case has; none is no error."""
    p.janji.filter(keadaan__in=Janji.BERLAKU).update(keadaan=keadaan, alasan=alasan)


def janji_berlaku(p: Pelimpahan) -> Janji | None:
    """The appointment that counts."""
    berlaku = p.janji.filter(keadaan__in=Janji.BERLAKU).select_related("slot__hari__kantor")
    return berlaku.order_by("-pk").first()
