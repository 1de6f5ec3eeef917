"""The Django admin under our strict policy: its own pages must not be blocked by it."""

import pytest
from playwright.sync_api import Page

from tests.conftest import SANDI

pytestmark = [pytest.mark.peramban, pytest.mark.django_db(transaction=True)]


def test_masuk_ke_admin_tanpa_pelanggaran_kebijakan(page: Page, live_server, acuan):
    keluhan: list[str] = []
    page.on("console", lambda pesan: keluhan.append(f"{page.url}: {pesan.text}") if pesan.type == "error" else None)
    page.on("pageerror", lambda galat: keluhan.append(f"{page.url}: {galat}"))
    page.goto(f"{live_server.url}/admin/akun/penugasan/add/")
    page.get_by_label("Nama pengguna").fill("admin")
    page.get_by_label("Kata sandi").fill(SANDI)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/admin/akun/penugasan/add/")
    # Index, lists and pages of every kind: tests/peramban/test_kerja.py.
    page.goto(f"{live_server.url}/admin/alur/harilibur/add/")
    assert keluhan == []
