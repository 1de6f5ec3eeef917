"""README's tour, walked in a browser: the same steps whether the portal is a test server or a running one."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

from PIL import Image

from haji_portal.berkas.contoh import gambar_pdf
from pendaftaran import contoh
from tests.peramban.petugas import LAHIR, SANDI, Petugas

FOTO = {"name": "foto-jemaah.jpg", "mimeType": "image/jpeg", "buffer": contoh.gambar_foto(3)}
PINDAIAN = {"name": "berkas pendaftaran.pdf", "mimeType": "application/pdf", "buffer": gambar_pdf("Berkas")}


def bukti_siskohat() -> dict[str, object]:
    """A screenshot as an officer would upload it (PNG)."""
    isi = io.BytesIO()
    Image.new("RGB", (1280, 720), "#dfe7ef").save(isi, "PNG")
    return {"name": "siskohat.png", "mimeType": "image/png", "buffer": isi.getvalue()}


SPPH = {
    "nama_ayah": "Lalu Mahmud", "kelurahan": "Rarang", "kecamatan": "Terara", "pendidikan": "SMA/sederajat",
    "pekerjaan": "Petani/Pekebun", "status_kawin": "kawin", "tinggi_cm": 156, "berat_kg": 58,
}  # fmt: skip


def nik(kode_wilayah: str, urut: int = 1) -> str:
    return contoh.nik_contoh(kode_wilayah, LAHIR, "P", urut)


def catat_porsi(p: Petugas, nomor_porsi: str) -> None:
    p.langkah("catat_porsi", nomor_porsi=nomor_porsi, bukti=bukti_siskohat())


def tanda_tangani(p: Petugas, akun: str, *nomor: str) -> None:
    """Tick the given cases in the stack and sign them all with one password."""
    p.masuk(akun)
    p.buka("/persetujuan/")
    p.saat_halaman("persetujuan")
    for satu in nomor:
        p.page.check(f"#pilih-{satu}")
        p.klik += 1
    p.page.fill("#sandi-banyak", SANDI)
    p.tekan(".setuju-sekaligus button")
    p.saat_halaman("persetujuan-hasil")


def lombok_timur(p: Petugas, kode_wilayah: str, urut: int = 1) -> str:
    """From the counter to the pilgrim's hand, with one return for a missing document; returns the number."""
    p.masuk("ptsp.lombok-timur")
    nomor = p.terima(nik=nik(kode_wilayah, urut), urut=urut)
    kasus = f"/pendaftaran/{nomor}/"
    p.saat_halaman("diterima")
    p.periksa(kurang="Kartu")
    p.langkah("kembalikan", catatan="Loket buka sampai pukul 15.00.")
    p.saat_halaman("dikembalikan")
    p.langkah("lengkapi")
    p.periksa(kini_ada="Kartu")
    p.langkah("nyatakan_lengkap")
    p.saat_halaman("lengkap")
    p.masuk("jfu.lombok-timur")
    p.buka(kasus)
    p.langkah("isi_spph", **SPPH)
    p.langkah("rekam_data")
    p.potret("ambil_foto")
    catat_porsi(p, f"23000{urut:05d}")
    p.langkah("verifikasi")
    tanda_tangani(p, "kasi.lombok-timur", nomor)
    p.masuk("jfu.lombok-timur")
    p.buka(kasus)
    p.langkah("cetak_sph")
    p.langkah("pindai_berkas", arsip=PINDAIAN)
    p.langkah("serahkan_ke_loket")
    p.masuk("ptsp.lombok-timur")
    p.buka(kasus)
    p.langkah("serahkan")
    p.saat_halaman("selesai")
    return nomor


def tanah_bumbu(p: Petugas, kode_wilayah: str, urut: int = 2) -> str:
    """Eight rows in another order; the Kepala signs. The photo is uploaded, not taken."""
    p.masuk("jfu.tanah-bumbu")
    nomor = p.terima(nik=nik(kode_wilayah, urut), urut=urut)
    kasus = f"/pendaftaran/{nomor}/"
    p.periksa()
    p.langkah("nyatakan_lengkap")
    p.langkah("isi_spph", **SPPH)
    p.langkah("rekam_data")
    p.langkah("ambil_foto", foto=FOTO)
    catat_porsi(p, f"23000{urut:05d}")
    p.langkah("verifikasi")
    tanda_tangani(p, "kepala.tanah-bumbu", nomor)
    p.masuk("jfu.tanah-bumbu")
    p.buka(kasus)
    p.langkah("pindai_berkas", arsip=PINDAIAN)
    p.langkah("unggah_arsip")
    p.langkah("serahkan")
    p.saat_halaman("selesai")
    return nomor


def cek(p: Petugas, nomor: str) -> str:
    """The pilgrim's look-up; returns the text of the answer."""
    p.page.context.clear_cookies()
    p.buka("/cek/")
    p.page.get_by_label("Nomor permohonan").fill(nomor)
    p.page.keyboard.press("Enter")
    p.page.get_by_label("Tanggal", exact=True).fill(str(LAHIR.day))
    p.page.get_by_label("Bulan").select_option(str(LAHIR.month))
    p.page.get_by_label("Tahun").fill(str(LAHIR.year))
    p.page.keyboard.press("Enter")
    p.page.wait_for_url("**/cek/hasil/")
    p.saat_halaman("cek")
    return p.page.locator("main").inner_text()


def baca_qr(pdf: bytes, tempat: Path) -> str:
    """The address in the QR of a letter as a phone would read it from paper (150 dpi)."""
    (tempat / "surat.pdf").write_bytes(pdf)
    subprocess.run([shutil.which("pdftoppm"), "-r", "150", "-png", "surat.pdf", "surat"], cwd=tempat, check=True)
    gambar = sorted(str(g) for g in tempat.glob("surat*.png"))
    hasil = subprocess.run([shutil.which("zbarimg"), "-q", *gambar], capture_output=True, text=True, check=True)
    return re.search(r"https?://\S+", hasil.stdout).group()
