"""Invented answers for the demo: two of three ended cases were judged, most of them kindly."""

from __future__ import annotations

import random

from django.utils import timezone

from haji_portal.alur.models import Perkara

from ..models import JawabanSurvei, TautanSurvei
from ..models.survei import UNSUR
from .jawab import aduk, simpan
from .undang import tautan

SARAN = (
    "Petugas sabar menjelaskan.",
    "Kursi tunggu sebaiknya ditambah.",
    "Semoga prosesnya bisa lebih cepat.",
    "Sudah baik, pertahankan.",
    "Papan petunjuk ke loket kurang jelas.",
)
UMUR = ("-29", "30-44", "45-59", "60-", "60-", "")


def isi_survei() -> int:
    """Answer the surveys of ended cases; returns how many. Cases that have an address already are left alone."""
    acak = random.Random(14)
    dikenal = TautanSurvei.objects.values("perkara")
    semua = Perkara.objects.filter(ditutup__isnull=False).exclude(pk__in=dikenal).select_related("kantor", "pemohon")
    dijawab = 0
    for perkara in semua.order_by("pk"):
        if tautan(perkara) and acak.random() < 2 / 3:
            dijawab += simpan(TautanSurvei.objects.select_related("perkara__kantor").get(pk=perkara.pk), _isi(acak))
    aduk(timezone.localdate())
    return dijawab


def _isi(acak: random.Random) -> dict[str, object]:
    unsur = {u: acak.choices((1, 2, 3, 4), (1, 6, 53, 40))[0] for u in UNSUR} | {"u4": 4}
    return unsur | {
        "saran": acak.choice(SARAN) if acak.random() < 0.4 else "",
        "usia": acak.choice(UMUR),
        "kelamin": acak.choice(("L", "P")),
        "pendidikan": acak.choice(JawabanSurvei.Pendidikan.values),
        "pekerjaan": acak.choice(JawabanSurvei.Pekerjaan.values),
    }
