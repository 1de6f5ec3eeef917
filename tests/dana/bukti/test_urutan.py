"""Thousands of random lives of refunds, over HTTP, against a second bookkeeper. A seed repeats its run exactly.

HAJI_BENIH: the first seed (printed with every failure); HAJI_URUTAN: how many runs of the long test.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import time
from contextlib import contextmanager

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction

from haji_portal.alur.models import HariLibur
from haji_portal.dana.mitra import pintu
from haji_portal.dana.models import Panggilan, Peristiwa
from haji_portal.dana.periksa import periksa_buku
from tests.dana.tanah import ajukan, buka_induk

from .dunia import AWAL, Dunia, Mati, mati_pada, setelan
from .model import Pelanggaran
from .ulah import Kejadian

pytestmark = [pytest.mark.django_db]
BENIH = int(os.environ.get("HAJI_BENIH", "20261121"))


@pytest.fixture
def jalankan(pelaksana, settings, monkeypatch, caplog):
    """`jalankan(seed)` lives one run and takes everything back."""
    caplog.set_level("CRITICAL")
    setelan(settings)
    with time_machine.travel(AWAL, tick=False) as jam:
        induk = [buka_induk(), buka_induk(bank="Bank Syariah Indonesia")]
        for satu in induk:
            ajukan(satu)
        gc.freeze()
        yield lambda benih, *ulah: _jalani(benih, [i.pk for i in induk], jam, monkeypatch, ulah)
    gc.unfreeze()


def _jalani(benih: int, induk: list[int], jam, monkeypatch, ulah: tuple[str, ...]) -> None:
    monkeypatch.setattr("haji_portal.alur.efek._acak", random.Random(benih))
    cache.clear()
    with dibatalkan():
        acak = random.Random(f"pilihan/{benih}")
        d = Dunia(benih, induk[: acak.choice((1, 1, 1, 2))], jam)
        monkeypatch.setattr("haji_portal.dana.mitra.panggilan.panggil", d.panggil)
        kejadian = Kejadian(d, lengkap=acak.random() < 0.05)
        if ulah:
            kejadian.ulah = {getattr(kejadian, nama): 1.0 for nama in ulah}
        try:
            if not ulah:
                kejadian.pasang()
            for _ in range(acak.randint(4, 14)):
                kejadian.satu()
                d.saksi.periksa()
            d.tenang(kejadian.jenis)
            d.saksi.periksa_tenang()
            assert periksa_buku(catat=False) == []
        except (Exception, Pelanggaran) as galat:
            raise AssertionError(f"HAJI_BENIH={benih}: {galat}\n{' > '.join(d.catatan)}") from galat


@contextmanager
def dibatalkan():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def banyak(jalankan, dari: int, berapa: int) -> None:
    gagal: list[str] = []
    mulai = time.monotonic()
    for benih in range(dari, dari + berapa):
        try:
            jalankan(benih)
        except AssertionError as galat:
            gagal.append(str(galat))
            sys.stdout.write(gagal[-1] + "\n")
        if (benih - dari + 1) % 100 == 0:
            lama = time.monotonic() - mulai
            sys.stdout.write(f"{benih - dari + 1} urutan, {len(gagal)} gagal, {lama:.0f} detik\n")
            sys.stdout.flush()
    assert not gagal, f"{len(gagal)} dari {berapa} urutan gagal:\n" + "\n".join(gagal[:5])


@pytest.mark.basis
@pytest.mark.parametrize("bagian", range(4))
def test_urutan_acak(jalankan, bagian):
    banyak(jalankan, BENIH + bagian * 50, 50)


@pytest.mark.malam
def test_urutan_acak_panjang(jalankan):
    banyak(jalankan, BENIH, int(os.environ.get("HAJI_URUTAN", "10000")))


@pytest.mark.parametrize("sesudah", [False, True])
def test_maut_di_luar_transaksi_hanya_membatalkan_miliknya(acuan, sesudah):
    """A bulk insert that nobody put into a transaction dies: it is undone, and the next statement works."""
    with pytest.raises(Mati), mati_pada(1, sesudah):
        HariLibur.objects.bulk_create([HariLibur(tanggal="2031-01-02", nama="Contoh")])
    assert not HariLibur.objects.filter(tanggal="2031-01-02").exists()


def kendali(jalankan, *ulah: str) -> str:
    """With a guard off, what the same harness finds first; it has to find something."""
    for benih in range(BENIH, BENIH + 40):
        try:
            jalankan(benih, *ulah)
        except AssertionError as galat:
            return str(galat)
    raise AssertionError("the guard is off, and nothing was found")


class TestKendali:
    """A harness that never fails proves nothing."""

    def test_panggilan_tidak_ditulis_lebih_dulu(self, jalankan, monkeypatch):
        """Whoever dies while sending leaves no trace: the next worker sends again."""
        asli = Dunia.curiga

        def lupa(d):
            Panggilan.objects.filter(selesai__isnull=True).delete()
            asli(d)

        monkeypatch.setattr(Dunia, "curiga", lupa)
        temuan = kendali(jalankan, "mati_menelepon", "waktu", "sapu")
        assert "sent again, and nobody knew what the last did" in temuan

    def test_nomor_webhook_tidak_tunggal(self, jalankan, monkeypatch):
        """Every delivery is stored, as if the id were not unique."""
        asli = pintu._simpan

        def simpan(baru):
            if Peristiwa.objects.filter(id_webhook=baru.id_webhook).exists():
                baru.id_webhook += ".lagi"
            return asli(baru)

        monkeypatch.setattr(pintu, "_simpan", simpan)
        assert "a known id was answered 202" in kendali(jalankan, "ulang", "waktu", "sapu", "kabar_benar")
