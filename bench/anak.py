"""One data set in a process of its own: fills it, then measures what the parent asks for, one line of JSON each.

A question is a list: the name of a method of Anak and its arguments. An answer is {"hasil": ...} or {"galat": ...}.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable
from typing import Any

import django
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haji_portal.sampah import jarang_cari


class Anak:
    """Everything that can be asked of a data set."""

    def __init__(self) -> None:
        self.pengisi: Any = None
        self.kelompok: dict[str, Any] = {}

    def isi(self, jumlah: int, terbuka: float, kantor: int) -> float:
        """Fill; returns the seconds that the copies took."""
        from .isi import Pengisi, Rencana, siap, siapkan_basis

        siapkan_basis()
        self.pengisi = Pengisi(Rencana(jumlah, terbuka, kantor))
        mulai = time.perf_counter()
        self.pengisi.isi()
        siap()
        return time.perf_counter() - mulai

    def bekal(self, tahap: str, jumlah: int) -> list[int]:
        """More cases of one stage; their ids."""
        return self.pengisi.tambah(tahap, jumlah)

    def mulai(self, nama: str, pk: list[int]) -> None:
        """Begin a group of measures, with the cases that it may use up."""
        from . import ukuran

        kelas: Any = {"halaman": ukuran.Halaman, "langkah": ukuran.Langkahkan, "surat": ukuran.Tandatangani}[nama]
        self.kelompok[nama] = kelas(pk) if pk else kelas()

    def ukuran(self, nama: str) -> Callable[[], Any]:
        """The measure of that name, in whichever group it is."""
        return next(getattr(satu, nama) for satu in self.kelompok.values() if hasattr(satu, nama))

    def kueri(self, nama: str) -> int:
        """Queries of one piece of work."""
        with CaptureQueriesContext(connection) as tangkap:
            self.ukuran(nama)()
        return len(tangkap)

    def ukur(self, nama: str, detik: float) -> float:
        """Pieces of work per second, over at least `detik` seconds and five pieces."""
        satu, n, mulai = self.ukuran(nama), 0, time.perf_counter()
        while (lama := time.perf_counter() - mulai) < detik or n < 5:
            satu()
            n += 1
        return n / lama

    def kali(self, nama: str, n: int) -> float:
        """Pieces of work per second over exactly `n` of them."""
        satu, mulai = self.ukuran(nama), time.perf_counter()
        for _ in range(n):
            satu()
        return n / (time.perf_counter() - mulai)

    def sekali(self, nama: str) -> tuple[float, int]:
        """Seconds and number of cases of one sweep over everything."""
        from . import sapuan

        mulai = time.perf_counter()
        banyak = getattr(sapuan, nama)()
        return time.perf_counter() - mulai, banyak

    def setumpuk(self, pk: list[int]) -> float:
        """Seconds of one batch of letters through the page."""
        from . import ukuran

        ukuran.Tandatangani(pk)  # gives each its portrait
        mulai = time.perf_counter()
        ukuran.setumpuk(pk)
        return time.perf_counter() - mulai


def main() -> None:
    """Answer line by line until the parent closes the pipe; a failure is an answer too."""
    django.setup()
    jarang_cari()  # as the web processes do
    logging.disable(logging.WARNING)
    anak, keluar = Anak(), sys.stdout
    sys.stdout = sys.stderr  # commands print; the pipe is for answers only
    for baris in sys.stdin:
        nama, *isi = json.loads(baris)
        try:
            jawab: dict[str, Any] = {"hasil": getattr(anak, nama)(*isi)}
        except Exception as galat:  # noqa: BLE001  (the parent tells it)
            jawab = {"galat": f"{type(galat).__name__}: {galat}"}
        keluar.write(json.dumps(jawab) + "\n")
        keluar.flush()


if __name__ == "__main__":
    main()
