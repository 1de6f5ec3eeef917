"""A partner that the portal calls, and refunds that are on their way to it."""

from __future__ import annotations

import pytest
import time_machine
from django.utils import timezone

from tests.dana.tanah import ajukan, buka_induk

from .lawan import lawan as lawan_


@pytest.fixture
def lawan(settings):
    with lawan_(settings) as mitra:
        yield mitra


@pytest.fixture
def p(pelaksana):
    """A refund that was just released to BPKH."""
    return ajukan(buka_induk())


@pytest.fixture
def jam():
    """A clock that only the test moves."""
    with time_machine.travel(timezone.now(), tick=False) as jam:
        yield jam
