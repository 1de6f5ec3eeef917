"""Taking an answer, and stirring the answers so that nothing tells which came when."""

from __future__ import annotations

import datetime
import random
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from haji_portal.alur.penutupan import hari_kantor

from ..keadaan import samarkan
from ..models import JawabanSurvei, TautanSurvei


def berlaku(baris: TautanSurvei) -> bool:
    """Whether the survey may still be answered, on the office's own date."""
    return baris.habis >= hari_kantor(baris.perkara.kantor)


def simpan(baris: TautanSurvei, isi: Mapping[str, Any]) -> bool:
    """Use the address up and keep the answer without it; False when it was used already. isi: a valid form's data.

    Compare-and-swap: of two clicks one finds the address unused.
    """
    perkara = baris.perkara
    bulan = hari_kantor(perkara.kantor).replace(day=1)
    saran = samarkan(isi.get("saran", ""), perkara.pemohon.nama if perkara.pemohon else "")
    with transaction.atomic():
        if not TautanSurvei.objects.filter(pk=baris.pk, terpakai=False).update(terpakai=True):
            return False
        JawabanSurvei.objects.create(
            **{**isi, "saran": saran}, layanan=perkara.jenis, kantor=perkara.kantor, bulan=bulan
        )
    return True


@transaction.atomic
def aduk(hari_ini: datetime.date | None = None) -> int:
    """Write the answers of this month and the last anew, in random order under new keys; returns how many.

    A table remembers more than its columns: SQLite the order in which rows came, PostgreSQL that and the transaction
    that wrote them, which is the one that used an address up. Afterwards one transaction wrote all of them, and all
    addresses that could have been used since.
    """
    awal = (hari_ini or timezone.localdate()).replace(day=1)
    milik = JawabanSurvei.objects.filter(bulan__gte=(awal - datetime.timedelta(days=1)).replace(day=1))
    kolom = [f.attname for f in JawabanSurvei._meta.concrete_fields if not f.primary_key]
    rows = list(milik.select_for_update().order_by("id").values(*kolom))
    random.SystemRandom().shuffle(rows)
    milik.delete()
    JawabanSurvei.objects.bulk_create(JawabanSurvei(id=uuid.uuid4(), **isi) for isi in rows)
    TautanSurvei.objects.filter(habis__gte=awal).update(terpakai=F("terpakai"))
    return len(rows)
