"""The public doors in a real browser: policy kept, fonts and scripts our own, readable by everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = [pytest.mark.peramban, pytest.mark.django_db(transaction=True)]
PINTU = ["/", "/cek/", "/masuk/"]


@pytest.mark.parametrize("pintu", PINTU)
def test_halaman_patuh_pada_kebijakan_sendiri(page: Page, live_server, pintu: str) -> None:
    keluhan: list[str] = []
    luar: list[str] = []
    page.on("console", lambda pesan: keluhan.append(pesan.text) if pesan.type == "error" else None)
    page.on("pageerror", lambda galat: keluhan.append(str(galat)))
    page.on(
        "request", lambda minta: None if minta.url.startswith((live_server.url, "data:")) else luar.append(minta.url)
    )
    page.on("response", lambda jawab: keluhan.append(jawab.url) if jawab.status >= 400 else None)
    page.goto(live_server.url + pintu, wait_until="networkidle")
    assert keluhan == []
    assert luar == []
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Plus Jakarta Sans\"'))")


@pytest.mark.parametrize("pintu", PINTU)
@pytest.mark.parametrize("lebar", [390, 1366])
def test_halaman_terbaca_semua_orang(page: Page, live_server, pintu: str, lebar: int) -> None:
    page.set_viewport_size({"width": lebar, "height": 800})
    page.goto(live_server.url + pintu, wait_until="networkidle")
    temuan = Axe().run(page)
    assert temuan.violations_count == 0, temuan.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= lebar, "halaman tidak boleh bergeser ke samping"


def test_kebijakan_menahan_skrip_sebaris(page: Page, live_server) -> None:
    page.goto(live_server.url + "/masuk/")
    page.evaluate(
        "const s = document.createElement('script'); s.textContent = 'window.bocor = 1'; document.body.append(s)"
    )
    assert page.evaluate("window.bocor") is None


@pytest.mark.parametrize("pintu", PINTU)
def test_halaman_tetap_utuh_tanpa_javascript(browser, live_server, pintu: str) -> None:
    konteks = browser.new_context(java_script_enabled=False)
    halaman = konteks.new_page()
    assert halaman.goto(live_server.url + pintu).status == 200
    assert halaman.locator("main h1").is_visible()
    konteks.close()
