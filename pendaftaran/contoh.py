"""Invented pilgrims and what the desk would fill in at each step: for the demo and for the contract tests."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from haji_portal.akun.models import Kantor
from haji_portal.alur.jalankan import Hasil, buka
from haji_portal.alur.kalender import kalender_kantor
from haji_portal.berkas.contoh import foto_contoh, gambar_foto, jpeg, pdf_contoh
from haji_portal.berkas.simpan import BerkasTersimpan, salin, simpan_unggahan
from haji_portal.jemaah.contoh import (
    BANK,
    BELAKANG,
    DESA,
    LAKI,
    PEREMPUAN,
    acak_tetap,
    buat_jemaah,
    nik_contoh,
    nomor_validasi,
    orang_contoh,
)
from haji_portal.jemaah.models import Jemaah, Rekening, Setoran
from haji_portal.kabar.models import KontakPerkara
from haji_portal.meja.contoh import pembuka

from .elektronik import buka_elektronik, daftar_syarat
from .models import Pendaftaran
from .syarat import FOTO_PEMBANDING, butir_kembali

__all__ = ["PEREMPUAN", "acak_tetap", "buat_jemaah", "foto_contoh", "gambar_foto", "nik_contoh", "pdf_contoh"]
PEKERJAAN = ["Petani/Pekebun", "Pedagang/Wiraswasta", "Guru/Dosen", "Ibu rumah tangga", "Nelayan", "Pensiunan"]


def benih_foto(perkara: Pendaftaran) -> int:
    """One of six portraits, of the pilgrim's sex."""
    return perkara.pk % 3 * 2 + (perkara.pemohon.jenis_kelamin == "P")


def gambar_ktp(benih: int = 0) -> bytes:
    """A drawn card with the same face (JPEG, 1500x946 px); it carries no number and no name."""
    kartu = Image.new("RGB", (1500, 946), (196, 219, 236))
    pena = ImageDraw.Draw(kartu)
    pena.text((560, 60), "KARTU CONTOH, BUKAN KTP", fill=(30, 60, 110), font_size=48)
    for baris in range(8):
        pena.rectangle((90, 190 + baris * 80, 420 + (baris * 97) % 440, 214 + baris * 80), fill=(110, 130, 150))
    muka = Image.open(io.BytesIO(gambar_foto(benih))).resize((390, 520))
    kartu.paste(muka, (1030, 240))
    return jpeg(kartu)


def gambar_diri(benih: int = 0, kartu: bool = False) -> bytes:
    """A selfie as a phone takes it (JPEG, 1080x1920 px): a room behind the head, the card in the hand when asked."""
    dinding = (205, 210, 200)
    foto = Image.new("RGB", (1080, 1920), dinding)
    pena = ImageDraw.Draw(foto)
    pena.rectangle((0, 1460, 1080, 1920), fill=(150, 120, 95))
    muka = Image.open(io.BytesIO(gambar_foto(benih, dinding))).resize((780, 1040))
    foto.paste(muka, (150, 420))
    if kartu:
        foto.paste(Image.open(io.BytesIO(gambar_ktp(benih))).resize((620, 391)), (400, 1380))
    return jpeg(foto)


def berkas_contoh(kantor: Kantor, benih: int = 0) -> dict[str, BerkasTersimpan]:
    """What an applicant sends along from a phone: {kode: stored file} for every line that is asked."""
    return {s.kode: berkas_satu(s.kode, s.nama, benih) for s in daftar_syarat(kantor)}


def berkas_satu(kode: str, nama: str, benih: int = 0) -> BerkasTersimpan:
    return salin(_gambar_bersih(kode, benih, settings.HAJI_PRIVAT)) if kode in FOTO_PEMBANDING else pdf_contoh(nama)


@lru_cache(maxsize=24)
def _gambar_bersih(kode: str, benih: int, _gudang: object) -> BerkasTersimpan:
    gambar = gambar_ktp(benih) if kode == "foto-ktp" else gambar_diri(benih, kode == "foto-diri-dengan-ktp")
    return simpan_unggahan(SimpleUploadedFile(f"{kode}.jpg", gambar, "image/jpeg"))


