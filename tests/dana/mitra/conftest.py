"""A partner that the portal calls, and refunds that are on their way to it."""

from __future__ import annotations

import pytest

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
