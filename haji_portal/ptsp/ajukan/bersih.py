"""Drafts that nobody sends: a reminder some days before, then gone with their files."""

from __future__ import annotations

import datetime
import time
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from haji_portal.alur.models import Aturan
from haji_portal.alur.penutupan import sebab_tutup
from haji_portal.alur.tampil_waktu import hari_tanggal
from haji_portal.kabar.kirim import tulis_pesan
from haji_portal.kabar.tujuan import saluran_aktif

from ..models import KodeKontak, Konsep, UnggahanSebagian
from .daftar import cari_ajuan
from .konsep import hapus

SEHARI = 24 * 3600


def hapus_lama() -> int:
    """Delete drafts whose last day is over, old codes, pieces of uploads a day old; returns the number of drafts."""
    jumlah = 0
    for konsep in Konsep.objects.filter(habis__lt=timezone.localdate()).order_by("pk"):
        hapus(konsep)
        jumlah += 1
    KodeKontak.objects.filter(sampai__lt=timezone.now()).delete()
    UnggahanSebagian.objects.filter(diubah__lt=timezone.now() - datetime.timedelta(days=1)).delete()
    milik = set(UnggahanSebagian.objects.values_list("kunci", flat=True))
    for sisa in (Path(settings.HAJI_PRIVAT) / "sebagian").glob("*"):
        if sisa.name not in milik and sisa.stat().st_mtime < time.time() - SEHARI:
            sisa.unlink(missing_ok=True)
    return jumlah


def ingatkan(hari_ini: datetime.date | None = None) -> int:
    """Tell the owners of drafts that will soon be deleted, once per last day; returns the messages written."""
    hari_ini = hari_ini or timezone.localdate()
    sampai = hari_ini + datetime.timedelta(days=int(Aturan.pada("konsep-ingat-hari", hari_ini).nilai))
    calon = Konsep.objects.filter(
        terkirim=None, perbaiki=None, diingatkan=None, habis__gte=hari_ini, habis__lte=sampai
    ).order_by("pk")
    return sum(_ingatkan(konsep) for konsep in calon)


def _ingatkan(konsep: Konsep) -> bool:
    """Nobody is asked to finish what the office does not take any more."""
    ajuan = cari_ajuan(konsep.layanan)
    if ajuan is None or not saluran_aktif(konsep.saluran) or sebab_tutup(konsep.layanan, konsep.kantor):
        return False
    fakta = {
        "layanan": ajuan.judul.lower(),
        "hari_terakhir": hari_tanggal(konsep.habis),
        "alamat_lanjut": f"{settings.SITUS_URL}{reverse('ptsp:lanjut')}",
    }
    tulis_pesan(f"konsep:{konsep.token}:{konsep.habis}", konsep.saluran, konsep.alamat, "konsep", fakta)
    Konsep.objects.filter(pk=konsep.pk).update(diingatkan=timezone.now())
    return True
