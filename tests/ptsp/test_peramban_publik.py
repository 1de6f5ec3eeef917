"""The pilgrim's way in a real browser: two questions to the answer, by keyboard, small screen, without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from haji_portal.akun.models import Kantor
from haji_portal.berkas.models import ButirBerkas
from pendaftaran import contoh

pytestmark = [pytest.mark.peramban, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def perkara(acuan):
    perkara = contoh.buka_contoh(Kantor.objects.get(slug="lombok-timur"), 7).perkara
    ButirBerkas.objects.filter(perkara=perkara.pk, kode=perkara.butir.first().kode).update(
        verdict="kurang", alasan="Salinan tidak terbaca"
    )
    return perkara


def jawab_dua_pertanyaan(page: Page, situs: str, perkara) -> None:
    lahir = perkara.pemohon.tanggal_lahir
    page.goto(f"{situs}/cek/")
    page.get_by_label("Nomor permohonan").fill(perkara.nomor.lower().replace("-", " "))
    page.keyboard.press("Enter")
    page.get_by_label("Tanggal", exact=True).fill(str(lahir.day))
    page.get_by_label("Bulan").select_option(str(lahir.month))
    page.get_by_label("Tahun").fill(str(lahir.year))
    page.keyboard.press("Enter")
    page.wait_for_url("**/cek/hasil/")


def test_dua_pertanyaan_lalu_jawaban_di_layar_kecil(page: Page, live_server, perkara):
    page.set_viewport_size({"width": 390, "height": 800})
    keluhan: list[str] = []
    page.on("console", lambda pesan: keluhan.append(pesan.text) if pesan.type == "error" else None)
    jawab_dua_pertanyaan(page, live_server.url, perkara)
    expect(page.locator(".tahapan li[aria-current=step]")).to_have_count(1)
    expect(page.get_by_text("Salinan tidak terbaca")).to_be_visible()
    assert perkara.pemohon.nama not in page.content()
    temuan = Axe().run(page)
    assert temuan.violations_count == 0, temuan.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert keluhan == []
    page.get_by_role("button", name="Selesai, tutup halaman ini").click()
    page.goto(f"{live_server.url}/cek/hasil/")
    expect(page).to_have_url(f"{live_server.url}/cek/")


def test_seluruh_jalan_tanpa_javascript_dan_huruf_besar(browser, live_server, perkara):
    konteks = browser.new_context(java_script_enabled=False)
    page = konteks.new_page()
    page.goto(f"{live_server.url}/cek/")
    page.get_by_role("button", name="Huruf besar").click()
    assert page.locator("html").get_attribute("data-huruf") == "besar"
    jawab_dua_pertanyaan(page, live_server.url, perkara)
    assert page.locator(".tahapan li").count() == 6
    konteks.close()


@pytest.mark.parametrize("tema", ["light", "dark"])
def test_layanan_terbaca_semua_orang(browser, live_server, acuan, tema):
    """Also with large type at 320 px, WCAG's measure for reflow."""
    konteks = browser.new_context(color_scheme=tema, viewport={"width": 320, "height": 800})
    page = konteks.new_page()
    page.goto(f"{live_server.url}/tampilan/?huruf=besar")
    for alamat in ("/?kantor=palu", "/layanan/pendaftaran/?kantor=lombok-timur", "/layanan/pembatalan/", "/tiada/"):
        page.goto(live_server.url + alamat)
        temuan = Axe().run(page)
        assert temuan.violations_count == 0, (alamat, temuan.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, alamat
    konteks.close()
