"""The desk in a real browser: driven by the keyboard, with and without scripts. Its looks: tests/peramban."""

from __future__ import annotations

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from haji_portal.meja.persetujuan import ALIRKAN
from pendaftaran.models import Pendaftaran
from tests.conftest import SANDI

pytestmark = [pytest.mark.peramban, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def buka(live_server, masuk):
    """`buka(page, "jfu.lombok-timur", "/kerja/")`: the page, logged in, with everything that went wrong in it."""

    def _buka(page: Page, nama: str, path: str) -> list[str]:
        kuki = masuk(nama).cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": kuki.key, "value": kuki.value, "url": live_server.url}])
        keluhan: list[str] = []
        page.on("console", lambda pesan: keluhan.append(pesan.text) if pesan.type == "error" else None)
        page.on("pageerror", lambda galat: keluhan.append(str(galat)))
        jawab = page.goto(live_server.url + path)
        assert jawab.status == 200 and page.url == live_server.url + path
        return keluhan

    return _buka


def test_tabel_sop_menjadi_daftar_di_ponsel(page: Page, buka, sampai):
    perkara = sampai("direkam", 1)
    page.set_viewport_size({"width": 1366, "height": 900})
    buka(page, "jfu.lombok-timur", perkara.get_absolute_url())
    assert page.locator(".sop-tabel").is_visible() and not page.locator(".sop-daftar").is_visible()
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.locator(".sop-daftar").is_visible() and not page.locator(".sop-tabel").is_visible()
    sekarang = page.locator(".sop-daftar [aria-current=step]")
    assert "JFU" in sekarang.locator(".sop-pelaksana").inner_text()


def test_kotak_kerja_dengan_papan_ketik_saja(page: Page, buka, sampai):
    sampai("direkam", 1)
    buka(page, "jfu.lombok-timur", "/kerja/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("[data-nomor]").count() == 1


def test_kamera_mengisi_unggahan_dan_foto_tersimpan(page: Page, buka, sampai):
    perkara = sampai("direkam", 1)
    keluhan = buka(page, "jfu.lombok-timur", f"{perkara.get_absolute_url()}langkah/ambil_foto/")
    page.click("[data-kamera-nyala]")
    expect(page.locator(".kamera-kabar")).to_contain_text("Kamera menyala")
    page.click("[data-kamera-ambil]")
    expect(page.locator(".kamera-kabar")).to_contain_text("Foto diambil")
    with page.expect_navigation():
        page.click("form[data-langkah=ambil_foto] button[type=submit]")
    assert keluhan == []
    assert perkara.lampiran.filter(jenis="foto_3x4").exists()


def test_ketikan_yang_belum_dikirim_pulih_sesudah_halaman_hilang(page: Page, buka, sampai):
    perkara = sampai("direkam", 1)
    buka(page, "jfu.lombok-timur", f"{perkara.get_absolute_url()}langkah/isi_spph/")
    page.fill("[name=nama_ayah]", "Ayah Contoh")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    assert page.input_value("[name=nama_ayah]") == "Ayah Contoh"
    assert page.locator("text=belum dikirim sudah dipulihkan").is_visible()


def test_dua_klik_cepat_hanya_satu_kiriman(page: Page, buka, sampai):
    perkara = sampai("diperiksa", 1)
    buka(page, "ptsp.lombok-timur", perkara.get_absolute_url())
    for radio in page.locator("[type=radio][value=ada]").all():
        radio.check()
    kiriman: list[str] = []
    page.on("request", lambda minta: kiriman.append(minta.url) if minta.method == "POST" else None)
    with page.expect_navigation():
        page.dblclick("form[data-langkah=periksa_berkas] button[type=submit]")
    assert len(kiriman) == 1


def test_tanda_tangan_banyak_tanpa_javascript(browser, buka, sampai):
    perkara = [sampai("diverifikasi", urut) for urut in (1, 2)]
    konteks = browser.new_context(java_script_enabled=False)
    page = konteks.new_page()
    buka(page, "kasi.lombok-timur", "/persetujuan/")
    for p in perkara:
        page.check(f"#pilih-{p.nomor}")
    page.fill("#sandi-banyak", SANDI)
    page.click("text=Setujui yang dicentang")
    assert page.locator("h1").inner_text() == "2 dari 2 selesai"
    assert {p.tahap for p in Pendaftaran.objects.all()} == {"ditandatangani"}
    konteks.close()


def test_membuka_surat_lain_tidak_menghapus_centang(page: Page, buka, sampai):
    perkara = [sampai("diverifikasi", urut) for urut in (1, 2)]
    keluhan = buka(page, "kasi.lombok-timur", "/persetujuan/")
    terbuka = page.locator("[data-terbuka]").get_attribute("data-terbuka")
    lain = next(p.nomor for p in perkara if p.nomor != terbuka)
    page.check(f"#pilih-{terbuka}")
    page.locator(f".setuju-baris:has(#pilih-{lain}) a").click()
    expect(page.locator("[data-terbuka]")).to_have_attribute("data-terbuka", lain)
    assert page.is_checked(f"#pilih-{terbuka}")
    assert page.locator(".setuju-kini").locator(f"#pilih-{lain}").count() == 1
    assert keluhan == []


def test_tandai_semua_ada_menyisakan_yang_sudah_diputuskan(page: Page, buka, sampai):
    perkara = sampai("diperiksa", 1)
    buka(page, "ptsp.lombok-timur", perkara.get_absolute_url())
    page.locator("[type=radio][value=kurang]").first.check()
    page.click("[data-semua]")
    terpilih = page.locator(".berkas-isian [type=radio]:checked").evaluate_all("semua => semua.map(r => r.value)")
    assert terpilih == ["kurang"] + ["ada"] * (perkara.butir.count() - 1)


def test_borongan_bertambah_baris_demi_baris_dan_bilahnya_sampai_akhir(page: Page, buka, sampai):
    """The bar counts the lines as they arrive and then rests: an observer that hears itself would never end."""
    for urut in range(1, ALIRKAN + 1):
        sampai("diverifikasi", urut)
    keluhan = buka(page, "kasi.lombok-timur", "/persetujuan/")
    page.check("#pilih-semua")
    expect(page.locator("[data-terpilih]")).to_have_text(f"{ALIRKAN} dipilih")
    page.fill("[name=sandi]", SANDI)
    with page.expect_navigation():
        page.click(".setuju-sekaligus button")
    expect(page.locator("[data-akhir]")).to_be_focused()
    expect(page.locator("[data-akhir]")).to_contain_text(f"{ALIRKAN} dari {ALIRKAN} selesai")
    assert page.evaluate("document.querySelector('.kemajuan progress').value") == ALIRKAN
    assert page.title().startswith(f"{ALIRKAN} dari {ALIRKAN}") and keluhan == []
    assert Pendaftaran.objects.filter(tahap="ditandatangani").count() == ALIRKAN
