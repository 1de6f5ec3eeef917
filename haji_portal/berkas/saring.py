"""Nothing is stored as it was sent: cheap checks here, decoding and rebuilding in a limited child process.

The parent never parses the content. `anak.py` does, as its own short-lived Python process with limits on memory,
CPU time, open files and written files: a bomb or a decoder's fault ends that process and becomes a sentence.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

MAKS_BYTE = 10 * 1024 * 1024
MAKS_PIKSEL = 40_000_000
MAKS_SISI = 3000
MAKS_HALAMAN = 20
BATAS_DETIK = 20
FOTO_MIN = (480, 640)

TEKS = "text/plain; charset=utf-8"
AKHIRAN = {"image/jpeg": "jpg", "application/pdf": "pdf", TEKS: "txt"}
JENIS_DARI_AKHIRAN = {"jpg": "jpeg", "jpeg": "jpeg", "png": "png", "pdf": "pdf"}
TANDA = {"jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "pdf": b"%PDF-"}
SEBUTAN = {"jpeg": "JPEG", "png": "PNG", "pdf": "PDF"}

# Two decoders at a time per process: on a small server more would only starve the pages.
_giliran = threading.BoundedSemaphore(2)
log = logging.getLogger(__name__)


class UnggahanDitolak(Exception):
    """The upload cannot be taken; `kalimat` says why and what to do, in the person's language."""

    def __init__(self, kalimat: str) -> None:
        super().__init__(kalimat)
        self.kalimat = kalimat


@dataclass(frozen=True)
class Hasil:
    """A cleaned file: new bytes, their true type, and the number of pages of a PDF."""

    isi: bytes
    mime: str
    halaman: int | None = None


@dataclass(frozen=True)
class Potongan:
    """Which part of a portrait is cut out: how near (1 the largest, 2 half its side), where (0-1 of what is free)."""

    dekat: float = 1
    samping: float = 0.5
    turun: float = 0.5


TENGAH = Potongan()

KALIMAT = {
    "rusak-gambar": "Gambar ini rusak atau tidak utuh. Foto atau pindai ulang, lalu unggah lagi.",
    "piksel": "Gambar ini terlalu besar ukurannya (lebih dari 40 megapiksel). Kecilkan atau pindai ulang, "
    "lalu unggah lagi.",
    "rusak-pdf": "PDF ini rusak atau tidak utuh. Pindai ulang atau simpan ulang sebagai PDF, lalu unggah lagi.",
    "sandi": "PDF ini terkunci dengan sandi atau pembatasan. Cetak atau simpan ulang sebagai PDF tanpa sandi, "
    "lalu unggah lagi.",
    "halaman": f"PDF ini lebih dari {MAKS_HALAMAN} halaman. Bagi menjadi beberapa berkas, lalu unggah lagi.",
    "formulir": "PDF ini berisi formulir yang isiannya belum tercetak. Cetak sebagai PDF, lalu unggah lagi.",
    "kosong": "PDF ini tidak berisi halaman. Pindai ulang, lalu unggah lagi.",
    "berat": "Isi berkas ini terlalu berat untuk diperiksa dengan aman. Pindai ulang dengan resolusi biasa "
    "(200–300 dpi), lalu unggah lagi.",
    "foto-kecil": f"Foto ini terlalu kecil. Pakai foto tegak paling sedikit {FOTO_MIN[0]} × {FOTO_MIN[1]} piksel.",
    "simpan": "Berkas belum dapat disimpan karena penyimpanan portal penuh atau tidak dapat ditulis. "
    "Beri tahu admin portal, lalu unggah lagi.",
    "hilang": "Gambar ini tidak dapat dibaca karena simpanannya rusak. Laporkan kepada admin portal.",
    "sibuk": "Portal sedang memeriksa banyak berkas. Tunggu sebentar, lalu unggah lagi.",
}


def saring(berkas: UploadedFile, izinkan: tuple[str, ...]) -> Hasil:
    """Check and rebuild an upload: images become JPEG, PDFs keep only their pages. Raises UnggahanDitolak.

    Costs one child process: about 0.1-0.4 s for a phone photo, 0.2-0.5 s for a scanned PDF.
    """
    isi, jenis = _periksa(berkas, izinkan)
    (hasil,) = _jalankan("pdf" if jenis == "pdf" else "gambar", isi)
    return hasil


