"""`python -m bench`: fill, measure in turns, print the table."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from alat import AKAR
from alat.peladen import PostgresSementara, cari

HALAMAN = (
    ("cek_kirim", "cek_polos"), ("cek_lihat", "cek_polos"), ("kerja", "kerja_polos"), ("kerja_terlambat", "kerja_polos"),
    ("kerja_pusat", "kerja_polos"), ("persetujuan", "kerja_polos"), ("kasus", "kasus_polos"),
    ("daftar", "kerja_polos"), ("daftar_pusat", "kerja_polos"), ("cari", "kerja_polos"),
    ("cari_pusat", "kerja_polos"), ("admin_perkara", "kerja_polos"), ("admin_riwayat", "kerja_polos"),
)  # fmt: skip
SAPUAN = ("tenggat", "terhalang", "lewat", "segel", "rantai", "segarkan")
TUMPUKAN = 98


class PostgresUkur(PostgresSementara):
    """As an office would run it: every commit reaches the disk."""

    SETELAN = ("shared_buffers=512MB", "max_wal_size=4GB")


@dataclass
class Anak:
    """A process with one data set."""

    basis: str
    jumlah: int
    lingkungan: dict[str, str]
    nama: str = ""
    hasil: dict[str, Any] = field(default_factory=dict)

    def __enter__(self) -> Anak:
        self.proses = subprocess.Popen(
            [sys.executable, "-m", "bench.anak"], cwd=AKAR, env=self.lingkungan, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        return self

    def __exit__(self, *galat: object) -> None:
        self.proses.stdin.close()  # type: ignore[union-attr]
        self.proses.wait(30)

    def kirim(self, *tanya: Any) -> None:
        self.proses.stdin.write(json.dumps(tanya) + "\n")  # type: ignore[union-attr]
        self.proses.stdin.flush()  # type: ignore[union-attr]

    def terima(self) -> Any:
        baris = self.proses.stdout.readline()  # type: ignore[union-attr]
        if not baris:
            raise RuntimeError(f"{self.nama}: the process ended")
        jawab = json.loads(baris)
        if "galat" in jawab:
            raise RuntimeError(f"{self.nama}: {jawab['galat']}")
        return jawab["hasil"]

    def tanya(self, *isi: Any) -> Any:
        self.kirim(*isi)
        return self.terima()


def lapor(kalimat: str) -> None:
    print(f"[{time.strftime('%H:%M:%S')} beban {os.getloadavg()[0]:.1f}] {kalimat}", file=sys.stderr, flush=True)


def bergantian(anak: list[Anak], putaran: int, ukur: Callable[[Anak], dict[str, float]]) -> None:
    """Rounds over all data sets in turn; the medians end in `hasil`."""
    semua: dict[str, dict[str, list[float]]] = {a.nama: {} for a in anak}
    for _ in range(putaran):
        for a in anak:
            for nama, nilai in ukur(a).items():
                semua[a.nama].setdefault(nama, []).append(nilai)
    for a in anak:
        a.hasil |= {nama: median(isi) for nama, isi in semua[a.nama].items()}


def halaman(anak: list[Anak], putaran: int, detik: float) -> None:
    for a in anak:
        a.tanya("mulai", "halaman", [])
        for nama, _ in HALAMAN:
            a.tanya("kueri", nama)  # warms the process and its caches
            a.hasil[f"kueri {nama}"] = a.tanya("kueri", nama)
    for nama, polos in HALAMAN:
        lapor(nama)

        def ukur(a: Anak, nama: str = nama, polos: str = polos) -> dict[str, float]:
            pembanding = a.tanya("ukur", polos, detik)
            laju = a.tanya("ukur", nama, detik)
            return {nama: laju, f"nisbah {nama}": laju / pembanding}

        bergantian(anak, putaran, ukur)


def langkah(anak: list[Anak], putaran: int, n: int) -> None:
    lapor("langkah")

    def ukur(a: Anak) -> dict[str, float]:
        a.tanya("mulai", "langkah", a.tanya("bekal", "ditandatangani", n))
        polos = a.tanya("kali", "langkah_polos", 4 * n)
        a.tanya("mulai", "langkah", a.tanya("bekal", "ditandatangani", n + 1))
        if "kueri langkah" not in a.hasil:
            a.hasil["kueri langkah"] = [a.tanya("kueri", "langkah") for _ in range(4)]
        else:
            a.tanya("kali", "langkah", 4)
        laju = a.tanya("kali", "langkah", 4 * n)
        return {"langkah": laju, "nisbah langkah": laju / polos}

    bergantian(anak, putaran, ukur)


def dua_proses(a: Anak, putaran: int, n: int) -> None:
    """Steps of two processes at once on one database."""
    lapor(f"langkah, dua proses, {a.nama}")
    laju = []
    with Anak(a.basis, a.jumlah, a.lingkungan, "kedua") as b:
        for _ in range(putaran):
            pk = a.tanya("bekal", "ditandatangani", 2 * n)
            a.tanya("mulai", "langkah", pk[:n])
            b.tanya("mulai", "langkah", pk[n:])
            mulai = time.perf_counter()
            for satu in (a, b):
                satu.kirim("kali", "langkah", 4 * n)
            for satu in (a, b):
                satu.terima()
            laju.append(8 * n / (time.perf_counter() - mulai))
    a.hasil["langkah dua proses"] = median(laju)


def surat(anak: list[Anak], putaran: int, n: int) -> None:
    lapor("surat")
    for a in anak:
        a.tanya("mulai", "surat", a.tanya("bekal", "diverifikasi", putaran * n + 1))
        a.tanya("kali", "surat_polos", 1)
        a.hasil["kueri surat"] = a.tanya("kueri", "surat")

    def ukur(a: Anak) -> dict[str, float]:
        polos, laju = a.tanya("kali", "surat_polos", n), a.tanya("kali", "surat", n)
        return {"surat": laju, "nisbah surat": laju / polos}

    bergantian(anak, putaran, ukur)


def setumpuk(anak: list[Anak], n: int) -> None:
    for a in anak:
        lapor(f"{n} surat sekaligus, {a.nama}")
        a.hasil["setumpuk"] = a.tanya("setumpuk", a.tanya("bekal", "diverifikasi", n))


def sapuan(a: Anak) -> None:
    for nama in SAPUAN:
        lapor(f"{nama}, {a.nama}")
        kali = 3 if nama in ("tenggat", "lewat", "terhalang") else 1
        semua = [a.tanya("sekali", nama) for _ in range(kali)]
        a.hasil[f"sapuan {nama}"] = [median(d for d, _ in semua), semua[-1][1]]


def lingkungan(basis: str, folder: str, postgres: PostgresSementara | None, nama: str) -> dict[str, str]:
    """Environment of a data set's processes: a data folder and a database of its own."""
    data = f"{folder}/{nama}"
    os.makedirs(data, exist_ok=True)
    isi = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.setelan", "HAJI_DATA": data, "HAJI_LOG": "ERROR"}
    isi |= {"DATABASE_URL": "", "REDIS_URL": "", "HAJI_DEMO": "1"}
    if basis == "postgresql" and postgres is not None:
        alamat = ["-h", "127.0.0.1", "-p", str(postgres.port), "-U", "test"]
        subprocess.run([str(cari("createdb")), *alamat, nama], check=True)
        isi["DATABASE_URL"] = postgres.url.rsplit("/", 1)[0] + f"/{nama}"
    return isi


