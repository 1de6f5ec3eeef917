"""Ground of the planner's tests: days of a Kanwil and recipients who wait for one."""

from __future__ import annotations

import datetime

from django.utils import timezone

from haji_portal.akun.models import Kantor, Penugasan
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.pelaku import Petugas
from pelimpahan import contoh
from pelimpahan.models import HariWawancara, Pelimpahan
from pelimpahan.slot import buat_slot


def hari_contoh(kantor, *, maju=7, meja=1, menit=60, **lain) -> HariWawancara:
    """A day of seven slots per desk, `maju` days from today."""
    tanggal = timezone.localdate(timezone=kantor.zona_waktu) + datetime.timedelta(days=maju)
    hari = HariWawancara.objects.create(
        kantor=kantor, tanggal=tanggal, tempat="Aula", alamat="Jalan Contoh 1", meja=meja, menit=menit, **lain
    )
    buat_slot(hari)
    return hari


def penerima(slug, banyak, *, awal=20_000, tahap="disetujui") -> list[Pelimpahan]:
    """Recipients of an office whose file the Kanwil has approved. Their way there is the contract's business."""
    kantor = Kantor.objects.get(slug=slug)
    pk = [contoh.buka_contoh(kantor, awal + n, layanan="pelimpahan").perkara.pk for n in range(banyak)]
    lewatkan(pk, tahap)
    return list(Pelimpahan.objects.filter(pk__in=pk).order_by("pk"))


def lewatkan(pk, tahap) -> None:
    """Put cases into a state without walking there."""
    Pelimpahan.objects.filter(pk__in=pk).update(status=tahap, tahap=tahap)
    if tahap == "menunggu_wawancara":
        Pelimpahan.objects.filter(pk__in=pk).update(blokir_dibuka_pada=timezone.now())


def petugas(nama) -> Petugas:
    tugas = Penugasan.objects.select_related("kantor", "pengguna").get(pengguna__username=nama)
    return Petugas(tugas.pengguna, tugas)


def jadwalkan(p, slot, oleh=None):
    """Give one recipient a slot through the door of every step."""
    oleh = oleh or petugas("kanwil.ntb")
    return jalankan(p, "jadwalkan", oleh=oleh, versi=p.versi, data={"slot": slot.pk})


def undang(hari, penerima) -> None:
    """Everybody has a slot of the day and the block is open."""
    for p, slot in zip(penerima, hari.slot.order_by("jam", "meja"), strict=False):
        jadwalkan(p, slot)
    lewatkan([p.pk for p in penerima], "menunggu_wawancara")
