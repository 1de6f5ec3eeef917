"""Two hands at the same money at once: the deposit is never set aside twice, a reference is never written twice."""

import threading
from functools import partial

import pytest
from django.db import connection

from haji_portal.dana import buku
from haji_portal.dana.buku import SaldoKurang, catat_setoran, pesan, saldo_setoran
from haji_portal.dana.models import Posting
from haji_portal.dana.periksa import periksa_buku
from haji_portal.jemaah.models import Setoran
from tests.alur.buatan import buat_perkara
from tests.kontrak.balapan import balapan

from .conftest import AWAL, buat_setoran

pytestmark = [pytest.mark.basis, pytest.mark.django_db(transaction=True)]


def _dua_pengembalian(orang, n):
    """Two refunds of the same deposit, each for all of it."""
    setoran = buat_setoran(orang, f"26110{n:05d}")
    catat_setoran(setoran)
    minta = [partial(pesan, f"p{n}{i}", setoran, AWAL, buat_perkara()) for i in "ab"]
    return setoran, balapan(*minta)


def test_dua_pengembalian_satu_setoran(orang):
    for n in range(15):
        setoran, hasil = _dua_pengembalian(orang, n)
        assert sum(isinstance(h, SaldoKurang) for h in hasil) == 1, hasil
        saldo = saldo_setoran(setoran)
        assert (saldo["bpkh"]["setoran"], saldo["dipesan"]["setoran"]) == (0, AWAL)
    assert periksa_buku() == []


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks the whole file from the first statement on")
def test_kendali_tanpa_kunci_setoran_dipesan_dua_kali(orang, monkeypatch):
    """Negative control: with the lock off, both look before either writes, and both get the whole deposit."""
    gerbang, asli = threading.Barrier(2), buku.saldo_banyak

    def lihat_bersama(ids):
        saldo = asli(ids)
        gerbang.wait(20)
        return saldo

    monkeypatch.setattr(buku, "_kunci", lambda ids: list(Setoran.objects.filter(pk__in=ids)))
    monkeypatch.setattr(buku, "saldo_banyak", lihat_bersama)
    setoran, hasil = _dua_pengembalian(orang, 1)
    monkeypatch.undo()
    assert not any(isinstance(h, SaldoKurang) for h in hasil)
    assert saldo_setoran(setoran)["bpkh"]["setoran"] == -AWAL
    assert any("Dikelola BPKH" in satu for satu in periksa_buku())


def test_satu_rujukan_dua_tangan(orang):
    """The same call twice at once: one posting, and both get it."""
    for n in range(15):
        setoran, perkara = buat_setoran(orang, f"26110{n:05d}"), buat_perkara()
        satu, dua = balapan(partial(catat_setoran, setoran), partial(catat_setoran, setoran))
        assert satu == dua
        satu, dua = balapan(*[partial(pesan, f"p{n}", setoran, AWAL, perkara)] * 2)
        assert satu == dua
    assert Posting.objects.count() == 30
    assert periksa_buku() == []


def test_dua_setoran_terbalik_tidak_buntu(orang):
    """Two refunds name the same deposits in opposite order: locked in one order, neither waits for the other."""
    for n in range(10):
        a, b = (buat_setoran(orang, f"2611{i}{n:05d}") for i in range(2))
        minta = [partial(pesan, f"p{n}{i}", urut, AWAL, buat_perkara()) for i, urut in enumerate(([a, b], [b, a]))]
        hasil = balapan(*minta)
        assert not any(isinstance(h, SaldoKurang) for h in hasil)
        assert saldo_setoran(a)["dipesan"]["setoran"] + saldo_setoran(b)["dipesan"]["setoran"] == 2 * AWAL
