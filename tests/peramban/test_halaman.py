"""Every kind of page: accessible in both themes and sizes, no sideways scroll, policy kept, nothing from elsewhere."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.test import RequestFactory
from playwright.sync_api import Page, Route

from haji_portal.kabar.kirim import tulis_pesan
from haji_portal.kabar.models import Pesan
from haji_portal.ptsp import galat
from haji_portal.surat.models import Surat
from tests import ajukan
from tests.peramban import jalan
from tests.peramban.conftest import masuk_kuki
from tests.peramban.petugas import SANDI, Petugas

pytestmark = [pytest.mark.peramban, pytest.mark.django_db(transaction=True)]

KODE = {"kode": "481516", "keperluan": "uji", "menit": 10}
SASARAN = {"target-size": {"enabled": True}}
"""WCAG 2.2's 24 px, which axe leaves out unless asked."""
PENUH: dict[str, Any] = {"resultTypes": ["violations"], "rules": SASARAN, "iframes": False}
WARNA: dict[str, Any] = PENUH | {"runOnly": ["color-contrast", "target-size"]}
"""What theme and width can change; the other rules have been asked by then."""


def periksa(p: Petugas) -> None:
    """The open page in light and dark, at 1366, 390 and 320 px. Axe goes in once: it weighs half a megabyte."""
    p.page.evaluate(Axe().axe_script)
    for lebar, tema, aturan in (
        (1366, "light", PENUH),
        (390, "dark", PENUH),
        (1366, "dark", WARNA),
        (390, "light", WARNA),
    ):
        p.page.emulate_media(color_scheme=tema, reduced_motion="reduce")
        p.page.set_viewport_size({"width": lebar, "height": 900})
        temuan = AxeResults(p.page.evaluate("aturan => axe.run(aturan)", aturan))
        assert temuan.violations_count == 0, f"{p.page.url} {lebar} {tema}\n{temuan.generate_report()}"
        tanpa_geser(p.page, lebar)
    p.page.set_viewport_size({"width": 320, "height": 900})
    tanpa_geser(p.page, 320)


