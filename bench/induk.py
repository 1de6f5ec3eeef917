"""The measuring side: data sets in processes of their own, asked in turns, so that a busy machine is busy for all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Self

from alat import AKAR
from alat.peladen import PostgresSementara, cari

POLOS = {
    "cek_kirim": "cek_polos", "cek_lihat": "cek_polos", "kerja": "kerja_polos", "kerja_terlambat": "kerja_polos",
    "kerja_pusat": "kerja_polos", "persetujuan": "kerja_polos", "kasus": "kasus_polos", "daftar": "kerja_polos",
    "daftar_pusat": "kerja_polos", "cari": "kerja_polos", "cari_pusat": "kerja_polos", "api_daftar": "kerja_polos",
    "admin_perkara": "kerja_polos", "admin_riwayat": "kerja_polos",
}  # fmt: skip
"""Page -> the bare view that it is compared with."""
LANGKAH_PER_PERKARA = 4
SAPUAN = {"tenggat": 3, "terhalang": 3, "lewat": 3, "segel": 1, "rantai": 1, "segarkan": 1, "buku": 1}
"""Sweep -> how often it is run; the median counts."""


class PostgresUkur(PostgresSementara):
    """As an office would run it: every commit reaches the disk."""

    SETELAN = ("shared_buffers=512MB", "max_wal_size=4GB")


@dataclass
class Kumpulan:
    """A process with one data set, and what was found about it."""

    nama: str
    lingkungan: dict[str, str]
    hasil: dict[str, Any] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self.proses = subprocess.Popen(
            [sys.executable, "-m", "bench.anak"], cwd=AKAR, env=self.lingkungan, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        return self

    def __exit__(self, *galat: object) -> None:
        if self.proses.stdin is not None:
            self.proses.stdin.close()
        self.proses.wait(60)

    def kirim(self, *tanya: Any) -> None:
        """Ask without waiting."""
        if self.proses.stdin is not None:
            self.proses.stdin.write(json.dumps(tanya) + "\n")
            self.proses.stdin.flush()

    def terima(self) -> Any:
        """The answer to the oldest question. Raises RuntimeError with what the process said."""
        baris = self.proses.stdout.readline() if self.proses.stdout is not None else ""
        jawab = json.loads(baris) if baris else {"galat": "the process ended"}
        if "galat" in jawab:
            raise RuntimeError(f"{self.nama}: {jawab['galat']}")
        return jawab["hasil"]

    def tanya(self, *isi: Any) -> Any:
        self.kirim(*isi)
        return self.terima()


def lapor(kalimat: str) -> None:
    """A line of progress with the machine's load, which is part of the result."""
    sys.stderr.write(f"[{time.strftime('%H:%M:%S')} beban {os.getloadavg()[0]:.1f}] {kalimat}\n")
    sys.stderr.flush()


def lingkungan(folder: str, postgres: PostgresSementara | None, nama: str) -> dict[str, str]:
    """Environment of a data set's processes: a data folder and an empty database of its own."""
    data = f"{folder}/{nama}"
    os.makedirs(data)
    isi = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.setelan", "HAJI_DATA": data, "HAJI_LOG": "ERROR"}
    isi |= {"DATABASE_URL": "", "REDIS_URL": "", "BSRE_URL": "", "HAJI_DEMO": "1", "HAJI_WAJIB_2FA": "0"}
    if postgres is not None:
        alamat = ["-h", "127.0.0.1", "-p", str(postgres.port), "-U", "test"]
        subprocess.run([str(cari("createdb")), *alamat, nama], check=True)
        isi["DATABASE_URL"] = postgres.url.rsplit("/", 1)[0] + f"/{nama}"
    return isi


def bergantian(semua: list[Kumpulan], putaran: int, ukur: Callable[[Kumpulan], dict[str, float]]) -> None:
    """Rounds over all data sets in turn (A, B, A, B); the medians end in `hasil`."""
    angka: dict[str, dict[str, list[float]]] = {k.nama: {} for k in semua}
    for _ in range(putaran):
        for k in semua:
            for nama, nilai in ukur(k).items():
                angka[k.nama].setdefault(nama, []).append(nilai)
    for k in semua:
        k.hasil |= {nama: median(isi) for nama, isi in angka[k.nama].items()}


