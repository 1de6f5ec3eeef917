"""The child process of `juru.py`: HTML in, PDF out, until stdin ends.

A script, not a module of the portal: it imports neither the project nor its settings, so it starts fast and holds no
secret. Usage: `python -I juru_anak.py FOLDER...` (folders of the bundled assets). An order is the kind of place for
the signature and the HTML, an answer the PDF or b"" for a failure, each as four bytes of length and the bytes.
"""

from __future__ import annotations

import importlib.util
import os
import resource
import struct
import sys
from pathlib import Path
from typing import IO, Any


def kirim(tujuan: IO[bytes], *bagian: bytes) -> None:
    for isi in bagian:
        tujuan.write(struct.pack(">I", len(isi)) + isi)
    tujuan.flush()


def terima(sumber: IO[bytes]) -> bytes:
    """One part. Raises EOFError when the other side is gone."""
    kepala = _baca(sumber, 4)
    return _baca(sumber, struct.unpack(">I", kepala)[0])


def suruh(masuk: Any, keluar: Any, html: str, ttd: str) -> bytes:
    """One order and its answer, seen from the parent. Raises EOFError or OSError when the child failed."""
    kirim(masuk, ttd.encode(), html.encode())
    pdf = terima(keluar)
    if not pdf:
        raise EOFError
    return pdf


def _baca(sumber: IO[bytes], banyak: int) -> bytes:
    isi = sumber.read(banyak)
    if len(isi) != banyak:
        raise EOFError
    return isi


def _gambar(folder: list[str]) -> Any:
    """The drawing module by its file, with nothing of the project around it."""
    from django.conf import settings

    pencari = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.configure(STATICFILES_DIRS=folder, STATICFILES_FINDERS=pencari)
    letak = importlib.util.spec_from_file_location("gambar", Path(__file__).with_name("gambar.py"))
    if letak is None or letak.loader is None:
        raise ImportError("gambar.py is missing")
    modul = importlib.util.module_from_spec(letak)
    letak.loader.exec_module(modul)
    return modul


def utama(folder: list[str]) -> None:
    """Answer orders until the parent closes our stdin."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    masuk, keluar = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that a library prints may stand between two answers
    gambar = _gambar(folder)
    while True:
        try:
            ttd, html = terima(masuk).decode(), terima(masuk).decode()
        except EOFError:
            return
        try:
            pdf = gambar.buat_pdf(html, ttd)
        except Exception:  # noqa: BLE001  (the parent draws it again and meets the error itself)
            pdf = b""
        kirim(keluar, pdf)


if __name__ == "__main__":
    utama(sys.argv[1:])
