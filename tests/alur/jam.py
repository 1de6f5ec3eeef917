"""A clock that stands: Monday 2 November 2026, 09.00 in Lombok Timur, in an ordinary week without holidays."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from haji_portal.akun.models import Penugasan
from haji_portal.alur.kalender import lupakan_kalender
from haji_portal.alur.models import HariLibur, PeriodeJamLayanan

WITA = ZoneInfo("Asia/Makassar")


def wita(hari: int, jam: int, menit: int = 0, bulan: int = 11) -> datetime.datetime:
    """An instant of 2026 on the office's clock."""
    return datetime.datetime(2026, bulan, hari, jam, menit, tzinfo=WITA)


class Jam:
    def __init__(self, penjelajah) -> None:
        self._penjelajah = penjelajah

    def ke(self, saat: datetime.datetime) -> None:
        self._penjelajah.move_to(saat, tick=False)
        lupakan_kalender()

    def maju(self, menit: int) -> None:
        self._penjelajah.shift(datetime.timedelta(minutes=menit))
        lupakan_kalender()


def kalender_polos() -> None:
    """No holidays and no Ramadan hours, so that every figure below can be checked by hand; long decrees."""
    HariLibur.objects.all().delete()
    PeriodeJamLayanan.objects.all().delete()
    Penugasan.objects.filter(mulai__gt=datetime.date(2026, 1, 1)).update(mulai=datetime.date(2026, 1, 1))
    lupakan_kalender()


@pytest.fixture
def jam(acuan):
    """The standing clock; `jam.ke(instant)` and `jam.maju(minutes)` move it."""
    with time_machine.travel(wita(2, 9), tick=False) as penjelajah:
        kalender_polos()
        yield Jam(penjelajah)
