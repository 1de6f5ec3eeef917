"""Which slots of an organiser are free: for the forms of single cases and for the planner."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.tampil_waktu import tanggal

from .models.jadwal import HariWawancara, Janji, Slot

if TYPE_CHECKING:
    from .models import Pelimpahan

TAMPIL = 200
"""How many free slots one form offers: more is a scroll without an end."""


def slot_kosong(hari: QuerySet[HariWawancara]) -> QuerySet[Slot]:
    """The slots of these days that nobody holds, in order of time."""
    dipegang = Janji.objects.filter(slot=OuterRef("pk"), keadaan__in=Janji.MEMEGANG)
    kosong = Slot.objects.filter(~Exists(dipegang), hari__in=hari, ditutup=False).select_related("hari")
    return kosong.order_by("hari__tanggal", "jam", "meja")


def hari_untuk(p: Pelimpahan) -> QuerySet[HariWawancara]:
    """The organiser's coming days to which this case may be called."""
    kantor = p.kantor_penyelenggara()
    mulai = timezone.localdate(timezone=kantor.zona_waktu)
    hari = HariWawancara.objects.filter(kantor=kantor, tanggal__gte=mulai, dibatalkan__isnull=True)
    return hari.filter(untuk__isnull=True) | hari.filter(untuk=p.kantor)


def belum_lewat(slot: QuerySet[Slot], kantor: Kantor) -> QuerySet[Slot]:
    """Without the times of today that are over on the organiser's clock: nobody is called to an hour that is past."""
    kini = timezone.localtime(timezone=kantor.zona_waktu)
    return slot.exclude(hari__tanggal=kini.date(), jam__lt=kini.time())


def slot_tersedia(p: Pelimpahan) -> list[tuple[str, str]]:
    """Choices of a form: the free slots of the coming days, one per time of day where several desks are free."""
    pilihan, terakhir = [("", "Pilih")], None
    for slot in belum_lewat(slot_kosong(hari_untuk(p).distinct()), p.kantor_penyelenggara())[:TAMPIL]:
        if terakhir != (slot.hari_id, slot.jam):
            kata = f"{tanggal(slot.hari.tanggal)} pukul {slot.jam:%H.%M}, {slot.hari.tempat}"
            pilihan.append((str(slot.pk), kata))
        terakhir = (slot.hari_id, slot.jam)
    return pilihan


def jam_slot(hari: HariWawancara) -> Iterator[datetime.time]:
    """The times at which a slot of this day begins; each ends before the day does."""
    kini = datetime.datetime.combine(hari.tanggal, hari.mulai)
    akhir, lama = datetime.datetime.combine(hari.tanggal, hari.selesai), datetime.timedelta(minutes=hari.menit)
    while kini + lama <= akhir:
        yield kini.time()
        kini += lama


def buat_slot(hari: HariWawancara) -> list[Slot]:
    """Write the slots of a new day: every time at every desk."""
    return Slot.objects.bulk_create(
        Slot(hari=hari, jam=jam, meja=meja) for jam in jam_slot(hari) for meja in range(1, hari.meja + 1)
    )
