"""`python -m bench`: fill, measure in turns, print the tables."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from contextlib import ExitStack
from typing import Any

from . import induk, laporan
from .induk import Kumpulan, PostgresUkur, lapor, lingkungan

BAGIAN = ("halaman", "langkah", "surat", "setumpuk", "sapuan")


def baca_pilihan() -> argparse.Namespace:
    urai = argparse.ArgumentParser(prog="python -m bench", description="Mengukur kecepatan portal.")
    urai.add_argument("--jumlah", type=int, nargs="+", default=[1000, 100_000], help="banyaknya perkara tiap kumpulan")
    urai.add_argument("--sejuta", action="store_true", help="tambah kumpulan satu juta perkara")
    urai.add_argument("--sapuan", type=int, default=100_000, help="perkara terbuka untuk sapuan")
    urai.add_argument("--basis", nargs="+", default=["postgresql", "sqlite"], choices=["postgresql", "sqlite"])
    urai.add_argument("--kantor", type=int, default=5, help="banyaknya kantor kabupaten/kota")
    urai.add_argument("--putaran", type=int, default=5, help="putaran bergantian; yang dicetak mediannya")
    urai.add_argument("--detik", type=float, default=0.5, help="lama satu ukuran dalam satu putaran")
    urai.add_argument("--langkah", type=int, default=40, help="perkara per putaran untuk mengukur langkah")
    urai.add_argument("--surat", type=int, default=4, help="surat per putaran")
    urai.add_argument("--tumpukan", type=int, default=98, help="banyaknya surat sekaligus")
    urai.add_argument("--hanya", nargs="+", default=list(BAGIAN), choices=BAGIAN)
    urai.add_argument("--json", help="tulis angka mentah ke berkas ini")
    return urai.parse_args()


def satu_basis(basis: str, pilihan: argparse.Namespace) -> list[dict[str, Any]]:
    """Everything on one database; the data sets stay open, so that they can be asked in turns."""
    jumlah = [*pilihan.jumlah, *([1_000_000] if pilihan.sejuta else [])]
    with ExitStack() as tumpukan:
        folder = tumpukan.enter_context(tempfile.TemporaryDirectory(prefix="haji-bench-"))
        postgres = tumpukan.enter_context(PostgresUkur()) if basis == "postgresql" else None

        def baru(nama: str, n: int, terbuka: float) -> Kumpulan:
            lapor(f"mengisi {basis} {nama}")
            k = tumpukan.enter_context(Kumpulan(f"{basis} {nama}", lingkungan(folder, postgres, nama)))
            k.hasil |= {"jumlah": n, "isi": k.tanya("isi", n, terbuka, pilihan.kantor)}
            return k

        semua = [baru(f"n{n}", n, 0.3) for n in jumlah] if set(pilihan.hanya) - {"sapuan"} else []
        ukur(semua, pilihan)
        if "sapuan" in pilihan.hanya:
            semua.append(baru("terbuka", pilihan.sapuan, 1.0))
            induk.sapuan(semua[-1])
        return [k.hasil for k in semua]


def ukur(semua: list[Kumpulan], pilihan: argparse.Namespace) -> None:
    if "halaman" in pilihan.hanya:
        induk.halaman(semua, pilihan.putaran, pilihan.detik)
    if "langkah" in pilihan.hanya:
        induk.langkah(semua, pilihan.putaran, pilihan.langkah)
        induk.dua_proses(semua[-1], pilihan.putaran, pilihan.langkah)
    if "surat" in pilihan.hanya:
        induk.surat(semua, pilihan.putaran, pilihan.surat)
    if "setumpuk" in pilihan.hanya:
        induk.setumpuk(semua[0], pilihan.tumpukan)


def main() -> int:
    pilihan, mentah = baca_pilihan(), {}
    for basis in pilihan.basis:
        awal = os.getloadavg()[0]
        mentah[basis] = satu_basis(basis, pilihan)
        mesin = f"Python {platform.python_version()}, {os.cpu_count()} inti, beban mesin {awal:.1f} pada awal dan "
        mesin += f"{os.getloadavg()[0]:.1f} pada akhir."
        sys.stdout.write(laporan.susun(basis, mentah[basis], mesin) + "\n")
        sys.stdout.flush()
    if pilihan.json:
        with open(pilihan.json, "w", encoding="utf-8") as berkas:
            json.dump(mentah, berkas, indent=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