def halaman(semua: list[Kumpulan], putaran: int, detik: float) -> None:
    """Every page beside its bare view, in the same round of the same process."""
    for k in semua:
        k.tanya("mulai", "halaman", [])
        for nama in POLOS:
            k.tanya("kueri", nama)  # warms the process and its caches
            k.hasil[f"kueri {nama}"] = k.tanya("kueri", nama)
    for nama, polos in POLOS.items():
        lapor(nama)

        def ukur(k: Kumpulan, nama: str = nama, polos: str = polos) -> dict[str, float]:
            pembanding, laju = k.tanya("ukur", polos, detik), k.tanya("ukur", nama, detik)
            return {nama: laju, f"nisbah {nama}": laju / pembanding}

        bergantian(semua, putaran, ukur)


def langkah(semua: list[Kumpulan], putaran: int, n: int) -> None:
    """Steps of one process, beside the bare lock, history row and update."""
    lapor("langkah")

    def ukur(k: Kumpulan) -> dict[str, float]:
        k.tanya("mulai", "langkah", k.tanya("bekal", "ditandatangani", n))
        polos = k.tanya("kali", "langkah_polos", LANGKAH_PER_PERKARA * n)
        k.tanya("mulai", "langkah", k.tanya("bekal", "ditandatangani", n + 1))
        k.hasil["kueri langkah"] = [k.tanya("kueri", "langkah") for _ in range(LANGKAH_PER_PERKARA)]
        laju = k.tanya("kali", "langkah", LANGKAH_PER_PERKARA * n)
        return {"langkah": laju, "nisbah langkah": laju / polos}

    bergantian(semua, putaran, ukur)


def dua_proses(k: Kumpulan, putaran: int, n: int) -> None:
    """Steps per second of two processes at once on one database."""
    lapor(f"langkah, dua proses, {k.nama}")
    laju = []
    with Kumpulan("proses kedua", k.lingkungan) as kedua:
        for _ in range(putaran):
            pk = k.tanya("bekal", "ditandatangani", 2 * n)
            k.tanya("mulai", "langkah", pk[:n])
            kedua.tanya("mulai", "langkah", pk[n:])
            mulai = time.perf_counter()
            for satu in (k, kedua):
                satu.kirim("kali", "langkah", LANGKAH_PER_PERKARA * n)
            for satu in (k, kedua):
                satu.terima()
            laju.append(2 * LANGKAH_PER_PERKARA * n / (time.perf_counter() - mulai))
    k.hasil["langkah dua proses"] = median(laju)


def surat(semua: list[Kumpulan], putaran: int, n: int) -> None:
    """Signed letters one after another, beside drawing and signing alone."""
    lapor("surat")
    for k in semua:
        k.tanya("mulai", "surat", k.tanya("bekal", "diverifikasi", putaran * n + 2))
        k.tanya("kali", "surat_polos", 1)
        k.tanya("kali", "surat", 1)
        k.hasil["kueri surat"] = k.tanya("kueri", "surat")

    def ukur(k: Kumpulan) -> dict[str, float]:
        polos, laju = k.tanya("kali", "surat_polos", n), k.tanya("kali", "surat", n)
        return {"surat": laju, "nisbah surat": laju / polos}

    bergantian(semua, putaran, ukur)


def setumpuk(k: Kumpulan, n: int) -> None:
    """One batch of `n` letters through the page, in seconds."""
    lapor(f"{n} surat sekaligus, {k.nama}")
    k.hasil["setumpuk"] = [k.tanya("setumpuk", k.tanya("bekal", "diverifikasi", n)), n]


def sapuan(k: Kumpulan) -> None:
    """Each sweep: seconds, and over how many cases."""
    for nama, kali in SAPUAN.items():
        lapor(f"{nama}, {k.nama}")
        semua = [k.tanya("sekali", nama) for _ in range(kali)]
        k.hasil[f"sapuan {nama}"] = [median(detik for detik, _ in semua), semua[-1][1]]
