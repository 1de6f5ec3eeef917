"""Who is called next (docs/keputusan/0033): priority first, but never a third time in a row while others wait."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from itertools import takewhile

from django.db.models import Q, QuerySet

from haji_portal.akun.models import Kantor

from ..models import Loket, PeristiwaTiket, Tiket

PRIORITAS_BERTURUT = 2
"""Priority numbers that one desk calls in a row while other numbers wait for it."""
ATURAN = (
    "Nomor prioritas dipanggil lebih dulu; sesudah dua nomor prioritas berturut-turut di satu loket, "
    "satu nomor biasa dipanggil. Di dalam tiap kelompok, yang datang lebih dulu dipanggil lebih dulu."
)


def susun(menunggu: Iterable[Tiket], berturut: int = 0) -> list[Tiket]:
    """The order in which these tickets will be called.

    menunggu: in the order of arrival; berturut: priority numbers that the desk has just called in a row.
    """
    prioritas: list[Tiket] = []
    biasa: list[Tiket] = []
    for tiket in menunggu:
        (prioritas if tiket.prioritas else biasa).append(tiket)
    hasil: list[Tiket] = []
    while prioritas or biasa:
        dulu = bool(prioritas) and (berturut < PRIORITAS_BERTURUT or not biasa)
        hasil.append((prioritas if dulu else biasa).pop(0))
        berturut = berturut + 1 if dulu else 0
    return hasil


def menunggu(kantor: Kantor, hari: datetime.date) -> QuerySet[Tiket]:
    """The waiting tickets of an office on a day, in the order of arrival."""
    semua = Tiket.objects.filter(kantor=kantor, tanggal=hari, keadaan=Tiket.Keadaan.MENUNGGU)
    return semua.select_related("layanan").order_by("diambil", "pk")


def untuk_loket(semua: QuerySet[Tiket], loket: Loket) -> QuerySet[Tiket]:
    """Those of these tickets that this desk may call."""
    layanan = [satu.pk for satu in loket.layanan.all()]
    umum = Q(untuk_loket=None, layanan__in=layanan) if layanan else Q(untuk_loket=None)
    return semua.filter(Q(untuk_loket=loket) | umum)


def berturut_kini(loket: Loket, hari: datetime.date) -> int:
    """How many priority numbers this desk has called in a row until now, counted no further than the rule does."""
    # By the log, which knows the order even of two calls within one instant.
    akhir = PeristiwaTiket.objects.filter(loket=loket, tiket__tanggal=hari, jenis=PeristiwaTiket.Jenis.DIPANGGIL)
    semua = akhir.order_by("-pk").values_list("tiket__prioritas", flat=True)[:PRIORITAS_BERTURUT]
    return len(list(takewhile(bool, semua)))


def antrean_loket(loket: Loket, hari: datetime.date) -> list[Tiket]:
    """What this desk will call, in that order."""
    return susun(untuk_loket(menunggu(loket.kantor, hari), loket), berturut_kini(loket, hari))


def di_depan(tiket: Tiket) -> int:
    """How many are called before this waiting ticket as things stand: those whom the same desks may call."""
    loket = [k for k in loket_aktif(tiket.kantor, tiket.tanggal) if melayani(k, tiket)]
    semua = list(menunggu(tiket.kantor, tiket.tanggal))
    if loket:
        semua = [t for t in semua if t.pk == tiket.pk or any(melayani(k, t) for k in loket)]
    return [t.pk for t in susun(semua)].index(tiket.pk) if tiket.pk in {t.pk for t in semua} else 0


def loket_aktif(kantor: Kantor, hari: datetime.date) -> list[Loket]:
    """The desks at which somebody sits today, with their services."""
    semua = Loket.objects.filter(kantor=kantor, aktif=True, petugas__isnull=False)
    return [k for k in semua.select_related("kantor").prefetch_related("layanan") if k.dipakai(hari)]


def melayani(loket: Loket, tiket: Tiket) -> bool:
    """Whether a desk may call a ticket, by what it serves."""
    if tiket.untuk_loket_id:
        return tiket.untuk_loket_id == loket.pk
    layanan = {satu.pk for satu in loket.layanan.all()}
    return not layanan or tiket.layanan_id in layanan
