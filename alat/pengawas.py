"""Keeps a handful of child processes alive until told to stop. Knows nothing about the portal."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

PR_SET_PDEATHSIG = 1
DETAK = 0.2
"""Seconds between two looks at the children."""
JEDA_AWAL, JEDA_AKHIR = 1.0, 30.0
"""Seconds before a dead child comes back: the first time, and at most when it keeps dying."""
CUKUP_LAMA = 30.0
"""Seconds of life after which earlier deaths are forgotten."""


def ikut_mati() -> None:
    """In the child: ask Linux to end it when the supervisor itself is killed."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def bunuh_kelompok(pid: int) -> None:
    """KILL what is left of a child's process group: a killed web server leaves workers on the port."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


@dataclass
class Anak:
    """One child: its command and what became of it."""

    nama: str
    perintah: list[str]
    proses: subprocess.Popen[bytes] | None = None
    mulai: float = 0.0
    jatuh: int = 0
    bangkit: float = 0.0

    @property
    def hidup(self) -> bool:
        """Whether the child runs at this moment."""
        return self.proses is not None and self.proses.poll() is None

    def jeda(self) -> float:
        """Seconds to wait before the next start; doubles with each quick death."""
        return min(JEDA_AWAL * 2 ** max(self.jatuh - 1, 0), JEDA_AKHIR)


class Pengawas:
    """Starts the children, restarts those that die, stops all of them on INT or TERM."""

    def __init__(self, perintah: Mapping[str, list[str]], folder: Path, lingkungan: Mapping[str, str]) -> None:
        self.anak = [Anak(nama, list(isi)) for nama, isi in perintah.items()]
        self.folder = folder
        self.lingkungan = dict(lingkungan)
        self.berhenti = False

    def pasang_sinyal(self) -> None:
        """INT and TERM end `jalan()`; a second one changes nothing."""
        for sinyal in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sinyal, self._minta_berhenti)

    def _minta_berhenti(self, nomor: int, bingkai: FrameType | None) -> None:
        self.berhenti = True

    def _nyalakan(self, anak: Anak) -> None:
        anak.mulai = time.monotonic()
        # An own session keeps the terminal's Ctrl-C away from the child: only the supervisor stops it.
        anak.proses = subprocess.Popen(
            anak.perintah,
            cwd=self.folder,
            env=self.lingkungan,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=ikut_mati,
        )

    def periksa(self) -> None:
        """Start what is not running and due; note what has just died."""
        kini = time.monotonic()
        for anak in self.anak:
            if anak.proses is None:
                if kini >= anak.bangkit:
                    self._nyalakan(anak)
            elif (kode := anak.proses.poll()) is not None:
                bunuh_kelompok(anak.proses.pid)
                anak.jatuh = 1 if kini - anak.mulai > CUKUP_LAMA else anak.jatuh + 1
                anak.bangkit, anak.proses = kini + anak.jeda(), None
                print(
                    f"[{anak.nama}] berhenti (kode {kode}), dinyalakan lagi {anak.jeda():.0f} detik lagi.", flush=True
                )

    def jalan(self, tiap_detak: Callable[["Pengawas"], None] = lambda pengawas: None) -> None:
        """Watch until INT, TERM or `tiap_detak` sets `berhenti`; then stop everything."""
        try:
            while not self.berhenti:
                self.periksa()
                tiap_detak(self)
                time.sleep(DETAK)
        finally:
            self.hentikan()

    def hentikan(self, batas: float = 5.0) -> None:
        """TERM to every child, then KILL to its whole group after `batas` seconds."""
        hidup = [anak.proses for anak in self.anak if anak.proses is not None and anak.hidup]
        for proses in hidup:
            proses.terminate()
        akhir = time.monotonic() + batas
        for proses in hidup:
            try:
                proses.wait(max(akhir - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                bunuh_kelompok(proses.pid)
                proses.wait()
