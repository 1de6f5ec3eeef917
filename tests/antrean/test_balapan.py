"""Races on real threads: two desks call at once, two visitors take a number at once; with controls that fail."""

import threading
from functools import partial

import pytest
from django.db import connection

from haji_portal.akun.models import Kantor
from haji_portal.ptsp.antrean import ambil as modul_ambil
from haji_portal.ptsp.antrean import panggil
from haji_portal.ptsp.models import PeristiwaTiket, Tiket
from tests.kontrak.balapan import balapan

from .jalan import di_meja, layanan, nomor

pytestmark = [pytest.mark.basis, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("acuan", "tanpa_bel")]
KALI = 5
BUKAN_SQLITE = pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one transaction in at a time")


@pytest.fixture
def kantor(acuan):
    return Kantor.objects.get(slug="lombok-timur")


@pytest.fixture
def dua_meja(kantor):
    return [di_meja("ptsp.lombok-timur", 1), di_meja("jfu.lombok-timur", 2)]


def _panggil(meja):
    loket, siapa = meja
    return partial(panggil.panggil_berikutnya, loket, oleh=siapa, kini=None)


def _bersihkan(tiket):
    """Back from the desks, so that the next round finds them free."""
    Tiket.objects.filter(pk__in=[t.pk for t in tiket]).update(keadaan="selesai")


def _serentak(monkeypatch, banyak=2):
    """Hold all desks between reading the queue and taking from it, the worst moment."""
    temu, asli = threading.Barrier(banyak), panggil.antrean_loket

    def antrean(*args):
        hasil = asli(*args)
        try:
            temu.wait(2)
        except threading.BrokenBarrierError:
            pass  # SQLite lets them in one after the other
        return hasil

    monkeypatch.setattr(panggil, "antrean_loket", antrean)


def test_dua_loket_tidak_pernah_memanggil_nomor_yang_sama(kantor, dua_meja, monkeypatch):
    for _ in range(KALI):
        semua = {nomor(kantor).pk, nomor(kantor).pk}
        with monkeypatch.context() as m:
            _serentak(m)
            hasil = balapan(*map(_panggil, dua_meja))
        assert {t.pk for t in hasil} == semua
        _bersihkan(hasil)


def test_satu_nomor_dua_loket_satu_mendapatkannya(kantor, dua_meja, monkeypatch):
    for _ in range(KALI):
        satu = nomor(kantor)
        with monkeypatch.context() as m:
            _serentak(m)
            hasil = balapan(*map(_panggil, dua_meja))
        assert sorted(hasil, key=lambda t: t is None) == [satu, None]
        assert satu.peristiwa.filter(jenis="dipanggil").count() == 1
        _bersihkan([satu])


@BUKAN_SQLITE
def test_kendali_tanpa_banding_dipanggil_dua_kali(kantor, dua_meja, monkeypatch):
    """The control: a desk that takes what it read, without comparing, calls the number of the other desk."""

    def tanpa_banding(tiket, dari, ke, jenis, *, loket, oleh, saat=None, kolom=None):
        Tiket.objects.filter(pk=tiket.pk).update(keadaan=ke, **(kolom or {}))
        panggil.catat(tiket, jenis, loket=loket, oleh=oleh, saat=saat)
        return True

    monkeypatch.setattr(panggil, "tukar", tanpa_banding)
    satu = nomor(kantor)
    _serentak(monkeypatch)
    hasil = balapan(*map(_panggil, dua_meja))
    assert hasil == [satu, satu]
    assert satu.peristiwa.filter(jenis="dipanggil").count() == 2


def test_klik_ganda_di_satu_loket_memanggil_satu_orang(kantor, dua_meja):
    for _ in range(KALI):
        semua = [nomor(kantor), nomor(kantor)]
        hasil = balapan(_panggil(dua_meja[0]), _panggil(dua_meja[0]))
        assert sorted(isinstance(h, Tiket) for h in hasil) == [False, True], hasil
        assert Tiket.objects.filter(keadaan="menunggu").count() == 1
        _bersihkan(semua)


def test_dua_pengunjung_dua_nomor(kantor):
    for n in range(KALI):
        hasil = balapan(*[partial(modul_ambil.ambil, layanan(kantor), kunci=f"{n}-{k}") for k in "abc"])
        assert sorted(t.nomor for t in hasil) == [3 * n + 1, 3 * n + 2, 3 * n + 3]


def test_permintaan_yang_diulang_bersamaan_satu_nomor(kantor):
    for n in range(KALI):
        hasil = balapan(*[partial(modul_ambil.ambil, layanan(kantor), kunci=f"sama-{n}")] * 3)
        assert len({t.pk for t in hasil}) == 1
    assert PeristiwaTiket.objects.count() == KALI


@BUKAN_SQLITE
def test_kendali_tanpa_kunci_nomor_bertabrakan(kantor, monkeypatch):
    """The control: without the row's lock both count the same numbers, and only the constraint stands between them."""
    temu, asli = threading.Barrier(2), modul_ambil.hari_kantor

    def tunggu(*args):
        try:
            temu.wait(5)
        except threading.BrokenBarrierError:
            pass
        return asli(*args)

    monkeypatch.setattr(modul_ambil, "hari_kantor", tunggu)
    monkeypatch.setattr("django.db.models.query.QuerySet.select_for_update", lambda self, **_: self)
    kerja = [partial(modul_ambil.ambil, layanan(kantor), kunci=k) for k in "ab"]
    with pytest.raises(Exception, match="tiket_nomor_satu"):
        balapan(*kerja)
