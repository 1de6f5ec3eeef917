"""Where the web processes of one server keep their counters together. Imported before anything of prometheus-client."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path


def _mulai(pid: int) -> str:
    """The start of a process in clock ticks since boot, so that a number that is used again is not mistaken; or ""."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def siapkan_proses(dasar: Path) -> Path:
    """Choose the folder of this server and tell prometheus-client; returns it.

    Workers of one server have one parent: host, parent and its start name the folder. What servers of this host left
    that are gone is removed, so a restart begins at zero and the folder does not grow.
    """
    induk, mesin = os.getppid(), socket.gethostname()
    folder = dasar / f"{mesin}.{induk}.{_mulai(induk)}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for lain in dasar.glob(f"{mesin}.*.*"):
        _, pid, mulai = lain.name.rsplit(".", 2)
        if pid.isdigit() and _mulai(int(pid)) != mulai:
            shutil.rmtree(lain, ignore_errors=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    return folder
