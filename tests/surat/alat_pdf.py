"""Reading finished PDFs with the same programs that an archive would use."""

import os
import shutil
import subprocess

import pytest


def perlu(program: str) -> str:
    """Path of a program; without it the test is skipped, in CI it fails."""
    jalur = shutil.which(program)
    if jalur is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{program} is not installed")
    return jalur


def teks_pdf(isi: bytes) -> str:
    hasil = subprocess.run([perlu("pdftotext"), "-layout", "-", "-"], input=isi, capture_output=True, check=True)
    return hasil.stdout.decode()


def info_pdf(isi: bytes) -> str:
    return subprocess.run([perlu("pdfinfo"), "-"], input=isi, capture_output=True, check=True).stdout.decode()


def baca_qr(isi: bytes, folder) -> list[str]:
    """What a phone would read from the printed first page."""
    gambar = folder / "hal"
    subprocess.run([perlu("pdftoppm"), "-r", "200", "-png", "-singlefile", "-", gambar], input=isi, check=True)
    hasil = subprocess.run(
        [perlu("zbarimg"), "-q", "--raw", gambar.with_suffix(".png")], capture_output=True, check=False
    )
    return hasil.stdout.decode().split()
