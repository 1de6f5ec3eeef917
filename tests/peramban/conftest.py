from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings as setelan
from django.db import connections
from playwright.sync_api import Browser, BrowserContext

from haji_portal.akun.models import Kantor
from haji_portal.alur.posisi import langkah_berikut
from pendaftaran import contoh
from tests.peramban.petugas import Petugas


@pytest.fixture
def situs(live_server, settings, gudang, acuan):
    """Address of the running portal with the reference data; QR codes and messages point to it."""
    settings.HAJI_PRIVAT = gudang
    settings.SITUS_URL = live_server.url
    return live_server.url


@pytest.fixture
def konteks(browser: Browser):
    """`konteks(locale=...)`: a browser window of its own, closed afterwards."""
    terbuka: list[BrowserContext] = []

    def _konteks(**pilihan) -> BrowserContext:
        terbuka.append(browser.new_context(**{"locale": "id-ID", "viewport": {"width": 1366, "height": 900}} | pilihan))
        terbuka[-1].set_default_timeout(20_000)
        return terbuka[-1]

    yield _konteks
    for satu in terbuka:
        satu.close()


@pytest.fixture
def petugas(situs, konteks, masuk):
    """`petugas("kasi.lombok-timur", viewport=...)`: somebody at a browser, logged in; "" stays outside."""

    def _petugas(nama: str = "", **pilihan) -> Petugas:
        jendela = konteks(**pilihan)
        if nama:
            masuk_kuki(jendela, masuk(nama), situs)
        return Petugas(jendela.new_page(), situs)

    return _petugas


def masuk_kuki(jendela: BrowserContext, client, situs: str) -> None:
    """Carry the session of Django's test client into the browser: no password hash, no form."""
    kuki = client.cookies[setelan.SESSION_COOKIE_NAME]
    jendela.add_cookies([{"name": kuki.key, "value": kuki.value, "url": situs}])


@pytest.fixture
def sampai(situs, pelaksana):
    """`sampai("diverifikasi", 3)`: an invented registration, brought to a status.

    In a thread of its own: Playwright keeps an event loop in this one, and signing a PDF wants to start one.
    """

    def _sampai(tahap: str, urut: int = 1, kantor: str = "lombok-timur"):
        with ThreadPoolExecutor(1) as utas:
            return utas.submit(_majukan, tahap, urut, kantor).result()

    def _majukan(tahap: str, urut: int, kantor: str):
        try:
            return _jalani(tahap, urut, kantor)
        finally:
            connections.close_all()

    def _jalani(tahap: str, urut: int, kantor: str):
        perkara = contoh.buka_contoh(Kantor.objects.get(slug=kantor), urut).perkara
        while perkara.tahap != tahap:
            langkah = langkah_berikut(perkara)
            perkara = pelaksana.lakukan(perkara, langkah.nama, contoh.isian(perkara, langkah.nama)).perkara
        return perkara

    return _sampai