def saring_foto(berkas: UploadedFile, potongan: Potongan = TENGAH) -> tuple[Hasil, Hasil, Hasil]:
    """Rebuild a portrait and cut it: (whole, 3x4 as 354x472 px, 4x6 as 472x709 px). Raises UnggahanDitolak.

    By default the crops are the largest centred part of their shape. The face guide of the camera page fills 80 % of a
    centred 3:4 frame, so a picture taken with it needs no face detection.
    """
    isi, _ = _periksa(berkas, ("jpeg", "png"))
    asli, kecil, besar = _jalankan("foto", isi, *(str(nilai) for nilai in astuple(potongan)))
    return asli, kecil, besar


def _periksa(berkas: UploadedFile, izinkan: tuple[str, ...]) -> tuple[bytes, str]:
    """Size before reading, then ending, then content against the ending. Returns (bytes, kind)."""
    batas = getattr(settings, "BERKAS_MAKS_BYTE", MAKS_BYTE)
    terlalu_besar = f"Berkas lebih dari {batas // (1024 * 1024)} MB. Kecilkan atau pindai ulang, lalu unggah lagi."
    if berkas.size is not None and berkas.size > batas:
        raise UnggahanDitolak(terlalu_besar)
    boleh = _daftar_jenis(izinkan)
    akhiran = (berkas.name or "").rpartition(".")[2].strip().lower()
    jenis = JENIS_DARI_AKHIRAN.get(akhiran)
    if jenis is None or jenis not in izinkan:
        raise UnggahanDitolak(f"Jenis berkas ini tidak diterima. Unggah berkas {boleh}.")
    berkas.seek(0)
    isi = berkas.read(batas + 1)
    if len(isi) > batas:
        raise UnggahanDitolak(terlalu_besar)
    if not isi:
        raise UnggahanDitolak("Berkas ini kosong. Pilih berkas lain, lalu unggah lagi.")
    if not isi.startswith(TANDA[jenis]):
        raise UnggahanDitolak(
            f"Isi berkas ini bukan {SEBUTAN[jenis]} seperti akhiran namanya. Simpan ulang sebagai {boleh}, "
            "lalu unggah lagi."
        )
    return isi, jenis


def _daftar_jenis(izinkan: tuple[str, ...]) -> str:
    nama = [SEBUTAN[jenis] for jenis in izinkan]
    return nama[0] if len(nama) == 1 else f"{', '.join(nama[:-1])} atau {nama[-1]}"


def _jalankan(tugas: str, isi: bytes, *pilihan: str) -> list[Hasil]:
    """Let the child do `tugas` on `isi`. Its answer: one JSON line, then the parts one after another."""
    jawaban, badan = panggil_anak("anak.py", tugas, isi, *pilihan, berat=KALIMAT["berat"])
    if "galat" in jawaban:
        raise UnggahanDitolak(KALIMAT[jawaban["galat"]])
    hasil, awal = [], 0
    for panjang in jawaban["panjang"]:
        mime = "application/pdf" if tugas == "pdf" else "image/jpeg"
        hasil.append(Hasil(badan[awal : awal + panjang], mime, jawaban.get("halaman")))
        awal += panjang
    return hasil


def panggil_anak(skrip: str, tugas: str, isi: bytes, *pilihan: str, berat: str) -> tuple[dict[str, Any], bytes]:
    """Run a script of this folder as a limited process: (its JSON line, what follows it).

    Raises UnggahanDitolak with the sentence `berat` when it hit a limit, with another when all are busy.
    """
    if not _giliran.acquire(timeout=BATAS_DETIK):
        raise UnggahanDitolak(KALIMAT["sibuk"])
    try:
        # -I: no folder of ours and no PYTHON* variable on its path; an empty environment holds no secret.
        perintah = [sys.executable, "-I", str(Path(__file__).with_name(skrip)), tugas, *pilihan]
        proses = subprocess.run(perintah, input=isi, capture_output=True, timeout=BATAS_DETIK, env={}, check=False)
    except subprocess.TimeoutExpired as galat:
        raise UnggahanDitolak(berat) from galat
    finally:
        _giliran.release()
    kepala, _, badan = proses.stdout.partition(b"\n")
    if proses.returncode != 0 or not kepala:
        log.warning("upload cleaner ended with code %s on task %s", proses.returncode, tugas)
        raise UnggahanDitolak(berat)
    return json.loads(kepala), badan
