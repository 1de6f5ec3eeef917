"""An installation with cases, files and seals to back up; other installations to restore into."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.db import connection

from alat import AKAR
from haji_portal.akun.models import Kantor, Pengguna
from haji_portal.alur.segel import segel_semua
from haji_portal.berkas.simpan import lampirkan
from pendaftaran import contoh

FRASA = "frasa sandi uji yang panjang"


@pytest.fixture
def folder(settings, tmp_path, tanpa_bel):
    """The data folder of this test's installation."""
    settings.HAJI_DATA = tmp_path / "asal"
    settings.HAJI_PRIVAT, settings.SEGEL_DIR = settings.HAJI_DATA / "privat", tmp_path / "segel-asal"
    settings.CADANGAN_DIR = tmp_path / "cadangan"
    settings.HAJI_DATA.mkdir()
    return settings.HAJI_DATA


@pytest.fixture
def instalasi(folder, acuan):
    """Three cases with a file each, sealed."""
    kantor = Kantor.objects.get(slug="lombok-timur")
    jfu = Pengguna.objects.get(username="jfu.lombok-timur")
    perkara = [contoh.buka_contoh(kantor, nomor).perkara for nomor in (1, 2, 3)]
    for satu in perkara:
        lampirkan(satu, contoh.pdf_contoh(f"KTP {satu.pk}"), "berkas", jfu)
    assert segel_semua() == 1
    return perkara


class Lain:
    """Another installation, reached only by its commands, in processes of its own."""

    def __init__(self, folder, settings, url=""):
        self.folder = folder
        self.lingkungan = {
            "PATH": os.environ["PATH"],
            "HAJI_DATA": str(folder / "data"),
            "SEGEL_DIR": str(folder / "segel"),
            "CADANGAN_DIR": str(settings.CADANGAN_DIR),
            "DJANGO_SETTINGS_MODULE": "haji_portal.settings.dasar",
            "SECRET_KEY": settings.SECRET_KEY,
            "KUNCI_HASH": settings.KUNCI_HASH,
            "DATABASE_URL": url,
            "HAJI_DEMO": "0",
        }

    def manage(self, *argumen, **tambahan):
        perintah = [sys.executable, "manage.py", *map(str, argumen)]
        lingkungan = self.lingkungan | tambahan
        return subprocess.run(perintah, cwd=AKAR, env=lingkungan, capture_output=True, text=True, check=False)


@pytest.fixture
def lain(tmp_path, settings, folder):
    """`lain("nama")`: an empty installation on the same kind of database as the suite runs on."""
    dibuat = []

    def buat(nama):
        if connection.vendor == "sqlite":
            return Lain(tmp_path / nama, settings)
        basis = f"lain_{nama}_{os.getpid()}"
        with connection.cursor() as kursor:
            kursor.execute(f'CREATE DATABASE "{basis}"')
        dibuat.append(basis)
        s = connection.settings_dict
        return Lain(tmp_path / nama, settings, f"postgres://{s['USER']}@{s['HOST']}:{s['PORT']}/{basis}")

    yield buat
    for basis in dibuat:
        with connection.cursor() as kursor:
            kursor.execute(f'DROP DATABASE "{basis}" WITH (FORCE)')


@pytest.fixture
def buat_cadangan(settings):
    """`buat_cadangan(frasa)`: path of a new archive made by the command."""

    def buat(frasa="", **opsi):
        settings.CADANGAN_FRASA = frasa
        lama = set(settings.CADANGAN_DIR.glob("*.tar*")) if settings.CADANGAN_DIR.exists() else set()
        call_command("cadangkan", verbosity=0, **opsi)
        baru = set(settings.CADANGAN_DIR.glob("*.tar*")) - lama
        return next(satu for satu in baru if satu.suffix != ".sha256")

    return buat
