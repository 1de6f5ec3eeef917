"""Work over all open cases: what the clock does by itself, and what a person runs over everything."""

from __future__ import annotations

from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.halangan import periksa_terhalang
from haji_portal.alur.models import Perkara, SegelHarian, Tenggat
from haji_portal.alur.rantai import periksa_rantai
from haji_portal.alur.segel import periksa_segel, segel_semua
from haji_portal.alur.tenggat import periksa_tenggat, segarkan_kantor
from haji_portal.dana.models import Posting
from haji_portal.dana.periksa import periksa_buku

from .isi import KANTOR_UKUR


def tenggat() -> int:
    """The deadline sweep when nothing is due."""
    if diberi := periksa_tenggat():
        raise RuntimeError(f"{diberi} warnings, although nothing was due")
    return Tenggat.objects.filter(selesai__isnull=True).count()


def lewat(jumlah: int = 100) -> int:
    """Let so many deadlines pass and sweep once; every one warns the people whose turn it is."""
    pk = Tenggat.objects.filter(selesai__isnull=True, peringatan=0, pihak="kantor", jenis="status").values("pk")
    kini = timezone.now()
    rows = list(pk.order_by("pk").values_list("pk", flat=True)[:jumlah])
    Tenggat.objects.filter(pk__in=rows).update(batas=kini)
    periksa_tenggat(timezone.now())
    Tenggat.objects.filter(pk__in=rows).update(peringatan=3)
    return len(rows)


def terhalang() -> int:
    """Every open case is looked at: is there still somebody who may go on?"""
    periksa_terhalang()
    return Perkara.objects.terbuka().count()


def segarkan() -> int:
    """An office's hours were edited: the deadlines of its open cases are computed anew."""
    return segarkan_kantor(Kantor.objects.get(slug=KANTOR_UKUR))


def segel() -> int:
    """The daily seal of every office, the first one of all cases."""
    segel_semua()
    return sum(SegelHarian.objects.values_list("jumlah", flat=True))


def rantai() -> int:
    """periksa_riwayat: every chain, then every sealed head."""
    temuan = [*periksa_rantai(), *(t for k in Kantor.objects.all() for t in periksa_segel(k))]
    if temuan:
        raise RuntimeError(f"{len(temuan)} findings, the first: {temuan[0]}")
    return Perkara.objects.count()


def buku() -> int:
    """periksa_buku: every posting of the money book, and where it says the money is."""
    if temuan := periksa_buku():
        raise RuntimeError(f"{len(temuan)} findings, the first: {temuan[0]}")
    return Posting.objects.count()
