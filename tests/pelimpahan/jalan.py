"""The way of a transfer through its table, for the tests of this room."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from haji_portal.akun.models import Kantor, Penugasan
from haji_portal.alur.pelaku import Petugas
from haji_portal.alur.posisi import langkah_berikut
from haji_portal.jemaah.models import Jemaah
from pelimpahan import contoh
from pelimpahan.jadwal import pesan_slot
from pelimpahan.models import Pelimpahan
from tests.batal import pindah
from tests.kontrak.potret import segar

CEPAT = "palu"
"""An office under the national table: its file goes to the Kanwil without a letter, so without drawing one."""


def buka(urut: int = 3, slug: str = CEPAT, **isian: Any):
    return segar(contoh.buka_contoh(Kantor.objects.get(slug=slug), urut, **isian).perkara)


def lakukan(pelaksana, p, nama: str, **data: Any):
    return segar(pelaksana.lakukan(segar(p), nama, contoh.isian(segar(p), nama) | data).perkara)


def sampai(pelaksana, p, tahap: str):
    while p.tahap != tahap:
        p = lakukan(pelaksana, p, langkah_berikut(p).nama)
    return p


def terbuka(p, tahap: str = "menunggu_wawancara"):
    """The same case with its appointment and the block open, put there without its history."""
    if p.janji_kini is None:
        p.waktu = timezone.now()
        with transaction.atomic():
            pesan_slot(p, contoh.slot_contoh(p).pk)
    Pelimpahan.objects.filter(pk=p.pk).update(blokir_dibuka_pada=timezone.now())
    return pindah(segar(p), tahap)


def luar_provinsi(p):
    Jemaah.objects.filter(pk=p.pemohon_id).update(provinsi="Jawa Timur")
    return segar(p)


def petugas(akun: str) -> Petugas:
    tugas = Penugasan.objects.select_related("pengguna", "kantor").filter(pengguna__username=akun)[0]
    return Petugas(tugas.pengguna, tugas)


HARI = datetime.timedelta(days=1)
