from __future__ import annotations

import pytest
import time_machine

from tests.alur.jam import Jam, kalender_polos, wita


@pytest.fixture
def jam(acuan):
    """The standing clock; `jam.ke(instant)` and `jam.maju(minutes)` move it."""
    with time_machine.travel(wita(2, 9), tick=False) as penjelajah:
        kalender_polos()
        yield Jam(penjelajah)
