from __future__ import annotations

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
def rekaman(tabel: Tabel, pelaksana) -> Rekaman:
    """The record of one walk over a table, made once per process: the tests only read it."""
    if tabel.kode not in _rekaman:
        penjelajah = Penjelajah(tabel, pelaksana)
        try:
            penjelajah.jelajahi()
        except Exception as galat:  # noqa: BLE001  (told by every test of this table, without walking again)
            penjelajah.rekaman.gagal = galat
        _rekaman[tabel.kode] = penjelajah.rekaman
    if _rekaman[tabel.kode].gagal is not None:
        raise _rekaman[tabel.kode].gagal
    return _rekaman[tabel.kode]
