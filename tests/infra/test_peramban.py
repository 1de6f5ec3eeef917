"""The public doors in a real browser: policy kept, fonts and scripts our own, readable by everybody."""

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.peramban, pytest.mark.django_db(transaction=True)]
PINTU = ["/", "/cek/", "/masuk/"]


def test_halaman_patuh_pada_kebijakan_sendiri(page: Page, live_server) -> None:
    """Accessibility and widths of the same doors: tests/peramban/test_halaman.py."""
    keluhan: list[str] = []
    luar: list[str] = []
    page.on("console", lambda pesan: keluhan.append(pesan.text) if pesan.type == "error" else None)
    page.on("pageerror", lambda galat: keluhan.append(str(galat)))
    page.on(
        "request", lambda minta: None if minta.url.startswith((live_server.url, "data:")) else luar.append(minta.url)
    )
    page.on("response", lambda jawab: keluhan.append(jawab.url) if jawab.status >= 400 else None)
    for pintu in PINTU:
        page.goto(live_server.url + pintu)
        assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Plus Jakarta Sans\"'))")
    assert keluhan == []
    assert luar == []


def test_kebijakan_menahan_skrip_sebaris(page: Page, live_server) -> None:
    page.goto(live_server.url + "/masuk/")
    page.evaluate(
        "const s = document.createElement('script'); s.textContent = 'window.bocor = 1'; document.body.append(s)"
    )
    assert page.evaluate("window.bocor") is None


def test_halaman_tetap_utuh_tanpa_javascript(browser, live_server) -> None:
    konteks = browser.new_context(java_script_enabled=False)
    halaman = konteks.new_page()
    for pintu in PINTU:
        assert halaman.goto(live_server.url + pintu).status == 200
        assert halaman.locator("main h1").is_visible()
    konteks.close()
