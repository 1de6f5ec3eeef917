"""The end of the day and of the keeping: forgotten numbers are closed, old guest-book lines lose the person."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from haji_portal.alur.models import Aturan
from haji_portal.alur.penutupan import hari_kantor

from ..models import BukuTamu, Tiket
from .panggil import Jenis, Keadaan, tukar

ATURAN_HARI = "buku-tamu-hari"
"""The dated rule: days after which name, origin and telephone of a visitor are deleted."""
TERBUKA = (Keadaan.MENUNGGU, Keadaan.DIPANGGIL, Keadaan.DILAYANI, Keadaan.DILEWATI)


def tutup_hari() -> int:
    """Close the numbers of past days that nobody closed; returns how many. May run twice and at any hour."""
    terlewat = Tiket.objects.filter(keadaan__in=TERBUKA, tanggal__lte=timezone.now().date())
    jumlah = 0
    for tiket in terlewat.select_related("kantor").order_by("pk"):
        if tiket.tanggal >= hari_kantor(tiket.kantor):
            continue
        with transaction.atomic():
            jumlah += tukar(
                tiket, [tiket.keadaan], _akhir(tiket), Jenis.DITUTUP, loket=None, oleh=None
            )  # fmt: skip
    return jumlah


def _akhir(tiket: Tiket) -> str:
    """Who sat at a desk was served, whenever that ended; who waited was not."""
    return Keadaan.SELESAI if tiket.keadaan == Keadaan.DILAYANI else Keadaan.BATAL


def kosongkan_tamu(hari_ini: datetime.date | None = None) -> int:
    """Delete who it was from guest-book lines older than the rule says; the line stays as a count."""
    hari_ini = hari_ini or timezone.localdate()
    batas = hari_ini - datetime.timedelta(days=int(Aturan.pada(ATURAN_HARI, hari_ini).nilai))
    lama = BukuTamu.objects.filter(tanggal__lt=batas, dikosongkan=None)
    return lama.update(nama="", asal="", telepon="", keperluan="", dikosongkan=timezone.now())
