"""The desk with an electronic registration, on a phone: a photo returned, the new one compared and cut as seen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from playwright.sync_api import expect

from haji_portal.akun.models import Kantor
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.pelaku import Pemohon
from pendaftaran import contoh
from pendaftaran.models import Pendaftaran
from tests.kontrak.potret import segar

pytestmark = [pytest.mark.peramban, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pemohon(situs, pelaksana):
    """`pemohon(call)`: what the applicant does elsewhere, in a thread of its own (see `sampai`)."""

    def _kerjakan(apa, *isi):
        try:
            return apa(*isi)
        finally:
            connections.close_all()

    def _pemohon(apa, *isi):
        with ThreadPoolExecutor(1) as utas:
            return utas.submit(_kerjakan, apa, *isi).result()

    return _pemohon


def kirim_perbaikan(perkara):
    oleh, isi = Pemohon(perkara, "uji"), contoh.isian(perkara, "kirim_perbaikan")
    return jalankan(perkara, "kirim_perbaikan", oleh=oleh, versi=perkara.versi, data=isi)


def test_foto_dikembalikan_diperbaiki_dan_dibandingkan(petugas, pemohon):
    kantor = Kantor.objects.get(slug="lombok-timur")
    perkara = pemohon(contoh.buka_contoh_elektronik, kantor, 1).perkara
    p = petugas("ptsp.lombok-timur", viewport={"width": 390, "height": 844})
    p.buka(perkara.get_absolute_url())
    p.periksa(kurang="Foto diri")
    p.langkah("kembalikan")
    assert "pemohon memperbaiki unggahan" in p.page.locator("main").inner_text()
    pemohon(kirim_perbaikan, segar(perkara))
    p.buka(perkara.get_absolute_url())
    assert p.page.locator(".berkas-isian:has-text('Baru dikirim')").count() == 1
    assert p.page.locator(".berkas-isian:has-text('Baru dikirim') a:has-text('Versi sebelumnya')").is_visible()
    p.periksa(kini_ada="Foto diri")
    gambar = p.page.locator(".banding img")
    assert [gambar.nth(i).evaluate("e => e.complete && e.naturalWidth > 0") for i in range(3)] == [True] * 3
    assert p.page.evaluate("document.documentElement.scrollWidth") == 390
    p.page.check("#id_potongan_140-50-50")
    p.langkah("bandingkan_foto", sama=True)
    p.langkah("nyatakan_lengkap")
    perkara = Pendaftaran.objects.get(pk=perkara.pk)
    assert perkara.tahap == "direkam" and perkara.hadir_sendiri
    assert perkara.riwayat.get(langkah="bandingkan_foto").isi.isi["potongan"] == "140-50-50"
    p.page.locator(".foto-jemaah").scroll_into_view_if_needed()
    expect(p.page.locator(".foto-jemaah")).to_have_js_property("naturalWidth", 354)
    assert p.keluhan == []
