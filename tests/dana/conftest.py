"""A refund's case without an office, and deposits that the book may move."""

from __future__ import annotations

import pytest
from django.utils import timezone

from haji_portal.jemaah.models import Jemaah, Porsi, Setoran
from tests.alur.buatan import buat_kantor, buat_perkara

AWAL = 25_000_000
LUNAS = 30_500_000


@pytest.fixture
def orang(db):
    return buat_jemaah()


@pytest.fixture
def setoran(orang):
    return buat_setoran(orang, "2611000001")


@pytest.fixture
def perkara(db):
    return buat_perkara()


def buat_jemaah(nik="5203015708620002"):
    return Jemaah.objects.create(
        nik=nik, nama="Siti Contoh", tempat_lahir="Selong", tanggal_lahir="1962-08-17", jenis_kelamin="P",
        alamat="Dusun Contoh", kabupaten="Lombok Timur",
    )  # fmt: skip


def buat_setoran(orang, nomor, jumlah=AWAL, porsi=None):
    return Setoran.objects.create(
        jemaah=orang, bank="BSI", nomor_validasi=nomor, jumlah=jumlah, tanggal=timezone.localdate(), porsi=porsi
    )


def buat_porsi(orang, nomor="2300012345"):
    return Porsi.objects.create(nomor=nomor, jemaah=orang, kantor=buat_kantor("palu"), terbit=timezone.localdate())