def buka_contoh(
    kantor: Kantor, urut: int, *, jemaah: Jemaah | None = None, saluran: str = "loket", layanan: str = "", **isian: Any
) -> Hasil:
    """Open a registration at the counter for an invented pilgrim, as an officer who may; by phone for that table."""
    if layanan == "pendaftaran-elektronik":
        return buka_contoh_elektronik(kantor, urut)
    jemaah = jemaah or buat_jemaah(kantor, urut)
    bank = BANK[urut % len(BANK)]
    rekening = Rekening.objects.create(jemaah=jemaah, bank=bank, nomor=f"70{urut:08d}", atas_nama=jemaah.nama.upper())
    setoran = Setoran.objects.create(
        jemaah=jemaah, rekening=rekening, bank=bank, nomor_validasi=nomor_validasi(urut), jumlah=25_000_000,
        tanggal=timezone.localdate() - datetime.timedelta(days=2),
    )  # fmt: skip
    hari = kalender_kantor(kantor).buka_berikut(timezone.now()).date()
    isi = {
        "pemohon": jemaah, "setoran": setoran, "rekening": rekening, "hadir_sendiri": True, "tanggal_daftar": hari,
    } | isian  # fmt: skip
    return buka(Pendaftaran, kantor=kantor, oleh=pembuka(Pendaftaran(kantor=kantor)), isian=isi, saluran=saluran)


def isi_elektronik(kantor: Kantor, urut: int, **ganti: Any) -> dict[str, Any]:
    """What an invented pilgrim fills in on the phone, as `buka_elektronik` takes it."""
    orang = orang_contoh(kantor, urut)
    isi: dict[str, Any] = orang | {
        "agama": "islam", "bank": BANK[urut % len(BANK)], "nomor_validasi": nomor_validasi(urut), "jumlah": 25_000_000,
        "tanggal_setoran": timezone.localdate() - datetime.timedelta(days=2), "nomor_rekening": f"70{urut:08d}",
        "atas_nama": orang["nama"].upper(), "status_haji": "belum",
    }  # fmt: skip
    return isi | ganti


def kontak_contoh(urut: int) -> KontakPerkara:
    return KontakPerkara(saluran="email", alamat=f"jemaah{urut}@contoh.example", diverifikasi=timezone.now())


def buka_contoh_elektronik(kantor: Kantor, urut: int, **ganti: Any) -> Hasil:
    """Send a registration as an invented pilgrim does, with pictures and papers."""
    isi = isi_elektronik(kantor, urut, **ganti)
    berkas = berkas_contoh(kantor, urut % 3 * 2 + (isi["jenis_kelamin"] == "P"))
    return buka_elektronik(kantor, isi, berkas, kontak_contoh(urut))


def isian(perkara: Pendaftaran, langkah: str) -> dict[str, Any]:
    """What an officer would fill in at a step, so that the case can go on."""
    buat: dict[str, Callable[[], dict[str, Any]]] = {
        "periksa_berkas": lambda: {"verdict": {b.kode: ("ada", "") for b in perkara.butir.all()}, "unggahan": {}},
        "bandingkan_foto": lambda: {
            "sama": True, "potongan": "100-50-25", "foto": foto_contoh(benih_foto(perkara)),
        },
        "kirim_perbaikan": lambda: {
            "unggahan": {b.kode: berkas_satu(b.kode, b.nama, benih_foto(perkara)) for b in butir_kembali(perkara)}
        },
        "kembalikan": lambda: {"catatan": "Mohon dibawa kembali pada jam layanan."},
        "isi_spph": lambda: spph(perkara.pk),
        "ambil_foto": lambda: {"foto": foto_contoh(benih_foto(perkara))},
        "foto_ulang": lambda: {"foto": foto_contoh(benih_foto(perkara))},
        "catat_porsi": lambda: {
            "nomor_porsi": f"{2_300_000_000 + perkara.pk:010d}", "terbit": timezone.localdate(),
            "bukti": pdf_contoh("Bukti Siskohat"),
        },
        "perbaiki": lambda: {"alasan": "Nama ayah belum sesuai akta kelahiran."},
        "pindai_berkas": lambda: {"arsip": pdf_contoh("Berkas pendaftaran")},
        "serahkan": lambda: {"penerima": perkara.pemohon.nama},
        "tolak": lambda: {"aturan": "244/2021 A.9", "penjelasan": "Akta kelahiran tidak dapat dibuktikan keasliannya."},
        "cabut": lambda: {"alasan": "Pemohon memilih menunda pendaftaran."},
    }  # fmt: skip
    return buat.get(langkah, dict)()


def spph(urut: int) -> dict[str, Any]:
    acak = acak_tetap(urut)
    return {
        "nama_ayah": f"{acak.choice(LAKI)} {acak.choice(BELAKANG)}", "kelurahan": acak.choice(DESA),
        "kecamatan": acak.choice(DESA), "pendidikan": "SMA/sederajat", "pekerjaan": acak.choice(PEKERJAAN),
        "status_kawin": "kawin", "golongan_darah": acak.choice(["A", "B", "AB", "O"]),
        "tinggi_cm": acak.randrange(150, 178), "berat_kg": acak.randrange(45, 85),
    }  # fmt: skip