def tanpa_geser(page: Page, lebar: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= lebar, (
        f"{page.url} bergeser ke samping pada {lebar}"
    )


def menu_muat(page: Page) -> None:
    """What a menu holds can be read: a box that hangs out of the left edge makes no page scroll."""
    for lebar in (390, 320):
        page.set_viewport_size({"width": lebar, "height": 900})
        for menu in page.locator("details.menu").all():
            menu.locator("summary").click()
            kotak = menu.locator(".menu-isi").bounding_box()
            assert kotak and kotak["x"] >= 0 and kotak["x"] + kotak["width"] <= lebar, (page.url, lebar, kotak)
            menu.locator("summary").click()


def lihat(p: Petugas, *alamat: str) -> None:
    for satu in alamat:
        jawab = p.page.goto(p.situs + satu)
        assert jawab.status == 200 and p.page.url == p.situs + satu, satu
        periksa(p)
    assert p.keluhan == []


def test_meja_loket(petugas, sampai):
    diperiksa, kembali = sampai("diperiksa"), sampai("diperiksa", 2)
    p = petugas("ptsp.lombok-timur")
    lihat(p, "/kerja/", "/kerja/?tab=terlambat", "/pendaftaran/", "/pendaftaran/baru/", diperiksa.get_absolute_url())
    menu_muat(p.page)
    lihat(p, "/kunjungan/", "/kunjungan/baru/", "/setoran/", "/setoran/baru/", "/akun/")
    p.page.set_viewport_size({"width": 1366, "height": 900})
    p.buka(kembali.get_absolute_url())
    p.periksa(kurang="Kartu keluarga")
    p.langkah("kembalikan")
    periksa(p)
    assert p.keluhan == []


def test_meja_belakang(petugas, sampai):
    direkam, siap = sampai("direkam"), sampai("siap_diserahkan", 2)
    p = petugas("jfu.lombok-timur")
    kasus = direkam.get_absolute_url()
    lihat(p, kasus, f"{kasus}langkah/isi_spph/", f"{kasus}langkah/ambil_foto/", siap.get_absolute_url())
    call_command("sapu", verbosity=0)  # messages to read
    lihat(p, "/pesan/", "/akun/sandi/", "/sandi-lagi/?next=%2Fakun%2Fdua-faktor%2F")
    p.isi(sandi=SANDI)
    p.tekan("main form [type=submit]")
    assert p.page.url.endswith("/akun/dua-faktor/")
    periksa(p)
    p.buka("/akun/token/baru/")
    periksa(p)
    p.isi(nama="Aplikasi antrean")
    p.tekan("main form [type=submit]")
    periksa(p)  # the key, shown once
    lihat(p, "/akun/token/")


def test_pesan_kepada_pemohon(petugas, sampai):
    """The list, an uncertain message, the alarm on its case; resent only after the box is ticked."""
    perkara = sampai("direkam")
    pesan = tulis_pesan("uji:a11y", "email", "a@contoh.example", "kode", KODE, perkara=perkara)
    Pesan.objects.filter(pk=pesan.pk).update(status="tidak_pasti", jatuh_tempo=None, galat="JawabanHilang")
    p = petugas("ptsp.lombok-timur")
    lihat(p, "/pesan/keluar/", f"/pesan/keluar/{pesan.pk}/", "/pesan/keluar/?keadaan=menunggu")
    p.page.set_viewport_size({"width": 390, "height": 844})
    p.buka(perkara.get_absolute_url())
    p.page.get_by_role("link", name="Lihat dan tangani").click()
    p.page.get_by_role("link", name=pesan.judul).click()
    p.page.get_by_role("button", name="Kirim ulang").click()
    assert Pesan.objects.get(pk=pesan.pk).status == "tidak_pasti", "the box is not ticked yet"
    p.page.get_by_label("Kirim ulang walaupun").check()
    p.page.get_by_role("button", name="Kirim ulang").click()
    p.page.get_by_text("Pesan dikirim ulang.").wait_for()
    assert pesan.tindakan.get().oleh.username == "ptsp.lombok-timur"
    assert p.keluhan == []


def test_meja_pejabat_dan_yang_lain(petugas, sampai):
    perkara = [sampai("diverifikasi", urut) for urut in (1, 2)]
    p = petugas("kasi.lombok-timur")
    lihat(p, "/persetujuan/", perkara[0].get_absolute_url())
    jalan.tanda_tangani(p, "kasi.lombok-timur", perkara[1].nomor)
    periksa(p)
    lihat(petugas("kanwil.ntb"), "/kerja/", perkara[0].get_absolute_url())
    lihat(petugas("bps"), "/setoran/")


def test_layanan_publik_dan_pintu_masuk(petugas, sampai):
    perkara = sampai("ditandatangani")
    p = petugas()
    lihat(p, "/", "/?kantor=lombok-timur", "/layanan/pendaftaran/?kantor=tanah-bumbu", "/cek/", "/masuk/")
    lihat(p, f"/verifikasi/{Surat.objects.get(perkara=perkara.pk, jenis='sph').token}/")
    lahir = perkara.pemohon.tanggal_lahir
    p.buka("/cek/")
    p.page.get_by_label("Nomor permohonan").fill(perkara.nomor)
    p.page.keyboard.press("Enter")
    p.page.get_by_label("Tahun").wait_for()
    periksa(p)
    p.isi(hari=lahir.day, bulan=lahir.month, tahun=lahir.year)
    p.page.keyboard.press("Enter")
    p.page.wait_for_url("**/cek/hasil/")
    periksa(p)
    assert p.keluhan == []


def test_permohonan_dari_luar(petugas, client):
    """The pages of a draft with one document in it, and a page whose answers break a rule."""
    token = ajukan.mulai(client)
    konsep = f"/ajukan/konsep/{token}/"
    client.post(f"{konsep}dokumen/foto-ktp/unggah/", {"berkas": ajukan.foto()})
    client.post(f"{konsep}isi/diri/", ajukan.DIRI | {"tanggal_lahir_tahun": "2020", "status_haji": "sudah"})
    p = petugas()
    masuk_kuki(p.page.context, client, p.situs)
    lihat(p, "/ajukan/pendaftaran/?kantor=lombok-timur", "/ajukan/lanjut/", f"{konsep}isi/setoran/")
    lihat(p, f"{konsep}dokumen/", f"{konsep}periksa/", f"{konsep}isi/diri/")
    assert p.keluhan == []
    p.tekan("main form [type=submit]")
    p.page.get_by_text("Isi tanggal haji terakhir").first.wait_for()
    periksa(p)


def _jawab(isi: dict[str, Any], rute: Route) -> None:
    rute.fulfill(**isi)


def test_halaman_galat(petugas):
    """A missing page, a foreign one, a stale form; 400 and 500 as their handlers answer."""
    p = petugas("jfu.lombok-timur")
    for alamat, status in (("/tiada/", 404), ("/pendaftaran/LTM-PD-26-XXXXXX/", 404), ("/pendaftaran/baru/", 403)):
        assert p.page.goto(p.situs + alamat).status == status
        periksa(p)
    minta = RequestFactory().get("/")
    for nama, jawab in {"400": galat.permintaan_salah(minta), "500": galat.rusak(minta)}.items():
        isi = {"body": jawab.content, "content_type": "text/html"}
        p.page.route(f"**/buatan-{nama}/", partial(_jawab, isi))
        p.buka(f"/buatan-{nama}/")
        periksa(p)
    p.buka("/akun/sandi/")
    p.page.evaluate("document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach(e => { e.value = 'basi' })")
    p.page.fill("main [type=password] >> nth=0", "x")
    p.tekan("main form [type=submit]")
    assert p.page.locator("h1").inner_text() == "Formulir sudah kedaluwarsa"
    periksa(p)
    assert [k for k in p.keluhan if "Failed to load resource" not in k] == []
