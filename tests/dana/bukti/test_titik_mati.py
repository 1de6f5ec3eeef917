"""Every statement and every call of every money handler is the last one once; then the sweep comes, and all is well.

HAJI_TITIK: which share of the points the long test takes (1/1 all of them; 2/5 the second fifth).
"""

from __future__ import annotations

import os
import random
import sys
import time

import pytest
import time_machine
from django.db import transaction

from haji_portal.dana.mitra import olah
from haji_portal.dana.periksa import periksa_buku

from .adegan import ADEGAN, Adegan
from .dunia import AWAL, setelan
from .maut import Panggung, Titik
from .model import Pelanggaran

pytestmark = [pytest.mark.django_db(transaction=True)]
BENIH = int(os.environ.get("HAJI_BENIH", "20261121"))
CONTOH = 100


@pytest.fixture
def panggung(pelaksana, settings, monkeypatch, tanpa_bel, tmp_path):
    setelan(settings)
    monkeypatch.setattr("haji_portal.alur.efek._acak", random.Random(BENIH))
    with time_machine.travel(AWAL, tick=False) as jam:
        yield Panggung(tmp_path, jam, monkeypatch)


def bunuh(panggung: Panggung, adegan: Adegan, satu: Titik, harus: list) -> bool:
    """Whether it died there: what a process remembers spares it a question now and then, so the last may be missing."""
    mati, _, akhir = panggung.main(adegan, satu)
    assert akhir == harus, f"{adegan.nama} died {satu}:\n{akhir}\n{harus}"
    return mati


@pytest.mark.basis
@pytest.mark.parametrize("bagian", range(4))
def test_contoh_titik_mati(panggung, bagian):
    """A seeded hundred of them."""
    acak = random.Random(BENIH + bagian)
    pilihan = acak.sample(ADEGAN, 6)
    for adegan in pilihan:
        _, semua, harus = panggung.main(adegan, None)
        contoh = acak.sample(semua, min(len(semua), CONTOH // 4 // len(pilihan) + 1))
        assert sum(bunuh(panggung, adegan, satu, harus) for satu in contoh) >= len(contoh) - 2
    assert periksa_buku() == []


@pytest.mark.malam
@pytest.mark.parametrize("adegan", ADEGAN, ids=lambda a: a.nama)
def test_semua_titik_mati(panggung, adegan):
    bagian, dari = (int(n) for n in os.environ.get("HAJI_TITIK", "1/1").split("/"))
    mulai = time.monotonic()
    _, semua, harus = panggung.main(adegan, None)
    mati = sum(bunuh(panggung, adegan, satu, harus) for satu in semua[bagian - 1 :: dari])
    assert periksa_buku() == [] and mati > 0
    lama = time.monotonic() - mulai
    sys.stdout.write(f"{adegan.nama}: {mati} dari {len(semua)} titik, {lama:.0f} detik\n")
    sys.stdout.flush()


@pytest.mark.basis
def test_kendali_putusan_sesudah_transaksi(panggung, monkeypatch):
    """Guard off: the step is committed first, the judgement of its event after it. Some point has to show it."""
    asli = olah._catat
    monkeypatch.setattr(olah, "_catat", lambda *isi: transaction.on_commit(lambda: asli(*isi)))
    adegan = next(a for a in ADEGAN if a.nama == "nilai_spm")
    _, semua, harus = panggung.main(adegan, None)
    with pytest.raises(Pelanggaran, match="without a judgement"):
        for satu in semua[:-8:-1]:
            bunuh(panggung, adegan, satu, harus)
