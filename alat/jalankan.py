"""`make run`: the whole portal with one command, without Redis or PostgreSQL."""

import base64
import fcntl
import hashlib
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from alat import AKAR
from alat.pengawas import Pengawas, ikut_mati

MATI_BERUNTUN = 5
"""Quick deaths of the web server, before it ever answered, after which the start is given up."""


def setelan() -> dict[str, str]:
    """Environment for every child, with PORT and HAJI_DATA made definite."""
    port = os.environ.get("PORT", "") or "8000"
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        sys.exit(f"PORT harus bilangan 1 sampai 65535, bukan {port!r}.")
    data = Path(os.environ.get("HAJI_DATA") or AKAR / "var").resolve()
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as galat:
        sys.exit(f"Folder data {data} tidak dapat dibuat: {galat.strerror}.")
    bawaan = {"DJANGO_SETTINGS_MODULE": "haji_portal.settings.dasar", "PYTHONUNBUFFERED": "1"}
    return {**bawaan, **os.environ, "PORT": port, "HAJI_DATA": str(data)}


def pastikan_port_bebas(port: int) -> None:
    """Stop with a sentence when another program holds the port."""
    with socket.socket() as soket:
        soket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            soket.bind(("127.0.0.1", port))
        except OSError as galat:
            sys.exit(f"Port {port} tidak dapat dipakai ({galat.strerror}). Coba port lain: make run PORT={port + 1}")


