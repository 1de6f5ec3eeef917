"""`make test`: every check that CI makes, in one go, with a table of what ran and how long it took.

A stage that fails does not stop the later ones. A stage whose tools are missing is left out loudly;
with --ketat leaving anything out is a failure.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from alat import AKAR, debian
from alat.peladen import PostgresSementara, RedisSementara, cari

BATAS = 2400
"""Seconds after which a stage counts as hung: three times what the slowest one takes on two quiet cores."""
SEMALAM = 4 * 3600
"""The same for the stage of long tests: thousands of races for the same money take their time."""
PAKET = {
    "postgres": "postgresql",
    "redis-server": "redis-server",
    "chromium": "chromium",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "zbarimg": "zbar-tools",
}
"""Programs the tests use, with the Debian package of each."""
PRODUKSI = {
    "DJANGO_SETTINGS_MODULE": "haji_portal.settings.produksi",
    "SECRET_KEY": "periksa-" + "x9Qa" * 15,
    "KUNCI_HASH": "periksa-" + "k7Rb" * 15,
    "DATABASE_URL": "postgres://periksa@127.0.0.1:1/periksa",
    "REDIS_URL": "redis://127.0.0.1:1",
    "SITUS_URL": "https://haji.example",
    "HAJI_HOST": "haji.example",
    "EMAIL_HOST": "127.0.0.1",
    "HAJI_DEMO": "0",
}
"""Invented values, only for `check --deploy`."""
BITA = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path(sys.prefix) / "bita")}
"""Where compiled modules are kept between processes and runs, also on a machine that asks for none beside the sources:
without them every process of the suite compiles half a million lines anew."""


@dataclass
class Tahap:
    """One stage: its command, and after the run its result."""

    nama: str
    perintah: list[str]
    lingkungan: dict[str, str] = field(default_factory=dict)
    batas: int = BATAS
    detik: float = 0.0
    hasil: str = ""

    def jalan(self, tangkap: bool) -> str:
        """Run; returns the output when `tangkap`, otherwise the output goes straight to the screen."""
        mulai = time.monotonic()
        lingkungan = {**os.environ, "DJANGO_SETTINGS_MODULE": "haji_portal.settings.uji", **BITA, **self.lingkungan}
        keluar, galat = (subprocess.PIPE, subprocess.STDOUT) if tangkap else (None, None)
        try:
            selesai = subprocess.run(
                self.perintah,
                cwd=AKAR,
                env=lingkungan,
                timeout=self.batas,
                check=False,
                text=True,
                stdout=keluar,
                stderr=galat,
            )
            self.hasil = "lulus" if selesai.returncode == 0 else f"GAGAL ({selesai.returncode})"
            keluaran = selesai.stdout or ""
        except subprocess.TimeoutExpired:
            self.hasil, keluaran = "GAGAL (macet)", ""
        self.detik = time.monotonic() - mulai
        return keluaran

    @property
    def gagal(self) -> bool:
        """Whether the stage ran and did not pass."""
        return self.hasil.startswith("GAGAL")


def bin_(nama: str) -> str:
    """A program of this very environment."""
    return str(Path(sys.executable).parent / nama)


def tahap_periksa() -> list[Tahap]:
    """The static checks."""
    manage = [sys.executable, "manage.py"]
    skema = [bin_("check-jsonschema"), "--builtin-schema", "vendor.compose-spec"]
    return [
        Tahap("tipe (mypy)", [bin_("mypy")]),
        Tahap("gaya (ruff check)", [bin_("ruff"), "check", "."]),
        Tahap("format (ruff format)", [bin_("ruff"), "format", "--check", "."]),
        Tahap("templat (djlint)", [bin_("djlint"), "templates", "--lint", "--quiet"]),
        Tahap("manage.py check", [*manage, "check", "--fail-level", "WARNING"]),
        Tahap("check --deploy", [*manage, "check", "--deploy", "--fail-level", "WARNING"], PRODUKSI),
        Tahap("makemigrations --check", [*manage, "makemigrations", "--check", "--dry-run"]),
        Tahap("lantai (lint-imports)", [bin_("lint-imports")]),
        Tahap("docker-compose.yml", [*skema, "docker-compose.yml"]),
        Tahap("berkas luar (vendor)", [sys.executable, "-m", "alat.vendor", "--check"]),
    ]


def pytest(nama: str, tanda: str, *lain: str, lingkungan: dict[str, str] | None = None) -> Tahap:
    """A stage of the suite, chosen by marker expression."""
    batas = SEMALAM if nama == "malam" else BATAS
    perintah = [sys.executable, "-m", "pytest", "-q", "--durations=30", "--durations-min=3", "-m", tanda, *lain]
    return Tahap(nama, perintah, lingkungan or {}, batas)


def periksa(tahap: list[Tahap]) -> None:
    """Run static checks two at a time; print what the failing ones said."""
    with ThreadPoolExecutor(2) as kolam:
        for satu, keluaran in zip(tahap, kolam.map(lambda t: t.jalan(tangkap=True), tahap), strict=True):
            print(f"{satu.nama}: {satu.hasil} ({satu.detik:.1f} detik)", flush=True)
            if satu.gagal:
                print(keluaran, flush=True)


def jalankan(tahap: Iterable[Tahap], samping: Iterable[Tahap] = ()) -> None:
    """Run test stages one after another on the screen, and others beside them.

    The browser waits more than it works: alone it leaves a core idle for minutes.
    """
    with ThreadPoolExecutor(1) as kolam:
        nanti = [kolam.submit(_diam_diam, satu) for satu in samping]
        for satu in tahap:
            print(f"\n=== {satu.nama} ===", flush=True)
            satu.jalan(tangkap=False)
        for hasil in nanti:
            hasil.result()


def _diam_diam(tahap: Tahap) -> None:
    """Run a stage beside the others; what it said is printed when it is done, also amid the dots of another."""
    keluaran = tahap.jalan(tangkap=True)
    print(f"\n=== {tahap.nama} ===\n{keluaran}", flush=True)


def lengkapi() -> set[str]:
    """Install missing Debian packages; returns the programs that are missing all the same."""
    nama = {**PAKET}
    if os.environ.get("CHROMIUM"):
        del nama["chromium"]
    kurang = [paket for program, paket in nama.items() if not cari(program)]
    debian.pasang(kurang)
    return {program for program in nama if not cari(program)}


def tahap_server(tumpukan: ExitStack, tanda: dict[str, str]) -> list[Tahap]:
    """Stages on a private PostgreSQL and Redis, which live as long as `tumpukan`."""
    postgres = tumpukan.enter_context(PostgresSementara())
    redis = tumpukan.enter_context(RedisSementara())
    return [
        pytest(
            nama,
            isi,
            *sejajar(nama),
            # Of Redis' 16 databases the processes of pytest-xdist take the first; the browser runs beside them.
            lingkungan={"DATABASE_URL": postgres.url, "REDIS_URL": redis.url + ("/15" if nama == "peramban" else "")},
        )
        for nama, isi in tanda.items()
    ]


def sejajar(nama: str) -> list[str]:
    """Two processes, except for the browser, which runs beside the others."""
    return [] if nama == "peramban" else ["-n", "2", "--dist", "loadgroup"]


def laporan(tahap: list[Tahap], tinggal: list[str], ketat: bool, mulai: float) -> int:
    """Print the table with the time since `mulai` (monotonic seconds); returns the exit code."""
    print("\n" + "=" * 60)
    for satu in tahap:
        print(f"  {satu.nama:<28} {satu.hasil:<16} {satu.detik:7.1f} detik")
    print(f"  {'seluruhnya':<28} {'':<16} {time.monotonic() - mulai:7.1f} detik")
    print("=" * 60)
    for bagian in tinggal:
        print(f"!!! TIDAK DIUJI: {bagian}")
    gagal = any(satu.gagal for satu in tahap) or (ketat and bool(tinggal))
    print("GAGAL" if gagal else "SEMUA LULUS" if not tinggal else "LULUS, TETAPI TIDAK LENGKAP")
    return 1 if gagal else 0


def bagian_tinggal(kurang: set[str]) -> list[str]:
    """Sentences about what cannot be tested without the missing programs."""
    if not kurang:
        return []
    perintah = debian.perintah(sorted(PAKET[nama] for nama in kurang))
    tinggal = [f"{nama} tidak terpasang" for nama in sorted(kurang)]
    if kurang & {"postgres", "redis-server"}:
        tinggal.append("bagian basis dan peramban")
    elif "chromium" in kurang:
        tinggal.append("bagian peramban")
    return [*tinggal, f"pasang dengan: {perintah}"]


def main() -> int:
    """Entry point; the exit code says whether everything passed."""
    urai = argparse.ArgumentParser(description="Menjalankan semua pemeriksaan dan uji.")
    urai.add_argument("--ketat", action="store_true", help="gagal bila ada bagian yang tidak dapat diuji")
    urai.add_argument("--hanya-periksa", action="store_true", help="hanya pemeriksaan statis")
    urai.add_argument("--malam", action="store_true", help="uji panjang saja")
    pilihan, mulai = urai.parse_args(), time.monotonic()
    semua: list[Tahap] = []
    if not pilihan.malam:
        semua += tahap_periksa()
        periksa(semua)
    if pilihan.hanya_periksa:
        return laporan(semua, [], pilihan.ketat, mulai)
    kurang = lengkapi()
    server = {"malam": "malam"} if pilihan.malam else {"basis": "basis and not malam", "peramban": "peramban"}
    if "chromium" in kurang:
        server.pop("peramban", None)
    tahap = [] if pilihan.malam else [pytest("SQLite", "not peramban and not malam", *sejajar("SQLite"))]
    with ExitStack() as tumpukan:
        # Where the processes of all stages leave each other what is the same for all (tests/simpanan.py).
        os.environ["UJI_BERSAMA"] = tumpukan.enter_context(tempfile.TemporaryDirectory(prefix="haji-bersama-"))
        if not kurang & {"postgres", "redis-server"}:
            tahap += tahap_server(tumpukan, server)
        semua += tahap
        jalankan([t for t in tahap if t.nama != "peramban"], [t for t in tahap if t.nama == "peramban"])
    return laporan(semua, bagian_tinggal(kurang), pilihan.ketat, mulai)


if __name__ == "__main__":
    sys.exit(main())
