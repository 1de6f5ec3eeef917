"""Builds the environment in .venv from the hashed lock. Standard library only: runs before anything else.

`python -m alat.siapkan` prepares `make run`, `--dev` also the tools of `make test`. The image is built with the same
code in two steps: `--hanya-venv`, then `--hanya-pustaka`, which also brings PostgreSQL's client for the backups.
"""

import argparse
import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from alat import AKAR, debian

VENV = AKAR / ".venv"
CAP = VENV / "kunci.json"
PUSTAKA = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
"""Shared libraries that WeasyPrint loads, with the Debian package of each."""
PAKET_CITRA = ["postgresql-client-15"]
"""What only the image needs besides: pg_dump and pg_restore of the server's version in docker-compose.yml."""


def sidik(nama: str) -> str:
    """SHA-256 of a lock file."""
    return hashlib.sha256((AKAR / nama).read_bytes()).hexdigest()


def cap_baru(dev: bool) -> dict[str, str]:
    """What the stamp file must at least hold for the environment to be current."""
    cap = {"python": sys.version.split()[0], "requirements.txt": sidik("requirements.txt")}
    return cap | {"requirements-dev.txt": sidik("requirements-dev.txt")} if dev else cap


def cap_lama() -> dict[str, str]:
    """Content of the stamp file; empty when there is none or it is unreadable."""
    try:
        isi = json.loads(CAP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return isi if isinstance(isi, dict) else {}


def buat_venv() -> None:
    """Make .venv, with python3-venv from Debian when the interpreter lacks ensurepip."""
    perintah = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if subprocess.run(perintah, check=False).returncode == 0:
        return
    paket = [f"python3.{sys.version_info.minor}-venv"]
    if not debian.pasang(paket) or subprocess.run(perintah, check=False).returncode:
        sys.exit(f"Lingkungan Python tidak dapat dibuat. Jalankan dulu: {debian.perintah(paket)}")


def pasang_kunci(nama: str) -> None:
    """Install a lock with hashes required; uv does it in seconds where it is at hand, pip always can."""
    python = str(VENV / "bin" / "python")
    if uv := shutil.which("uv"):
        perintah = [uv, "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", nama]
    else:
        perintah = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        perintah += ["--no-input", "--require-hashes", "-r", nama]
    lingkungan = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    if subprocess.run(perintah, cwd=AKAR, env=lingkungan, check=False).returncode:
        sys.exit(f"Pemasangan {nama} gagal; lihat pesan di atas.")


def siapkan_venv(dev: bool) -> None:
    """Bring .venv up to the lock. Does nothing when the stamp already matches."""
    baru, lama = cap_baru(dev), cap_lama()
    if baru.items() <= lama.items() and (VENV / "bin" / "python").exists():
        return
    print("Menyiapkan lingkungan Python di .venv (sekali saja, sekitar satu menit) ...", flush=True)
    if lama.get("python") != baru["python"] or not (VENV / "bin" / "python").exists():
        buat_venv()
    CAP.unlink(missing_ok=True)
    pasang_kunci("requirements-dev.txt" if dev else "requirements.txt")
    CAP.write_text(json.dumps(baru), encoding="utf-8")


def pustaka_kurang() -> list[str]:
    """Debian packages of the shared libraries that cannot be loaded."""
    kurang = []
    for pustaka, paket in PUSTAKA.items():
        try:
            ctypes.CDLL(pustaka)
        except OSError:
            kurang.append(paket)
    return kurang


def siapkan_pustaka() -> None:
    """Install the libraries for letters, or stop with the command that does."""
    if not sys.platform.startswith("linux"):
        return
    kurang = pustaka_kurang()
    if kurang and not debian.pasang(kurang):
        sys.exit(f"Pustaka pembuat surat belum ada. Jalankan dulu:\n  {debian.perintah(kurang)}")
    if sisa := pustaka_kurang():
        sys.exit(f"Pustaka tetap tidak ditemukan sesudah dipasang: {', '.join(sisa)}")


def main() -> None:
    """Entry point."""
    urai = argparse.ArgumentParser(description="Menyiapkan lingkungan Python dan pustaka sistem.")
    urai.add_argument("--dev", action="store_true", help="termasuk alat uji")
    urai.add_argument("--hanya-venv", action="store_true", help="untuk citra: hanya lingkungan Python")
    urai.add_argument("--hanya-pustaka", action="store_true", help="untuk citra: hanya paket sistem")
    pilihan = urai.parse_args()
    if sys.version_info < (3, 11):  # noqa: UP036 -- exactly the machines this message is for
        sys.exit(
            f"Perlu Python 3.11 atau lebih baru, bukan {sys.version.split()[0]}. Contoh: make run PYTHON=python3.11"
        )
    if not Path("/proc").exists() and sys.platform.startswith("win"):
        sys.exit("Windows belum didukung; pakai WSL atau Docker.")
    if not pilihan.hanya_pustaka:
        siapkan_venv(pilihan.dev)
    if pilihan.hanya_pustaka and not debian.pasang(PAKET_CITRA):
        sys.exit(f"Paket citra tidak terpasang: {', '.join(PAKET_CITRA)}")
    if not pilihan.hanya_venv:
        siapkan_pustaka()


if __name__ == "__main__":
    main()