def kunci_folder(data: Path) -> int:
    """Hold the data folder for this start: two supervisors would run two schedulers over one database."""
    pegangan = os.open(data / "jalan.kunci", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(pegangan, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        sys.exit(f"Portal sudah berjalan dengan folder data {data}.")
    return pegangan


def manage(lingkungan: dict[str, str], *argumen: str) -> None:
    """Run a management command; its failure ends the start."""
    perintah = [sys.executable, "manage.py", *argumen]
    if subprocess.run(perintah, cwd=AKAR, env=lingkungan, preexec_fn=ikut_mati, check=False).returncode:
        sys.exit(f"Perintah {argumen[0]} gagal; portal tidak dinyalakan.")


def demo_aktif(lingkungan: dict[str, str]) -> bool:
    """Whether the settings switch the demo on. Asks Django, so that there is one rule only."""
    tanya = "from django.conf import settings; print(settings.HAJI_DEMO)"
    jawab = subprocess.run(
        [sys.executable, "-c", tanya], cwd=AKAR, env=lingkungan, stdout=subprocess.PIPE, text=True, check=False
    )
    if jawab.returncode:
        sys.exit("Setelan salah; lihat pesan di atas.")
    return jawab.stdout.strip() == "True"


def isi_data(lingkungan: dict[str, str], demo: bool) -> None:
    """Migrate, load reference data, and fill the demo once per database."""
    manage(lingkungan, "migrate", "--verbosity", "0")
    manage(lingkungan, "muat_acuan")
    sidik = hashlib.sha256(lingkungan.get("DATABASE_URL", "").encode()).hexdigest()[:12]
    tanda = Path(lingkungan["HAJI_DATA"]) / f"demo-{sidik}"
    if demo and not tanda.exists():
        print("Mengisi data contoh (sekali saja) ...", flush=True)
        manage(lingkungan, "isi_demo")
        tanda.touch()


def port_dekat(port: int) -> str:
    """This port, or another free one when it is taken."""
    with socket.socket() as soket:
        # A port whose last connections are only being closed is free: a restart keeps its addresses.
        soket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            soket.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            soket.bind(("127.0.0.1", 0))
        return str(soket.getsockname()[1])


def siapkan_ponsel(lingkungan: dict[str, str]) -> str:
    """Demo only: let SMS and WhatsApp go to the simulator, unless a gateway is named; returns its port or "".

    The settings of the children name it, so it is decided before the first of them starts.
    """
    if any(lingkungan.get(f"PESAN_{s}_URL") for s in ("SMS", "WA")):
        return ""
    port = port_dekat(int(lingkungan["PORT"]) + 10)
    token, rahasia = secrets.token_hex(16), secrets.token_hex(32)
    lingkungan |= {"SIMULATOR_PESAN_TOKEN": token, "SIMULATOR_PESAN_LAPORAN": rahasia}
    for awalan in ("PESAN_SMS", "PESAN_WA"):
        lingkungan |= {
            f"{awalan}_URL": f"http://127.0.0.1:{port}", f"{awalan}_TOKEN": token, f"{awalan}_LAPORAN": rahasia,
        }  # fmt: skip
    return port


def siapkan_mitra(lingkungan: dict[str, str]) -> str:
    """Demo only: let refunds go to a simulated BPKH and bank, unless they are named; returns its port or "".

    `BPKH_URL=` (empty) is an answer too: then people carry the orders.
    """
    if any(nama in lingkungan for nama in ("BPKH_URL", "BPS_URL", "BPKH_KUNCI", "BPS_KUNCI")):
        return ""
    port = port_dekat(int(lingkungan["PORT"]) + 11)
    for mitra in ("BPKH", "BPS"):
        lingkungan[f"{mitra}_URL"] = f"http://127.0.0.1:{port}/{mitra.lower()}"
        lingkungan[f"{mitra}_KUNCI"] = base64.b64encode(secrets.token_bytes(32)).decode()
    lingkungan.setdefault("MITRA_TANYA_SESUDAH", "20")
    return port


def perintah_anak(port: str, ponsel: str = "", mitra: str = "") -> dict[str, list[str]]:
    """Web, worker, scheduler; in the demo phones, BPKH and bank. One granian worker stalls under load: two do not."""
    granian = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", port, "--no-ws", "--workers", "2"]
    granian += ["--blocking-threads", "4", "--respawn-failed-workers", "--log-level", "warning"]
    tanpa_peringatan = "ignore:You're running the worker with superuser"
    celery = [sys.executable, "-W", tanpa_peringatan, "-m", "celery", "--quiet", "-A", "haji_portal"]
    pekerja = ["worker", "-P", "threads", "-c", "4", "--without-gossip", "--without-mingle", "-l", "WARNING"]
    anak = {
        "web": [sys.executable, "-m", *granian, "haji_portal.wsgi:application"],
        "pekerja": [*celery, *pekerja],
        "jadwal": [*celery, "beat", "-l", "WARNING"],
    }
    if ponsel:
        lapor = f"http://127.0.0.1:{port}/api/v1/pesan/laporan/"
        anak["ponsel"] = [sys.executable, "-m", "alat.simulator_pesan", "--port", ponsel, "--lapor", lapor]
    if mitra:
        anak["mitra"] = [sys.executable, "manage.py", "simulasi_bpkh", "--port", mitra]
    return anak


def menjawab(port: str) -> bool:
    """Whether the web server answers anything at all."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/sehat/", timeout=2).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


class Penyambut:
    """Called at every beat: greets once the web answers, gives up when it never does."""

    def __init__(self, lingkungan: dict[str, str], demo: bool, ponsel: str = "", mitra: str = "") -> None:
        self.lingkungan, self.demo, self.mulai, self.siap = lingkungan, demo, time.monotonic(), False
        self.ponsel, self.mitra = ponsel, mitra
        self.gagal = False

    def __call__(self, pengawas: Pengawas) -> None:
        if self.siap or not pengawas.anak[0].hidup:
            if not self.siap and pengawas.anak[0].jatuh >= MATI_BERUNTUN:
                print("Server web tidak mau menyala; lihat pesan di atas.", file=sys.stderr, flush=True)
                self.gagal = pengawas.berhenti = True
            return
        if menjawab(self.lingkungan["PORT"]):
            self.siap = True
            self.salam()

    def salam(self) -> None:
        """Print the address and, in demo mode, the accounts."""
        detik = time.monotonic() - self.mulai
        print(f"\nPortal siap di http://localhost:{self.lingkungan['PORT']}/ ({detik:.1f} detik)", flush=True)
        if self.ponsel:
            print(f"SMS dan WhatsApp contoh dibaca di http://localhost:{self.ponsel}/", flush=True)
        if self.mitra:
            print(f"BPKH dan bank contoh bekerja di http://localhost:{self.mitra}/", flush=True)
        if self.demo:
            subprocess.run([sys.executable, "-m", "alat.akun_demo"], cwd=AKAR, env=self.lingkungan, check=False)
        print("Tekan Ctrl-C untuk berhenti.\n", flush=True)


def main() -> int:
    """Prepare the data, then watch web, worker and scheduler until stopped."""
    lingkungan = setelan()
    pastikan_port_bebas(int(lingkungan["PORT"]))
    kunci_folder(Path(lingkungan["HAJI_DATA"]))
    demo = demo_aktif(lingkungan)
    ponsel, mitra = (siapkan_ponsel(lingkungan), siapkan_mitra(lingkungan)) if demo else ("", "")
    isi_data(lingkungan, demo)
    pengawas = Pengawas(perintah_anak(lingkungan["PORT"], ponsel, mitra), AKAR, lingkungan)
    pengawas.pasang_sinyal()
    sambut = Penyambut(lingkungan, demo, ponsel, mitra)
    pengawas.jalan(sambut)
    print("Portal berhenti.", flush=True)
    return 1 if sambut.gagal else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
