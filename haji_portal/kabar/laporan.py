"""What became of a message after the gateway took it: reported by the gateway, or asked for.

Reports come late, twice and in any order. *Sampai* is the last word; nothing leads back from it. An uncertain message
that the gateway knows becomes certain; one that it does not know stays uncertain, for a person to decide.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from .kirim import JEDA_TANYA, PONSEL
from .models import Pesan
from .saluran import Laporan, saluran

Status = Pesan.Status
# From these a report still changes something.
BOLEH = {
    Laporan.SAMPAI: ~Q(status=Status.SAMPAI),
    Laporan.GAGAL: Q(status__in=[Status.MENGIRIM, Status.DIKIRIM, Status.TIDAK_PASTI]),
    Laporan.DIKIRIM: Q(status__in=[Status.MENGIRIM, Status.TIDAK_PASTI]),
}
TANYA_TERAKHIR = datetime.timedelta(days=3)
UMUR_TANDA = 600
"""Seconds between the clock of the gateway and ours, in either direction."""
BISU = 3
"""Questions without an answer in a row, after which the gateway is left alone until the next round."""


def catat_laporan(pesan: Pesan, laporan: str) -> str:
    """Apply one report and return the status after it; a report that changes nothing is no error."""
    if laporan in BOLEH:
        Pesan.objects.filter(BOLEH[laporan], pk=pesan.pk).update(**_kolom(laporan))
    elif laporan == Laporan.TIDAK_DIKENAL:
        ragu = Pesan.objects.filter(pk=pesan.pk, status=Status.TIDAK_PASTI)
        ragu.update(galat="Gerbang tidak mengenal pesan ini: kemungkinan besar belum terkirim", jatuh_tempo=None)
    pesan.refresh_from_db()
    return pesan.status


def _kolom(laporan: str) -> dict[str, Any]:
    kini = timezone.now()
    if laporan == Laporan.GAGAL:
        return {"status": Status.GAGAL_TETAP, "jatuh_tempo": None, "galat": "Gerbang melaporkan tidak sampai"}
    terkirim = {"dikirim": Coalesce(F("dikirim"), kini), "galat": ""}
    if laporan == Laporan.DIKIRIM:
        return terkirim | {"status": Status.DIKIRIM, "jatuh_tempo": kini + JEDA_TANYA}
    return terkirim | {"status": Status.SAMPAI, "sampai": kini, "jatuh_tempo": None}


def tanyakan(batas: int = 50) -> int:
    """Ask the gateways about what is sent without a report or uncertain; returns the answers that changed something.

    Safe to run beside itself: the pause until the next question is taken by compare-and-swap.
    """
    kini = timezone.now()
    calon = Pesan.objects.filter(
        saluran__in=PONSEL, status__in=[Status.DIKIRIM, Status.TIDAK_PASTI], jatuh_tempo__lte=kini
    )
    berubah = bisu = 0
    for pesan in calon.order_by("jatuh_tempo", "pk")[:batas]:
        milik = Pesan.objects.filter(pk=pesan.pk, status=pesan.status, jatuh_tempo=pesan.jatuh_tempo)
        if not milik.update(jatuh_tempo=_tanya_lagi(pesan, kini)):
            continue
        laporan = saluran(pesan.saluran).tanya(pesan.rujukan)
        bisu = bisu + 1 if not laporan else 0
        if bisu == BISU:
            break
        semula = pesan.status
        berubah += catat_laporan(pesan, laporan) != semula
    return berubah


def _tanya_lagi(pesan: Pesan, kini: datetime.datetime) -> datetime.datetime | None:
    """The pause doubles with the age of the message; after TANYA_TERAKHIR nobody is asked any more."""
    umur = kini - pesan.dibuat
    return kini + max(umur, JEDA_TANYA) if umur < TANYA_TERAKHIR else None


def tanda(rahasia: str, waktu: str, badan: bytes) -> str:
    """The signature of a report: HMAC-SHA256 over `<unix seconds>.<body>`, hexadecimal."""
    return hmac.new(rahasia.encode(), waktu.encode() + b"." + badan, hashlib.sha256).hexdigest()


def saluran_penanda(waktu: str, badan: bytes, tanda_masuk: str) -> set[str]:
    """The channels whose gateway signed this report just now; empty for everybody else."""
    if not (waktu.isascii() and waktu.isdigit() and len(waktu) <= 12):
        return set()
    if abs(timezone.now().timestamp() - int(waktu)) > UMUR_TANDA:
        return set()
    return {
        nama
        for nama, setelan in settings.PESAN_GERBANG.items()
        if setelan.get("laporan")
        and hmac.compare_digest(tanda(setelan["laporan"], waktu, badan).encode(), tanda_masuk.encode())
    }
