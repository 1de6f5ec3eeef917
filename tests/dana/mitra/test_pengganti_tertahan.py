"""Between the release of a replacement and its request there is a moment in which the old payment may speak."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from haji_portal.alur.efek import sapu
from haji_portal.dana.mitra.olah import olah_semua
from haji_portal.dana.models import Panggilan, Pengembalian, Putusan
from tests.dana.tanah import kerjakan_efek, langkah, segar, setujui_lagi

from .jalan import terima
from .kirim_kabar import isi_kabar, kirim

pytestmark = [pytest.mark.django_db, pytest.mark.basis]


def test_pengganti_tidak_dikirim_selagi_kabar_lama_dikarantina(p, jam, lawan):
    lawan.jawab = terima
    langkah(p, "gagalkan", "direktorat")
    kerjakan_efek()
    baru = setujui_lagi(Pengembalian.objects.get(sebelumnya=p))
    kirim(isi_kabar(p, "dana.ditransfer"))
    olah_semua()
    kabar = Putusan.objects.get()
    assert (kabar.hasil, kabar.alasan) == ("karantina", "sesudah_gagal")
    sapu()
    assert not lawan.diterima and not Panggilan.objects.exists() and segar(baru).tahap == "diajukan"
    Putusan.objects.filter(pk=kabar.pk).update(ditutup=timezone.now())
    jam.shift(datetime.timedelta(minutes=16))
    sapu()
    assert lawan.rujukan() == {baru.nomor} and Panggilan.objects.get().perkara_id == baru.pk
