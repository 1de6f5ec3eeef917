"""Fixtures of the rooms that need a case in a given status; their conftest imports them."""

from __future__ import annotations

import pytest

from haji_portal.akun.models import Kantor
from haji_portal.alur.posisi import langkah_berikut
from pendaftaran import contoh


@pytest.fixture
def sampai(pelaksana):
    """`sampai("diverifikasi", urut=3)`: an invented registration of Lombok Timur, brought to a status."""

    def _sampai(tahap: str = "diperiksa", urut: int = 1, kantor: str = "lombok-timur"):
        perkara = contoh.buka_contoh(Kantor.objects.get(slug=kantor), urut).perkara
        while perkara.tahap != tahap:
            langkah = langkah_berikut(perkara)
            perkara = pelaksana.lakukan(perkara, langkah.nama, contoh.isian(perkara, langkah.nama)).perkara
        return perkara

    return _sampai
