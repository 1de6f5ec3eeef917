"""A queue at Lombok Timur on a working morning, and officers at its desks."""

from __future__ import annotations

import datetime

import pytest
import time_machine

from haji_portal.akun.models import Kantor

PAGI = datetime.datetime(2026, 11, 23, 1, 0, tzinfo=datetime.UTC)
"""Monday, 09.00 WITA."""


@pytest.fixture
def pagi(acuan):
    """The clock stands; `pagi.shift(minutes)` moves it."""
    with time_machine.travel(PAGI, tick=False) as jam:
        yield jam


@pytest.fixture
def kantor(acuan):
    return Kantor.objects.get(slug="lombok-timur")
