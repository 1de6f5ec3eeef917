from __future__ import annotations

import pytest

from haji_portal.meja.contoh import Pelaksana
from pendaftaran.contoh import buat_jemaah, buka_contoh, isian
from tests.conftest import SANDI

ALAMAT = "siti.contoh@surel.example"
NIK = "5203014503800002"


@pytest.fixture
def jemaah(kantor_lombok):
    return buat_jemaah(kantor_lombok, 7, nama="Siti Rahmah & Anak", nik=NIK, jenis_kelamin="P", email=ALAMAT)


@pytest.fixture
def perkara(kantor_lombok, jemaah):
    """A registration just opened, of a pilgrim with an e-mail address."""
    return buka_contoh(kantor_lombok, 7, jemaah=jemaah).perkara


@pytest.fixture
def pelaksana(acuan, settings, tmp_path):
    settings.HAJI_PRIVAT = tmp_path / "privat"
    return Pelaksana(SANDI)


@pytest.fixture
def langkah(pelaksana):
    """`langkah(perkara, "kembalikan", ...)`: take a step as whoever may; returns the case."""

    def _langkah(perkara, nama, **data):
        return pelaksana.lakukan(perkara, nama, data or isian(perkara, nama)).perkara

    return _langkah
