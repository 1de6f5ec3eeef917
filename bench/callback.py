"""`python -m bench.callback`: the partners' door over HTTP while no worker runs, beside a bare view; then the backlog.

Requests come at a fixed rate whether or not the earlier ones are answered, and each is timed from the moment at which
it was due: a portal that stalls cannot hide it. In turns: some seconds at the bare view (same server, same middleware,
one INSERT), the same at the door.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from statistics import median
from typing import Any

import urllib3

from alat import AKAR
from alat.peladen import port_bebas

from .induk import PostgresUkur, lapor, lingkungan

KUNCI = b"kunci bench, hanya untuk ukuran ini"
UTAS = 32
Pesan = tuple[bytes, dict[str, str]]


def baca_pilihan() -> argparse.Namespace:
    urai = argparse.ArgumentParser(prog="python -m bench.callback", description="Mengukur pintu callback mitra.")
    urai.add_argument("--laju", type=int, default=50, help="permintaan per detik")
    urai.add_argument("--detik", type=int, default=20, help="lama satu giliran")
    urai.add_argument("--putaran", type=int, default=3, help="giliran polos dan pintu bergantian")
    urai.add_argument("--pengembalian", type=int, default=200, help="pengembalian yang dikabarkan")
    return urai.parse_args()


def isi(banyak: int) -> list[dict[str, Any]]:
    """In the portal's process: refunds that were just asked for, and what their events must say."""
    from .isi import siapkan_basis

    siapkan_basis()
    return pengembalian(banyak)


def pengembalian(banyak: int) -> list[dict[str, Any]]:
    """Open refunds; reference, deposit and account of each."""
    from haji_portal.akun.models import Kantor
    from haji_portal.alur.pelaku import Sistem
    from haji_portal.dana.pengembalian import ajukan_pengembalian
    from pembatalan.contoh import buka_contoh

    kantor, hasil = Kantor.objects.get(slug="lombok-timur"), []
    for urut in range(1, banyak + 1):
        p: Any = buka_contoh(kantor, urut).perkara
        r = ajukan_pengembalian(p, rekening=p.rekening, oleh=Sistem("bench"))
        hasil.append({"referensi": r.nomor, "setoran": r.jumlah_setoran, "rekening": r.rekening.nomor})
    return hasil


def olah() -> tuple[int, float]:
    """In the portal's process: judge the backlog as the worker does; how many events, in how many seconds."""
    from haji_portal.dana.mitra.olah import olah_semua
    from haji_portal.dana.models import Peristiwa

    Peristiwa.objects.filter(rujukan="bench").delete()  # of the bare view
    mulai, banyak = time.perf_counter(), 0
    while satu := olah_semua():
        banyak += satu
    return banyak, time.perf_counter() - mulai


def pesan(semua: list[dict[str, Any]]) -> Iterator[Pesan]:
    """Signed events without end: first the order of every refund, then its transfer, then the same news again."""
    from haji_portal.dana.mitra.kunci import tanda_tangani

    urut = 0
    while True:
        for n, r in enumerate(semua):
            event = "spm.terbit" if urut < len(semua) else "dana.ditransfer"
            badan = json.dumps({
                "event": event, "referensi": r["referensi"],
                "rincian": {"setoran": r["setoran"], "nilai_manfaat": 1000},
                "jumlah": r["setoran"] + 1000, "mata_uang": "IDR", "rekening": r["rekening"],
                "waktu": datetime.now(UTC).isoformat(), "nomor_spm": f"SPM/{n}",
            }).encode()  # fmt: skip
            urut += 1
            yield badan, tanda_tangani(badan, f"evt_{urut}", datetime.now(UTC), KUNCI)


def giliran(kolam: Any, alamat: str, antrean: Iterator[Pesan], laju: int, detik: int) -> list[float]:
    """Seconds from the due moment to the whole answer, one per request. Raises for any answer but 202."""
    kunci, mulai = threading.Lock(), time.perf_counter() + 0.2

    def satu(n: int) -> float:
        saat = mulai + n / laju
        time.sleep(max(saat - time.perf_counter(), 0))
        with kunci:
            badan, kepala = next(antrean)
        jawab = kolam.request("POST", alamat, body=badan, headers=kepala, retries=False, timeout=30)
        if jawab.status != 202:
            raise RuntimeError(f"{alamat}: {jawab.status} {jawab.data[:200]!r}")
        return time.perf_counter() - saat

    with ThreadPoolExecutor(UTAS) as pekerja:
        return list(pekerja.map(satu, range(laju * detik)))


