"""A registration from a phone: code, pages, photos over a line that breaks, one photo returned, repaired, SPH read."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from PIL import Image
from playwright.sync_api import Page, Route, expect

from haji_portal.alur.models import Perkara
from haji_portal.alur.posisi import langkah_berikut
from pendaftaran import contoh
from tests import ajukan
from tests.peramban.petugas import dengarkan

pytestmark = [pytest.mark.peramban, pytest.mark.django_db(transaction=True)]
KECIL = Image.new("RGB", (600, 800), "#99aabb")
# Noise does not compress: several pieces even after the phone made it smaller.
BESAR = Image.effect_noise((900, 1200), 60).convert("RGB")


def foto(nama: str, gambar: Image.Image | None = None) -> dict[str, object]:
    isi = io.BytesIO()
    (gambar or KECIL).save(isi, "JPEG", quality=70)
    return {"name": nama, "mimeType": "image/jpeg", "buffer": isi.getvalue()}


@pytest.fixture
def ponsel(situs, konteks):
    page = konteks(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    keluhan: list[str] = []
    dengarkan(page, situs, keluhan)
    yield page
    # 422 and a line that was cut on purpose are written to the console by the browser itself.
    assert [k for k in keluhan if "422" not in k and "ERR_INTERNET_DISCONNECTED" not in k] == []


@pytest.fixture
def kantor_bekerja(pelaksana):
    """The office's steps in a thread of their own: the browser keeps an event loop in this one."""

    def _di_utas(kerja):
        def _jalan():
            try:
                return kerja()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(1) as utas:
            return utas.submit(_jalan).result()

    def kembalikan():
        perkara = Perkara.objects.get().rinci()
        verdict = {b.kode: ("ada", "") for b in perkara.butir.all()}
        verdict["foto-ktp"] = ("kurang", "Tulisan pada KTP tidak terbaca")
        perkara = pelaksana.lakukan(perkara, "periksa_berkas", {"verdict": verdict, "unggahan": {}}).perkara
        pelaksana.lakukan(perkara, "kembalikan", {"catatan": ""})

    def selesaikan():
        perkara = Perkara.objects.get().rinci()
        while perkara.tahap != "ditandatangani":
            nama = langkah_berikut(perkara).nama
            perkara = pelaksana.lakukan(perkara, nama, contoh.isian(perkara, nama)).perkara
        pelaksana.lakukan(perkara, "sampaikan_sph")

    return lambda nama: _di_utas({"kembalikan": kembalikan, "selesaikan": selesaikan}[nama])


def ketik(page: Page, isian: dict[str, str]) -> None:
    for nama, nilai in isian.items():
        kotak = page.locator(f"main form [name='{nama}']:not([type=hidden])").first
        jenis = kotak.evaluate("e => e.type")
        if jenis == "select-one":
            kotak.select_option(nilai)
        elif jenis != "radio":
            kotak.fill(nilai)


def isi_kode(page: Page) -> None:
    page.get_by_label("Kode enam angka").fill(ajukan.kode_terakhir())
    page.get_by_role("button", name="Lanjut").click()


def periksa_layar(page: Page) -> None:
    temuan = Axe().run(page)
    assert temuan.violations_count == 0, temuan.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def putus_sekali(page: Page) -> list[str]:
    """Cut the line once, in the middle of the first file; returns the offsets that arrive afterwards."""
    posisi: list[str] = []

    def lewat(route: Route) -> None:
        kepala = route.request.headers
        if route.request.method == "POST" and not posisi and kepala["upload-offset"] != "0":
            posisi.append(f"putus di {kepala['upload-offset']}")
            route.abort("internetdisconnected")
            return
        if route.request.method == "POST":
            posisi.append(kepala["upload-offset"]) if posisi else None
        route.continue_()

    page.route("**/potongan/**", lewat)
    return posisi


def unggah(page: Page, kode: str, berkas: dict[str, object]) -> None:
    page.set_input_files(f"#id_{kode}", berkas)
    expect(page.locator(f"[data-berkas={kode}].ada")).to_be_visible()


def test_dari_ponsel_sampai_sph(ponsel: Page, situs, kantor_bekerja):
    page = ponsel
    page.goto(f"{situs}/")
    page.get_by_role("heading", name="Daftar haji dari rumah").click()
    page.get_by_label("Kantor sesuai KTP", exact=True).select_option("lombok-timur")
    page.get_by_role("button", name="Tampilkan").click()
    ketik(page, {"rujukan": "BSI2611000007", "nik": ajukan.NIK, "kontak": ajukan.ALAMAT})
    page.get_by_role("button", name="Kirim kode").click()
    isi_kode(page)
    ketik(page, ajukan.DIRI)
    periksa_layar(page)
    page.get_by_role("button", name="Simpan dan lanjut").click()
    ketik(page, ajukan.SETORAN)
    page.get_by_role("button", name="Simpan dan lanjut").click()
    page.wait_for_url("**/dokumen/")

    semua = page.locator("[data-berkas]").evaluate_all("e => e.map(s => s.dataset.berkas)")
    posisi = putus_sekali(page)
    unggah(page, semua[0], foto("besar.jpg", BESAR))
    potong = re.fullmatch(r"putus di (\d+)", posisi[0])
    assert potong and posisi[1] == potong[1], "goes on at the very byte where the line broke"
    page.unroute("**/potongan/**")
    for kode in semua[1:]:
        unggah(page, kode, foto(f"{kode}.jpg"))
    assert page.locator("#id_foto-ktp").get_attribute("capture") == "environment"
    periksa_layar(page)
    page.get_by_role("link", name="Lanjut: periksa dan kirim").click()
    page.get_by_label("Isian dan berkas ini benar").check()
    page.get_by_role("button", name="Kirim permohonan").click()
    nomor = page.locator("[data-nomor]").get_attribute("data-nomor")
    assert nomor == Perkara.objects.get().nomor
    expect(page.get_by_text("paling lambat")).to_be_visible()

    kantor_bekerja("kembalikan")
    page.get_by_role("link", name="Lihat status permohonan").click()
    expect(page.get_by_text("Tulisan pada KTP tidak terbaca")).to_be_visible()
    page.get_by_role("link", name="Kirim ulang berkas sekarang").click()
    page.get_by_role("button", name="Kirim kode").click()
    isi_kode(page)
    assert page.locator("[data-berkas]").count() == 1
    unggah(page, "foto-ktp", foto("ktp-jelas.jpg"))
    periksa_layar(page)
    page.get_by_role("button", name="Kirim perbaikan").click()
    expect(page.get_by_text("Perbaikan Anda sudah kami terima")).to_be_visible()

    kantor_bekerja("selesaikan")
    page.reload()
    page.get_by_role("link", name="Lihat surat Anda").click()
    with page.expect_download() as unduhan:
        page.get_by_role("link", name="Simpan PDF").click()
    assert unduhan.value.suggested_filename == f"sph-{nomor}.pdf"
