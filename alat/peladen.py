"""Throw-away PostgreSQL and Redis on free ports of this machine, for the test run only."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, Self

MENUNGGU = 20.0
"""Seconds a server gets before the start counts as failed."""


def port_bebas() -> int:
    """A port that nobody used a moment ago."""
    with socket.socket() as soket:
        soket.bind(("127.0.0.1", 0))
        return int(soket.getsockname()[1])


def cari(nama: str) -> str | None:
    """Path of a program; PostgreSQL's own are looked up where Debian hides them."""
    if jalur := shutil.which(nama):
        return jalur
    calon = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{nama}"), key=lambda satu: float(satu.parts[-3]))
    return str(calon[-1]) if calon else None


def _wajib(nama: str) -> str:
    jalur = cari(nama)
    if jalur is None:
        raise FileNotFoundError(f"{nama} tidak terpasang")
    return jalur


def _akun_biasa() -> pwd.struct_passwd:
    """The account that runs PostgreSQL when the tests run as root."""
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


class Peladen:
    """A server process in an own folder; `with` starts and stops it."""

    def __init__(self) -> None:
        self.port = port_bebas()
        self.folder = ""
        self.proses: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.folder = tempfile.mkdtemp(prefix="haji-peladen-")
        try:
            self.nyalakan()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *galat: object) -> None:
        self.matikan()
        shutil.rmtree(self.folder, ignore_errors=True)

    def nyalakan(self) -> None:
        """Start the process on `port` and wait until it accepts connections."""
        raise NotImplementedError

    def matikan(self, sinyal: int = signal.SIGINT) -> None:
        """Send `sinyal` and wait; a server that does not stop within 10 seconds is killed."""
        if self.proses is None or self.proses.poll() is not None:
            return
        self.proses.send_signal(sinyal)
        try:
            self.proses.wait(10)
        except subprocess.TimeoutExpired:
            self.proses.kill()
            self.proses.wait()

    def _tunggu(self) -> None:
        akhir = time.monotonic() + MENUNGGU
        while time.monotonic() < akhir:
            if self.proses is None or self.proses.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"{type(self).__name__} tidak menyala di port {self.port}")


class RedisSementara(Peladen):
    """Redis without persistence."""

    @property
    def url(self) -> str:
        """Address for REDIS_URL."""
        return f"redis://127.0.0.1:{self.port}"

    def nyalakan(self) -> None:
        """Start, also again on the same port after `matikan()`."""
        perintah = [_wajib("redis-server"), "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        perintah += ["--appendonly", "no", "--dir", self.folder]
        self.proses = subprocess.Popen(perintah, stdout=subprocess.DEVNULL, start_new_session=True)
        self._tunggu()


class PostgresSementara(Peladen):
    """PostgreSQL that trusts everybody on this machine and never syncs to disk.

    PostgreSQL refuses to run as root, so root hands the folder to the `postgres` user.
    """

    SETELAN: tuple[str, ...] = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")

    @property
    def url(self) -> str:
        """Address for DATABASE_URL; the test runner makes its own database from it."""
        return f"postgres://test@127.0.0.1:{self.port}/haji"

    def nyalakan(self) -> None:
        """Create the cluster on the first start, then run it."""
        os.chmod(self.folder, 0o755)
        opsi: dict[str, Any] = {"cwd": self.folder, "env": {**os.environ, "HOME": self.folder, "LC_ALL": "C.UTF-8"}}
        if os.geteuid() == 0:
            akun = _akun_biasa()
            os.chown(self.folder, akun.pw_uid, akun.pw_gid)
            opsi |= {"user": akun.pw_uid, "group": akun.pw_gid, "extra_groups": []}
        data = f"{self.folder}/data"
        if not os.path.exists(data):
            buat = [_wajib("initdb"), "-D", data, "-U", "test", "-A", "trust", "-E", "UTF8", "--no-sync"]
            subprocess.run(buat, check=True, stdout=subprocess.DEVNULL, **opsi)
        setelan = ["listen_addresses=127.0.0.1", *self.SETELAN]
        perintah = [_wajib("postgres"), "-D", data, "-p", str(self.port), "-k", self.folder]
        perintah += [bagian for isi in setelan for bagian in ("-c", isi)]
        with open(f"{self.folder}/catatan", "ab") as catatan:
            self.proses = subprocess.Popen(
                perintah, stdout=catatan, stderr=subprocess.STDOUT, start_new_session=True, **opsi
            )
        self._tunggu()
        self._tunggu_siap()

    def _tunggu_siap(self) -> None:
        """The port opens a moment before the server takes queries."""
        perintah = [_wajib("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        for _ in range(100):
            if subprocess.run(perintah, check=False).returncode == 0:
                return
            time.sleep(0.05)
        raise RuntimeError("PostgreSQL tidak siap menerima kueri")