def main() -> int:
    urai = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    urai.add_argument("--jumlah", type=int, nargs="+", default=[1000, 100_000], help="banyaknya perkara tiap kumpulan")
    urai.add_argument("--sejuta", action="store_true", help="tambah kumpulan satu juta perkara")
    urai.add_argument("--sapuan", type=int, default=100_000, help="perkara terbuka untuk sapuan; 0: lewati")
    urai.add_argument("--basis", nargs="+", default=["postgresql", "sqlite"], choices=["postgresql", "sqlite"])
    urai.add_argument("--kantor", type=int, default=5, help="banyaknya kantor kabupaten/kota")
    urai.add_argument("--putaran", type=int, default=5)
    urai.add_argument("--detik", type=float, default=0.5, help="lama satu ukuran dalam satu putaran")
    urai.add_argument("--hanya", nargs="+", default=["halaman", "langkah", "surat", "setumpuk", "sapuan"])
    urai.add_argument("--tumpukan", type=int, default=TUMPUKAN, help="banyaknya surat sekaligus")
    urai.add_argument("--json", help="tulis angka mentah ke berkas ini")
    pilihan = urai.parse_args()
    hasil: list[dict[str, Any]] = []
    for basis in pilihan.basis:
        hasil += satu_basis(basis, pilihan)
    if pilihan.json:
        with open(pilihan.json, "w", encoding="utf-8") as berkas:
            json.dump(hasil, berkas, indent=1)
    print(json.dumps(hasil, indent=1))
    return 0


def satu_basis(basis: str, pilihan: argparse.Namespace) -> list[dict[str, Any]]:
    jumlah = [*pilihan.jumlah, *([1_000_000] if pilihan.sejuta else [])]
    with ExitStack() as tumpukan:
        folder = tumpukan.enter_context(tempfile.TemporaryDirectory(prefix="haji-bench-"))
        postgres = tumpukan.enter_context(PostgresUkur()) if basis == "postgresql" else None
        anak = []

        def baru(nama: str, n: int, terbuka: float) -> Anak:
            a = tumpukan.enter_context(Anak(basis, n, lingkungan(basis, folder, postgres, nama), f"{basis} {nama}"))
            lapor(f"mengisi {a.nama}")
            a.hasil["isi"] = a.tanya("isi", n, terbuka, pilihan.kantor)
            return a

        for n in jumlah:
            anak.append(baru(f"n{n}", n, 0.3))
        if "halaman" in pilihan.hanya:
            halaman(anak, pilihan.putaran, pilihan.detik)
        if "langkah" in pilihan.hanya:
            langkah(anak, pilihan.putaran, 40)
            dua_proses(anak[-1], pilihan.putaran, 40)
        if "surat" in pilihan.hanya:
            surat(anak, pilihan.putaran, 4)
        if "setumpuk" in pilihan.hanya:
            setumpuk(anak[:1], pilihan.tumpukan)
        if "sapuan" in pilihan.hanya and pilihan.sapuan:
            anak.append(baru("terbuka", pilihan.sapuan, 1.0))
            sapuan(anak[-1])
        return [{"basis": a.basis, "nama": a.nama, "jumlah": a.jumlah, **a.hasil} for a in anak]


if __name__ == "__main__":
    sys.exit(main())
