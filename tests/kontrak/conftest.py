from __future__ import annotations

import os
import pickle
import time
import traceback
from functools import partial
from pathlib import Path

import pytest
from django.db import connection

from .jelajah import Penjelajah, Rekaman, diurungkan
from .tabel import Tabel, semua_tabel, tabel_berbeda, tanpa_tabel

_rekaman: dict[str, Rekaman] = {}


def _sqlite() -> bool:
    return connection.vendor == "sqlite"


def pytest_generate_tests(metafunc):
    if "tabel" in metafunc.fixturenames:
        lain = tanpa_tabel() if metafunc.module.__name__.endswith("test_kontrak") else []
        metafunc.parametrize("tabel", [*tabel_berbeda(), *lain], ids=lambda t: t.kode)
    if "setiap_tabel" in metafunc.fixturenames:
        setiap = semua_tabel() if _sqlite() else tabel_berbeda()
        metafunc.parametrize("setiap_tabel", [*setiap, *tanpa_tabel()], ids=lambda t: t.kode)
    if "satu_tabel" in metafunc.fixturenames:
        # For what is slow and depends on the machine, not on the table: one table per service and way of applying.
        satu = {t.layanan if _sqlite() else t.jenis.jenis: t for t in reversed(semua_tabel())}
        lain = tanpa_tabel() if "setiap_langkah" in metafunc.function.__name__ else []
        metafunc.parametrize("satu_tabel", [*satu.values(), *lain], ids=lambda t: t.kode)


@pytest.fixture
def rekaman(tabel: Tabel, pelaksana, tmp_path_factory) -> Rekaman:
    """The record of one walk over a table, made once per run: the tests only read it."""
    if tabel.kode not in _rekaman:
        _rekaman[tabel.kode] = _sekali(tmp_path_factory.getbasetemp().parent, tabel, pelaksana)
    if _rekaman[tabel.kode].gagal:
        pytest.fail(_rekaman[tabel.kode].gagal)
    return _rekaman[tabel.kode]


def _jelajahi(tabel: Tabel, pelaksana) -> Rekaman:
    penjelajah = Penjelajah(tabel, pelaksana)
    try:
        penjelajah.jelajahi()
    except Exception:  # noqa: BLE001  (told by every test of this table, without walking again)
        penjelajah.rekaman.gagal = traceback.format_exc()
    return penjelajah.rekaman


def _sekali(folder: Path, tabel: Tabel, pelaksana) -> Rekaman:
    """Between the processes of one run: one walks, the other walks another table meanwhile, then reads the record."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return _jelajahi(tabel, pelaksana)
    for satu in (tabel, *tabel_berbeda()):
        if _rebut(folder, satu):
            rekaman = diurungkan(partial(_jelajahi, satu, pelaksana))
            sementara = _hasil(folder, satu).with_suffix(".baru")
            sementara.write_bytes(pickle.dumps(rekaman))
            sementara.rename(_hasil(folder, satu))
        if _hasil(folder, tabel).exists():
            break
    batas = time.monotonic() + 120
    while not _hasil(folder, tabel).exists() and time.monotonic() < batas:
        time.sleep(0.1)
    return pickle.loads(_hasil(folder, tabel).read_bytes())


def _hasil(folder: Path, tabel: Tabel) -> Path:
    return folder / f"rekaman-{tabel.kode.replace('/', '-')}.pickle"


def _rebut(folder: Path, tabel: Tabel) -> bool:
    """True for the one process that may walk this table."""
    try:
        os.close(os.open(_hasil(folder, tabel).with_suffix(".mulai"), os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True
