"""A morning at the queue in real browsers: a tablet without network, a desk by keyboard, the screen of calls."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from haji_portal.akun.models import Kantor
from haji_portal.ptsp.models import PerangkatAntrean, Tiket
from tests.peramban.petugas import dengarkan
from tests.peramban.test_halaman import periksa

pytestmark = [pytest.mark.peramban, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def alat(situs):
    """`alat("kios")`: the address of a paired device that gives numbers at any hour."""
    kantor = Kantor.objects.get(slug="lombok-timur")

    def _alat(jenis: str) -> str:
        satu = PerangkatAntrean.objects.create(kantor=kantor, jenis=jenis, nama="Uji", di_luar_jam=True)
        return f"{situs}/antrean/{jenis}/{satu.token}/"

    return _alat


def _isi_tablet(page):
    """Two taps and the guest book, up to the last button."""
    page.locator(".kios-ubin:visible").first.click()
    page.locator(".kios-ubin:visible", has_text="60 tahun").click()
    page.get_by_label("Nama", exact=True).fill("Siti Contoh")
    page.get_by_label("Alamat atau asal").fill("Selong")


def test_tablet_bertahan_tanpa_jaringan_dan_mengambil_satu_nomor(alat, konteks):
    page = konteks(viewport={"width": 820, "height": 1180}, has_touch=True).new_page()
    page.goto(alat("kios"))
    _isi_tablet(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Ambil nomor").click()
    expect(page.get_by_text("Dicoba lagi dengan sendirinya; Anda tidak perlu mengulang.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator(".karcis-nomor")).to_have_text("A-001")
    assert Tiket.objects.count() == 1
    page.locator("[data-selesai]").click()
    expect(page.locator("legend:visible")).to_have_text("Anda datang untuk apa?")
    assert page.locator("[name=nama]").input_value() == "", "the next visitor finds nothing of the last one"


def test_tablet_tanpa_javascript(alat, konteks):
    page = konteks(viewport={"width": 820, "height": 1180}, java_script_enabled=False).new_page()
    page.goto(alat("kios"))
    page.locator("[name=layanan]").first.check()
    page.get_by_role("button", name="Tidak menulis").click()
    expect(page.locator(".karcis-nomor")).to_have_text("A-001")


def test_meja_memanggil_dengan_tombol_dan_layar_menampilkan(alat, konteks, petugas, situs):
    tablet = konteks(viewport={"width": 1280, "height": 800}).new_page()
    tablet.goto(alat("kios"))
    _isi_tablet(tablet)
    tablet.get_by_role("button", name="Ambil nomor").click()
    expect(tablet.locator(".karcis-nomor")).to_have_text("A-001")

    layar = konteks(viewport={"width": 1920, "height": 1080}).new_page()
    keluhan: list[str] = []
    dengarkan(layar, situs, keluhan)
    layar.goto(alat("layar"))
    expect(layar.locator("[data-menunggu]")).to_have_text("1")

    meja = petugas("ptsp.lombok-timur")
    meja.buka("/antrean/loket/")
    for tombol in "1ph":
        with meja.page.expect_navigation():
            meja.page.keyboard.press(tombol)
    expect(meja.page.locator("[data-tiket='A-001']")).to_have_attribute("data-keadaan", "dilayani")
    expect(layar.locator("[data-nomor]")).to_have_text("A-001")
    expect(layar.locator("[data-tujuan]")).to_have_text("Loket 1")
    assert "Siti" not in layar.content()
    with meja.page.expect_navigation():
        meja.page.keyboard.press("b")
    expect(meja.page).to_have_url(re.compile(r"/pendaftaran/baru/\?dari="))
    assert meja.page.locator("[name=nama]").input_value() == "Siti Contoh"
    assert meja.keluhan == keluhan == []


def test_setiap_halaman_antrean_dapat_dibaca_semua_orang(alat, petugas, situs):
    kios, layar = alat("kios"), alat("layar")
    meja = petugas("ptsp.lombok-timur")
    meja.buka("/antrean/loket/")
    with meja.page.expect_navigation():
        meja.page.keyboard.press("1")
    meja.page.goto(kios)
    _isi_tablet(meja.page)
    periksa(meja)
    meja.page.get_by_role("button", name="Ambil nomor").click()
    expect(meja.page.locator(".karcis-nomor")).to_have_text("A-001")
    satu = Tiket.objects.get()
    pk = PerangkatAntrean.objects.get(jenis="layar").pk
    for alamat in ("loket/", "loket/?ganti=1", "tamu/", "angka/", "perangkat/", f"perangkat/{pk}/", f"{satu.token}/"):
        meja.buka(f"/antrean/{alamat}")
        periksa(meja)
    meja.page.goto(layar)
    periksa(meja)
    assert meja.keluhan == []
