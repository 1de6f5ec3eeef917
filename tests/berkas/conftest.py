"""People, offices and one case for the tests of the documents' room."""

import datetime
import itertools

import pytest
from django.utils import timezone

from haji_portal.akun.models import Kantor, Pengguna, Penugasan
from haji_portal.alur.models import Perkara
from haji_portal.berkas.models import SyaratBerkas

_nomor = itertools.count(1)


@pytest.fixture(autouse=True)
def _privat(settings, tmp_path):
    settings.HAJI_PRIVAT = tmp_path / "privat"


@pytest.fixture
def kantor(db):
    return Kantor.objects.create(slug="uji-satu", nama="Kantor Uji Satu", nama_pendek="Uji Satu", kode_perkara="UJS")


@pytest.fixture
def kantor_lain(db):
    return Kantor.objects.create(slug="uji-dua", nama="Kantor Uji Dua", nama_pendek="Uji Dua", kode_perkara="UJD")


def _petugas(username, kantor):
    orang = Pengguna.objects.create_user(username, password="sandi-uji-coba", nama=f"Petugas {username}")
    Penugasan.objects.create(
        pengguna=orang,
        kantor=kantor,
        peran="ptsp",
        jabatan="Petugas PTSP",
        nomor_sk="SK-1",
        mulai=datetime.date(2020, 1, 1),
    )
    return orang


@pytest.fixture
def petugas(kantor):
    return _petugas("ptsp.uji-satu", kantor)


@pytest.fixture
def petugas_lain(kantor_lain):
    return _petugas("ptsp.uji-dua", kantor_lain)


def buat_perkara(kantor):
    return Perkara.objects.create(
        nomor=f"{kantor.kode_perkara}-PD-26-{next(_nomor):06d}",
        jenis="pendaftaran",
        kantor=kantor,
        tahap="diterima",
        dibuka=timezone.now(),
    )


@pytest.fixture
def perkara(kantor):
    return buat_perkara(kantor)


@pytest.fixture
def perkara_baru(kantor):
    return lambda: buat_perkara(kantor)


@pytest.fixture
def syarat(db):
    """Make a requirement of the service `uji`; values given by name win."""

    def buat(kode, **nilai):
        bawaan = {"layanan": "uji", "nama": kode.upper(), "mulai": datetime.date(2020, 1, 1)}
        return SyaratBerkas.objects.create(kode=kode, **(bawaan | nilai))

    return buat
