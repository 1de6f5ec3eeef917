"""A case without its service: the room must work for any child of Perkara, so the tests give it a bare header."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.cache import cache

from haji_portal.alur.models import Perkara
from haji_portal.surat import jenis as daftar_jenis
from haji_portal.surat.jenis import isi_surat
from tests.surat.buatan import buat_dunia


def _isi_sph(perkara):
    return {
        "jemaah": perkara.pemohon,
        "porsi": SimpleNamespace(nomor="2300987654", terbit=datetime.date(2026, 11, 23)),
        "setoran": SimpleNamespace(
            bank="Bank Syariah Contoh",
            nomor_validasi="2611230045",
            jumlah=25_000_000,
            tanggal=datetime.date(2026, 11, 20),
        ),
    }


def _isi_tanda_terima(perkara):
    butir = [SimpleNamespace(nama="KTP sesuai domisili", jumlah=2, get_verdict_display="Ada", alasan="")]
    return {"jemaah": perkara.pemohon, "penyerah": perkara.pemohon.nama, "butir": butir}


for _penyusun in (_isi_sph, _isi_tanda_terima):
    # Builders belong to the service of the case: the pages refuse another service's.
    _penyusun.__module__ = "pendaftaran.surat"


@pytest.fixture
def jenis_uji(monkeypatch):
    """An own registry for the test: kinds `sph` (signed) and `tanda_terima` (not)."""
    monkeypatch.setattr(daftar_jenis, "_daftar", {})
    isi_surat("sph", judul="Surat Pendaftaran Haji")(_isi_sph)
    isi_surat("tanda_terima", judul="Tanda terima berkas", bertanda_tangan=False)(_isi_tanda_terima)
    monkeypatch.setattr(Perkara, "rinci", lambda self: self)
    monkeypatch.setattr("haji_portal.surat.isi.langkah_surat", lambda perkara, jenis: None)  # it has no machine either


@pytest.fixture
def dunia(db, jenis_uji, settings, tmp_path):
    """One office with its head, one case, and a private data folder."""
    settings.HAJI_DATA = tmp_path
    settings.SITUS_URL = "https://haji.example"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "privat"), "base_url": None},
        },
    }
    cache.clear()
    return buat_dunia()
