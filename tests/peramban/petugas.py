"""A person at the desk in a real browser: logs in, fills forms, takes steps, and counts the clicks that it costs."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

SANDI = "haji-demo"
LAHIR = datetime.date(1968, 3, 17)


@dataclass
class Petugas:
    """`situs`: address of the portal. `keluhan` collects console errors and requests that leave the host."""

    page: Page
    situs: str
    klik: int = 0
    keluhan: list[str] = field(default_factory=list)
    saat_halaman: Callable[[str], None] = lambda _judul: None
    """Called with a word after every page of the tour (screenshots while trying things out)."""

    def __post_init__(self) -> None:
        dengarkan(self.page, self.situs, self.keluhan)

    def buka(self, alamat: str) -> None:
        self.page.goto(self.situs + alamat, wait_until="load")

    def masuk(self, nama: str) -> None:
        """By the login form, as a person does."""
        self.page.context.clear_cookies()
        self.buka("/masuk/")
        self.page.get_by_label("Nama pengguna").fill(nama)
        self.page.get_by_label("Kata sandi").fill(SANDI)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Masuk").click()

    def isi(self, di: str = "main", /, **isian: object) -> None:
        """Fill the fields inside `di` by name. True ticks, a dict is an upload, a date goes in as ISO."""
        for nama, nilai in isian.items():
            kotak = self.page.locator(f"{di} [name='{nama}']:not([type=hidden])")
            jenis = kotak.first.evaluate("e => e.type")
            if jenis in ("radio", "checkbox"):
                (kotak.first if nilai is True else kotak.and_(self.page.locator(f"[value='{nilai}']"))).check()
                self.klik += 1
            elif jenis == "select-one":
                kotak.select_option(str(nilai))
            elif jenis == "file":
                kotak.set_input_files(nilai)
            else:
                kotak.fill(str(nilai))

    def tekan(self, selektor: str) -> None:
        """Click something that leads to a new page."""
        with self.page.expect_navigation():
            self.page.click(selektor)
        self.klik += 1

    def langkah(self, nama: str, **isian: object) -> None:
        """Take one step of the case on the screen; a step in a fold is opened first."""
        lipatan = self.page.locator(f"details#langkah-{nama}:not([open]) > summary")
        if lipatan.count():
            lipatan.click()
            self.klik += 1
        formulir = f"form[data-langkah={nama}]"
        if isian:
            self.isi(formulir, **isian)
        self.saat_halaman(f"sebelum-{nama}")
        self.tekan(f"{formulir} .tombol-baris [type=submit]")
        gagal = self.page.locator(".pesan-danger, .ringkasan-galat")
        assert not gagal.count(), f"{nama}: {gagal.first.inner_text()}"

    def terima(self, *, nik: str, urut: int = 1) -> str:
        """A new registration at the counter, begun by key; returns its number. With several services the key opens
        a menu of them."""
        if self.page.locator("summary[data-pintasan=n]").count():
            self.page.keyboard.press("n")
            with self.page.expect_navigation():
                self.page.locator("details[open] .menu-isi a", has_text="Pendaftaran").click()
            self.klik += 1
        else:
            with self.page.expect_navigation():
                self.page.keyboard.press("n")
        return self.simpan_baru(nik=nik, urut=urut)

    def simpan_baru(self, *, nik: str, urut: int = 1) -> str:
        """Fill and send the intake form that is open."""
        self.isi_baru(nik=nik, urut=urut)
        self.saat_halaman("berkas-baru")
        self.tekan("form[data-baru] button.btn-primary")
        galat = self.page.locator(".ringkasan-galat, .isian-galat, .pesan-danger")
        assert not galat.count(), galat.all_inner_texts()
        return str(self.page.locator("[data-nomor]").get_attribute("data-nomor"))

    def isi_baru(self, *, nik: str, nama: str = "Baiq Nurhayati", urut: int = 1) -> None:
        self.isi(
            nik=nik, nama=nama, tempat_lahir="Selong", tanggal_lahir=LAHIR, jenis_kelamin="P",
            alamat="Dusun Mekar Sari RT 03", telepon="081234567890", email="nurhayati@contoh.example",
            bank="Bank Syariah Indonesia", nomor_validasi=f"BSI2611{urut:06d}", nomor_rekening=f"7012345{urut:03d}",
            atas_nama=nama.upper(), hadir_sendiri=True,
        )  # fmt: skip

    def periksa(self, kurang: str = "", kini_ada: str = "") -> None:
        """Judge the checklist: all there but the line whose title holds `kurang`; `kini_ada` was missing before."""
        if kini_ada:
            baris = self.page.locator("fieldset.berkas-isian", has_text=kini_ada).first
            baris.locator("[type=radio][value=ada]").check()
            self.klik += 1
        if kurang:
            baris = self.page.locator("fieldset.berkas-isian", has_text=kurang).first
            baris.locator("[type=radio][value=kurang]").check()
            baris.locator("textarea, input[type=text]").fill("Salinan yang terbaca jelas")
            self.klik += 1
        self.page.locator("[data-semua]").click()
        self.klik += 1
        self.langkah("periksa_berkas")

    def potret(self, langkah: str) -> None:
        """Take the picture with the (fake) webcam and send it."""
        self.page.click("[data-kamera-nyala]")
        expect(self.page.locator(".kamera-kabar")).to_contain_text("Kamera menyala")
        self.page.click("[data-kamera-ambil]")
        expect(self.page.locator(".kamera-kabar")).to_contain_text("Foto diambil")
        self.klik += 2
        self.langkah(langkah)


def dengarkan(page: Page, situs: str, keluhan: list[str]) -> None:
    """Note console errors (a breach of the policy is one), script errors, and requests to any other host."""

    def catat(teks: str) -> None:
        keluhan.append(f"{page.url}: {teks}")

    page.on("console", lambda pesan: catat(pesan.text) if pesan.type == "error" else None)
    page.on("pageerror", lambda galat: catat(str(galat)))
    page.on(
        "request",
        lambda minta: (
            None
            if minta.url.startswith((situs, "data:", "blob:", "chrome:", "chrome-extension:"))
            else catat(minta.url)
        ),
    )
