"""Living through past weeks in a minute: the clock of the demo, and what it leaves behind."""

from __future__ import annotations

import datetime
from unittest.mock import patch

from django.utils import timezone

from haji_portal.alur.models import Efek
from haji_portal.alur.waktu import Kalender


class Jam:
    """The clock of the demo; `timezone.now` reads it while the block lasts."""

    def __init__(self) -> None:
        self.kini = timezone.now()

    def __enter__(self) -> Jam:
        self._tambal = patch("django.utils.timezone.now", lambda: self.kini)
        self._tambal.start()
        return self

    def __exit__(self, *args: object) -> None:
        self._tambal.stop()

    def maju(self, kalender: Kalender, menit: int) -> None:
        self.kini = min(kalender.tambah_menit(self.kini, menit), self.batas)

    batas: datetime.datetime


def sisakan_efek(sekarang: datetime.datetime, sisa: int = 40) -> None:
    """What happened was told when it happened; only the newest `sisa` effects are left for the worker."""
    terbaru = Efek.objects.filter(selesai__isnull=True).order_by("-jatuh_tempo", "-pk").values_list("pk", flat=True)
    Efek.objects.filter(selesai__isnull=True).exclude(pk__in=list(terbaru[:sisa])).update(selesai=sekarang)


def mundur(kal: Kalender, dari: datetime.datetime, menit: int) -> datetime.datetime:
    """The latest instant from which at least `menit` working minutes lead up to `dari`."""
    jauh = 60
    while kal.menit_antara(dari - datetime.timedelta(minutes=jauh), dari) < menit:
        jauh *= 2
    dekat = jauh // 2
    while jauh - dekat > 1:
        tengah = (jauh + dekat) // 2
        if kal.menit_antara(dari - datetime.timedelta(minutes=tengah), dari) < menit:
            dekat = tengah
        else:
            jauh = tengah
    return dari - datetime.timedelta(minutes=jauh)
