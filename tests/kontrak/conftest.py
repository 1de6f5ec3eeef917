from __future__ import annotations

import pytest

from haji_portal.meja.contoh import Pelaksana
from tests.conftest import SANDI


@pytest.fixture
def pelaksana(acuan, settings, tmp_path):
    settings.HAJI_PRIVAT = tmp_path / "privat"
    return Pelaksana(SANDI)
