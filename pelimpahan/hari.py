"""Days of interviews: written, enlarged, shortened and cancelled without losing anybody who holds a slot."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from haji_portal.akun.models import Penugasan
from haji_portal.alur.galat import IsianSalah
from haji_portal.alur.jalankan import Hasil, jalankan
from haji_portal.alur.pelaku import Petugas
from haji_portal.meja.borongan import HasilSatu

from .massal import satu_per_satu
from .models import HariWawancara, Janji, Pelimpahan, Slot
from .models.pelimpahan import TERJADWAL
from .slot import belum_lewat, buat_slot, jam_slot, slot_kosong
from .tahap import Status

BATAL = {Status.DIJADWALKAN: "batalkan_jadwal", Status.MENUNGGU_WAWANCARA: "batalkan_undangan"}
"""The step that frees a recipient from a day."""


@transaction.atomic
def tulis_slot(hari: HariWawancara) -> None:
    """Bring the slots of a saved day in line with its hours, minutes and desks.

    A slot that nobody ever held goes; one with a history is closed; one that is held stays, or the whole change is
    refused: IsianSalah. Whoever books meanwhile waits for the locks taken here, and then finds the slot closed.
    """
    HariWawancara.objects.select_for_update().get(pk=hari.pk)
    ada = {(s.jam, s.meja): s for s in hari.slot.select_for_update(of=("self",))}
    if not ada:
        buat_slot(hari)
        return
    mau = {(jam, meja) for jam in jam_slot(hari) for meja in range(1, hari.meja + 1)}
    sisa = hari.slot.filter(pk__in=[s.pk for kunci, s in ada.items() if kunci not in mau])
    if terisi := sisa.filter(janji__keadaan__in=Janji.BERLAKU).order_by("jam", "meja").first():
        kalimat = f"Slot pukul {terisi.jam:%H.%M} meja {terisi.meja} sudah diisi. Pindahkan penerimanya lebih dulu."
        raise IsianSalah({"__all__": [kalimat]})
    sisa.filter(~Exists(Janji.objects.filter(slot=OuterRef("pk")))).delete()
    sisa.update(ditutup=True)
    hari.slot.filter(pk__in=[s.pk for kunci, s in ada.items() if kunci in mau], ditutup=True).update(ditutup=False)
    Slot.objects.bulk_create(Slot(hari=hari, jam=jam, meja=meja) for jam, meja in sorted(mau - ada.keys()))


@transaction.atomic
def tutup_hari(hari: HariWawancara) -> None:
    """Cancel a day: from this commit on nobody is booked into it. Who has an appointment keeps it until moved."""
    row = HariWawancara.objects.select_for_update().get(pk=hari.pk)
    if row.dibatalkan is None:
        row.dibatalkan = timezone.now()
        row.save(update_fields=["dibatalkan"])
    row.slot.update(ditutup=True)


def masih_terjadwal(hari: HariWawancara) -> QuerySet[Pelimpahan]:
    """The recipients of a day whose interview is still to come, in the order in which they come."""
    janji = Janji.objects.filter(slot__hari=hari, keadaan__in=Janji.BERLAKU, perkara__tahap__in=TERJADWAL)
    rows = Pelimpahan.objects.filter(pk__in=janji.order_by().values("perkara"))
    return rows.select_related("kantor", "pemohon")


def kosongkan(hari: HariWawancara, ke: HariWawancara | None, alasan: str, tugas: Penugasan) -> Iterator[HasilSatu]:
    """Move everybody of a cancelled day to the free slots of another; whoever finds none waits for a new schedule."""
    pelaku = Petugas(tugas.pengguna, tugas)
    antre = list(masih_terjadwal(hari).order_by("pk"))
    urut = dict(
        Janji.objects.filter(slot__hari=hari, keadaan__in=Janji.BERLAKU, perkara__in=[p.pk for p in antre])
        .order_by("slot__jam", "slot__meja").values_list("perkara", "pk")
    )  # fmt: skip
    hari_baru = HariWawancara.objects.filter(pk=ke.pk) if ke else HariWawancara.objects.none()
    tujuan = dict(zip(urut, belum_lewat(slot_kosong(hari_baru), hari.kantor)[: len(urut)], strict=False))

    def satu(p: Pelimpahan) -> Hasil:
        if slot := tujuan.get(p.pk):
            data = {"slot": slot.pk, "alasan": alasan}
            return jalankan(p, "pindah_jadwal", oleh=pelaku, versi=p.versi, data=data)
        return jalankan(p, BATAL[Status(p.tahap)], oleh=pelaku, versi=p.versi, data={"alasan": alasan})

    return satu_per_satu(antre, satu)


def sudah_usai(hari: HariWawancara, kini: datetime.datetime) -> bool:
    """Whether the last interview of the day should be over, on the organiser's clock."""
    lokal = kini.astimezone(hari.kantor.zona_waktu)
    return (lokal.date(), lokal.time()) >= (hari.tanggal, hari.selesai)
