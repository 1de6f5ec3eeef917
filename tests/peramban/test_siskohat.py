"""Answers of Siskohat from a file: one click, and the page goes on by itself until every row is done."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from haji_portal.meja.models import BarisImpor
from haji_portal.meja.tukar import terapkan
from pendaftaran import contoh
from tests.meja.berkas_siskohat import csv
from tests.peramban.test_halaman import periksa

pytestmark = [pytest.mark.peramban, pytest.mark.django_db(transaction=True)]


def test_satu_klik_mencatat_semua_baris(petugas, sampai, pelaksana, monkeypatch):
    monkeypatch.setattr(terapkan, "SEKALIGUS", 1)
    perkara = [sampai("direkam", urut) for urut in (1, 2, 3)]
    for satu in perkara:
        pelaksana.lakukan(satu, "isi_spph", contoh.isian(satu, "isi_spph"))
    baris = [[p.nomor, f"230000000{i}", "02-11-2026"] for i, p in enumerate(perkara)]
    p = petugas("jfu.lombok-timur")
    p.buka("/siskohat/")
    periksa(p)
    p.saat_halaman("siskohat")
    berkas = csv(*baris, ["LTM-PD-26-000000", "2300000009", "02-11-2026"])
    p.isi(berkas={"name": "jawaban.csv", "mimeType": "text/csv", "buffer": berkas.read()})
    p.tekan("main form[enctype] button")
    expect(p.page.locator("[data-keadaan=galat]")).to_have_count(1)
    periksa(p)
    p.saat_halaman("pratinjau")
    p.tekan("#impor .btn-primary")
    expect(p.page.locator("#impor")).to_have_attribute("data-siap", "0")
    expect(p.page.locator("[data-keadaan=tercatat]")).to_have_count(3)
    p.saat_halaman("hasil")
    assert set(BarisImpor.objects.values_list("keadaan", flat=True)) == {"tercatat", "galat"}
    assert p.keluhan == []
