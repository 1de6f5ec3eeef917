"""Debian packages: install what is missing when root, otherwise say the exact command."""

import os
import shutil
import subprocess


def perintah(paket: list[str]) -> str:
    """The command a person types to install `paket`."""
    return f"sudo apt-get install -y --no-install-recommends {' '.join(paket)}"


def pasang(paket: list[str]) -> bool:
    """Install with apt-get. False when not root, without apt-get, or when apt-get fails."""
    if not paket:
        return True
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"Memasang paket sistem: {' '.join(paket)}", flush=True)
    lingkungan = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    pasang_paket = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *paket]
    if _jalan(pasang_paket, lingkungan):
        return True
    # The package lists of a fresh machine are often missing or old.
    return _jalan(["apt-get", "update", "-q"], lingkungan) and _jalan(pasang_paket, lingkungan)


def _jalan(argumen: list[str], lingkungan: dict[str, str]) -> bool:
    return subprocess.run(argumen, env=lingkungan, stdout=subprocess.DEVNULL, check=False).returncode == 0
