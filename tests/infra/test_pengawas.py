"""The supervisor: a dead child comes back, TERM stops everything, nothing is left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from alat import AKAR
from alat.pengawas import JEDA_AKHIR, JEDA_AWAL, Anak

INDUK = """
import sys
from pathlib import Path
from alat.pengawas import Pengawas
folder = Path(sys.argv[1])
catat = "import os,time,sys; open(sys.argv[1],'a').write(f'{os.getpid()}\\\\n'); time.sleep(60)"
pengawas = Pengawas(
    {nama: [sys.executable, "-c", kode, str(folder / nama)] for nama, kode in {"satu": catat, "dua": catat}.items()},
    folder, {"PATH": "/usr/bin"},
)
pengawas.pasang_sinyal()
pengawas.jalan()
"""


def tunggu(syarat: Callable[[], bool], detik: float = 8.0) -> None:
    """Wait until `syarat` holds; fails the test after `detik` seconds."""
    akhir = time.monotonic() + detik
    while not syarat():
        assert time.monotonic() < akhir, "tidak terjadi pada waktunya"
        time.sleep(0.05)


def pid(berkas: Path) -> list[int]:
    """Process ids that a child has written so far, one per start."""
    return [int(baris) for baris in berkas.read_text().split()] if berkas.exists() else []


def hidup(nomor: int) -> bool:
    """Whether the process runs; a zombie does not."""
    try:
        return Path(f"/proc/{nomor}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def induk(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A running supervisor with the children `satu` and `dua`."""
    perintah = [sys.executable, "-c", INDUK, str(tmp_path)]
    with subprocess.Popen(perintah, cwd=AKAR, stdout=subprocess.DEVNULL) as proses:
        tunggu(lambda: bool(pid(tmp_path / "satu") and pid(tmp_path / "dua")))
        yield proses
        proses.kill()


def test_anak_yang_mati_dinyalakan_lagi(induk: subprocess.Popen[bytes], tmp_path: Path) -> None:
    lama = pid(tmp_path / "satu")[0]
    os.kill(lama, signal.SIGKILL)
    tunggu(lambda: len(pid(tmp_path / "satu")) == 2)
    assert hidup(pid(tmp_path / "satu")[1])
    assert len(pid(tmp_path / "dua")) == 1, "anak yang sehat tidak boleh disentuh"


@pytest.mark.parametrize("sinyal", [signal.SIGTERM, signal.SIGINT])
def test_sinyal_menghentikan_semua(induk: subprocess.Popen[bytes], tmp_path: Path, sinyal: int) -> None:
    induk.send_signal(sinyal)
    assert induk.wait(5) == 0
    assert not any(hidup(satu) for nama in ("satu", "dua") for satu in pid(tmp_path / nama))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="PDEATHSIG hanya ada di Linux")
def test_anak_ikut_mati_bila_pengawas_dibunuh(induk: subprocess.Popen[bytes], tmp_path: Path) -> None:
    induk.kill()
    tunggu(lambda: not any(hidup(satu) for nama in ("satu", "dua") for satu in pid(tmp_path / nama)))


def test_jeda_bertambah_sampai_batas() -> None:
    jeda = [Anak("a", [], jatuh=kali).jeda() for kali in range(1, 12)]
    assert jeda[:3] == [JEDA_AWAL, 2 * JEDA_AWAL, 4 * JEDA_AWAL]
    assert jeda == sorted(jeda)
    assert jeda[-1] == JEDA_AKHIR
