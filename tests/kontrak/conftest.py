from __future__ import annotations

import os
import pickle
import time
import traceback

import pytest

from .jelajah import Penjelajah, Rekaman
from .tabel import Tabel, semua_tabel

_rekaman: dict[str, Rekaman] = {}


def pytest_generate_tests(metafunc):
    if "tabel" in metafunc.fixturenames:
        metafunc.parametrize("tabel", semua_tabel(), ids=lambda t: t.kode)
    if "satu_tabel" in metafunc.fixturenames:
        # For what is slow and depends on the machine, not on the table: one table per service.
        satu = {t.layanan: t for t in reversed(semua_tabel())}
        metafunc.parametrize("satu_tabel", satu.values(), ids=lambda t: t.kode)


@pytest.fixture
def rekaman(tabel: Tabel, pelaksana, tmp_path_factory) -> Rekaman:
    """The record of one walk over a table, made once per run: the tests only read it."""
    if tabel.kode not in _rekaman:
        _rekaman[tabel.kode] = _sekali(tmp_path_factory, tabel, lambda: _jelajahi(tabel, pelaksana))
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


def _sekali(tmp_path_factory, tabel: Tabel, buat) -> Rekaman:
    """Between the processes of one run: the first one walks, the others wait for its record."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return buat()
    hasil = tmp_path_factory.getbasetemp().parent / f"rekaman-{tabel.kode.replace('/', '-')}.pickle"
    try:
        os.close(os.open(hasil.with_suffix(".mulai"), os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        batas = time.monotonic() + 120
        while not hasil.exists() and time.monotonic() < batas:
            time.sleep(0.1)
        return pickle.loads(hasil.read_bytes())
    rekaman = buat()
    sementara = hasil.with_suffix(".baru")
    sementara.write_bytes(pickle.dumps(rekaman))
    sementara.rename(hasil)
    return rekaman
