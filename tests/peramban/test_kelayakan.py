"""The questions before a transfer on a phone: what an answer hides, and what it must leave."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.peramban.petugas import dengarkan

pytestmark = [pytest.mark.peramban, pytest.mark.django_db(transaction=True)]


def test_keluarga_jemaah_sakit_dapat_menjawab_semuanya(situs, konteks, acuan):
    """Answers that concern the dead alone go; the question with the others stays."""
    page = konteks(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    keluhan: list[str] = []
    dengarkan(page, situs, keluhan)
    page.goto(f"{situs}/kelayakan-pelimpahan/")
    page.locator("[name=sebab][value=sakit]").check()
    expect(page.locator("label", has=page.locator("[name=berangkat][value=asrama]"))).to_be_hidden()
    page.locator("[name=berangkat][value=belum]").check()
    page.locator("[name=sebab][value=wafat]").check()
    expect(page.locator("label", has=page.locator("[name=berangkat][value=asrama]"))).to_be_visible()
    assert keluhan == []
