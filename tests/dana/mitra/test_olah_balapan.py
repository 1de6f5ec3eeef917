"""The same news many times at once: one effect. And the control, in which each one moves the money."""

from __future__ import annotations

import os
from functools import partial

import pytest
from django.db import connection, transaction
from django.utils import timezone

from haji_portal.alur.models import Perkara
from haji_portal.alur.rantai import periksa_perkara
from haji_portal.dana.mitra import olah
from haji_portal.dana.models import Pengembalian, Peristiwa, Posting, Putusan
from haji_portal.dana.periksa import periksa_buku
from tests.dana.pengaman import buka_pengaman
from tests.dana.tanah import ajukan, buka_induk, segar
from tests.kontrak.balapan import balapan

from .kirim_kabar import isi_kabar, kirim
from .lawan import KUNCI
from .test_olah import GAGAL, RETUR, SPM, TRANSFER, simpan

pytestmark = [pytest.mark.basis, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("tanpa_bel")]
BANYAK = int(os.environ.get("HAJI_BALAPAN", "1000"))
SEKALIGUS = 8
"""Connections at the same time."""
LANGKAH = {SPM: 1, TRANSFER: 2, GAGAL: 1, RETUR: 3}
"""Steps that one event makes of a refund that was just asked for."""


@pytest.mark.parametrize("event", LANGKAH)
def test_satu_peristiwa_diolah_serentak(pelaksana, event):
    p = ajukan(buka_induk())
    satu, gerak = simpan(p, event), Posting.objects.count()
    hasil = balapan(*[partial(olah.olah, satu.pk) for _ in range(SEKALIGUS)])
    # A database that was too busy leaves the event to the next round.
    assert sum(hasil) + olah.olah_semua() == 1
    assert Putusan.objects.get().hasil == "diterapkan"
    assert segar(p).versi == p.versi + LANGKAH[event]
    assert Posting.objects.count() - gerak == 2 * LANGKAH[event]  # two deposits
    assert periksa_perkara(p.pk) == [] == periksa_buku()


@pytest.mark.parametrize("kali", [2, 10, 50])
def test_kabar_yang_sama_dengan_id_lain_diolah_serentak(pelaksana, kali):
    p = ajukan(buka_induk())
    semua, gerak = [simpan(p, TRANSFER) for _ in range(kali)], Posting.objects.count()
    for awal in range(0, kali, SEKALIGUS):
        balapan(*[partial(olah.olah, satu.pk) for satu in semua[awal : awal + SEKALIGUS]])
    olah.olah_semua()
    assert Putusan.objects.filter(hasil="diterapkan").count() == 1
    assert Putusan.objects.filter(alasan="sudah").count() == kali - 1
    assert (segar(p).tahap, segar(p).versi) == ("ditransfer", p.versi + 2)
    assert Posting.objects.count() - gerak == 4
    assert periksa_perkara(p.pk) == [] == periksa_buku()


@pytest.mark.parametrize("kali", [1, 8])
def test_pengantaran_yang_sama_serentak_satu_baris(pelaksana, settings, kali):
    settings.BPKH_KUNCI = (KUNCI,)
    isi = isi_kabar(ajukan(buka_induk()), SPM)
    jawab = balapan(*[partial(kirim, isi, id="evt_sama") for _ in range(kali)])
    assert sorted(j.status_code for j in jawab) == [200] * (kali - 1) + [202]
    assert Peristiwa.objects.get().ulangan == kali - 1


def tanpa_pengaman(pk: int) -> None:
    """The same event by a task without lock, judgement row, version and unique reference: read, decide, write."""
    with transaction.atomic():
        peristiwa = Peristiwa.objects.get(pk=pk)
        p = Pengembalian.objects.get(pk=Perkara.objects.get(nomor=peristiwa.rujukan).pk)
        if p.tahap == "diajukan":
            p.pelaku, p.waktu = None, timezone.now()
            p.terima_spm(nilai_manfaat=0, nomor_spm="SPM/1", tanggal_spm=timezone.localdate())
            Pengembalian.objects.filter(pk=p.pk).update(status=p.status, tahap=p.status)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks the whole file from the first statement on")
@pytest.mark.parametrize(
    "kali", [20, pytest.param(int(os.environ.get("HAJI_BALAPAN", "1000")), marks=pytest.mark.malam)]
)
def test_kendali_tanpa_pengaman_menggandakan(pelaksana, monkeypatch, kali):
    ganda = 0
    for _ in range(kali):
        p = ajukan(buka_induk(setoran=(25_000_000,)))
        satu, sebelum = simpan(p, SPM), Posting.objects.count()
        with monkeypatch.context() as m:
            buka_pengaman(m)
            balapan(*[partial(tanpa_pengaman, satu.pk) for _ in range(2)])
        ganda += Posting.objects.count() - sebelum == 2
    assert ganda == kali, f"{ganda} of {kali} doubled"