def persentil(semua: list[float], p: float) -> float:
    """Milliseconds."""
    urut = sorted(semua)
    return 1000 * urut[min(int(len(urut) * p), len(urut) - 1)]


@contextmanager
def server(rumah: dict[str, str]) -> Iterator[str]:
    """The portal as `make run` starts its web part; no worker beside it."""
    port = port_bebas()
    perintah = [
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-ws",
        "--workers",
        "2",
    ]
    perintah += ["--blocking-threads", "4", "--log-level", "warning", "haji_portal.wsgi:application"]
    proses = subprocess.Popen([sys.executable, "-m", *perintah], cwd=AKAR, env=rumah)
    try:
        for _ in range(600):
            try:
                urllib3.request("GET", f"http://127.0.0.1:{port}/robots.txt", retries=False, timeout=5)
                break
            except urllib3.exceptions.HTTPError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        proses.terminate()
        proses.wait(30)


def anak(rumah: dict[str, str], *tugas: str) -> Any:
    """Run `isi` or `olah` in a process of the portal; what it returned."""
    perintah = [sys.executable, "-m", "bench.callback", *tugas]
    hasil = subprocess.run(perintah, cwd=AKAR, env=rumah, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(hasil.stdout.splitlines()[-1])


def ukur(pilihan: argparse.Namespace, rumah: dict[str, str]) -> None:
    lapor(f"membuka {pilihan.pengembalian} pengembalian")
    antrean = pesan(anak(rumah, "isi", str(pilihan.pengembalian)))
    hasil: dict[str, list[list[float]]] = {"polos": [], "pintu": []}
    kolam = urllib3.PoolManager(maxsize=UTAS, block=True)
    with server(rumah) as situs:
        jalur = {"polos": f"{situs}/bench/peristiwa/", "pintu": f"{situs}/api/v1/callback/bpkh/"}
        for alamat in jalur.values():
            giliran(kolam, alamat, antrean, pilihan.laju, 2)
        for n in range(pilihan.putaran):
            for nama, alamat in jalur.items():
                lapor(f"putaran {n + 1}: {nama}")
                hasil[nama].append(giliran(kolam, alamat, antrean, pilihan.laju, pilihan.detik))
    banyak, lama = anak(rumah, "olah")
    beban = f"beban mesin {os.getloadavg()[0]:.1f}"
    sys.stdout.write(f"\n{pilihan.laju} permintaan/s, {pilihan.putaran} x {pilihan.detik} s bergantian, {beban}\n")
    for nama, semua in hasil.items():
        ms = [f"{median(persentil(satu, p) for satu in semua):.1f}" for p in (0.5, 0.95, 0.99)]
        sys.stdout.write(f"{nama}: p50 {ms[0]} ms, p95 {ms[1]} ms, p99 {ms[2]} ms\n")
    nisbah = [median(persentil(s, p) for s in hasil["pintu"]) / median(persentil(s, p) for s in hasil["polos"])
              for p in (0.5, 0.99)]  # fmt: skip
    sys.stdout.write(f"pintu : polos = {nisbah[0]:.2f} (p50), {nisbah[1]:.2f} (p99)\n")
    sys.stdout.write(f"antrean {banyak} peristiwa diolah dalam {lama:.1f} s: {banyak / lama:.0f}/s, satu proses\n")


def main() -> int:
    if sys.argv[1:2] in (["isi"], ["olah"]):
        import django

        django.setup()
        sys.stdout.write(json.dumps(isi(int(sys.argv[2])) if sys.argv[1] == "isi" else olah()) + "\n")
        return 0
    pilihan = baca_pilihan()
    with ExitStack() as tumpukan:
        folder = tumpukan.enter_context(tempfile.TemporaryDirectory(prefix="haji-bench-"))
        postgres = tumpukan.enter_context(PostgresUkur())
        isian = {"BPKH_URL": "", "BPKH_KUNCI": base64.b64encode(KUNCI).decode()}
        ukur(pilihan, lingkungan(folder, postgres, "callback") | isian)
    return 0


if __name__ == "__main__":
    sys.exit(main())
