"""The simulator as a process: HTTP on 127.0.0.1 only, and a thread in which time passes."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from haji_portal.jaringan import JawabanHilang, TidakTerjangkau, panggil

from . import halaman
from .jawaban import Balasan, alamat, rusak
from .mesin import Antar, Simulator
from .sakelar import SAKELAR, SakelarSalah

BATAS = 64 * 1024
"""Bytes of a request."""
MACET = 120.0
"""Seconds for which a stuck answer keeps the portal waiting; it gives up long before."""
DETAK = 0.3
"""Seconds between two looks at what is due."""


def antar_http(portal: str) -> Antar:
    """Deliver events to a portal. portal: its base address without a slash at the end."""

    def antar(mitra: str, kepala: Mapping[str, str], badan: bytes) -> int:
        try:
            url = f"{portal}/api/v1/callback/{mitra}/"
            return panggil("POST", url, isi=badan, kepala=kepala, tunggu=10).status
        except (TidakTerjangkau, JawabanHilang):
            return 0

    return antar


class Penjawab(BaseHTTPRequestHandler):
    """`server.sim` holds everything."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "SimulatorBPKH", ""
    timeout = 30
    server: Peladen

    def do_GET(self) -> None:
        """The two pages, and the same as JSON."""
        jalur, sim = urlsplit(self.path).path, self.server.sim
        if not self._rumah_sendiri():
            self._json(403, {"galat": "hanya dari komputer ini"})
        elif jalur == "/":
            self._kirim(200, halaman.utama(sim), "text/html; charset=utf-8")
        elif jalur == "/sakelar":
            self._kirim(200, halaman.sakelar(sim), "text/html; charset=utf-8")
        elif jalur == "/keadaan.json":
            self._json(200, halaman.ringkasan(sim))
        else:
            self._json(404, {"galat": "tidak ada"})

    def do_POST(self) -> None:
        """A switch, or a question of the portal."""
        panjang = self.headers.get("Content-Length") or "0"
        if not (panjang.isascii() and panjang.isdigit() and int(panjang) <= BATAS):
            self._tutup(413, {"galat": f"paling banyak {BATAS} byte"})
            return
        # Read in any case: an answer beside a body that nobody read may never arrive.
        badan = self.rfile.read(int(panjang))
        if not self._rumah_sendiri():
            self._json(403, {"galat": "hanya dari komputer ini"})
            return
        jalur = urlsplit(self.path).path
        mitra, pintu = alamat(jalur)
        if jalur.rstrip("/") == "/sakelar":
            self._sakelar(badan)
        elif not pintu:
            self._json(404, {"galat": "tidak ada"})
        else:
            kepala = {nama.lower(): nilai for nama, nilai in self.headers.items()}
            self._balas(self.server.sim.jawab(mitra, pintu, kepala, badan))

    def _sakelar(self, badan: bytes) -> None:
        """`nama=LINGKUP[:UKURAN]` as often as wanted, `semua=mati`; the page sends `nama`, `lingkup`, `ukuran`.
        `porsi=<number>`: its owner pays the deposit back."""
        isian = dict(parse_qsl(badan.decode(errors="replace")))
        try:
            if porsi := isian.pop("porsi", ""):
                self.server.sim.setor_kembali(porsi)
            if "nama" in isian:
                lingkup, ukuran = isian.get("lingkup", ""), isian.get("ukuran", "")
                isian = {isian["nama"]: f"{lingkup}:{ukuran}" if ukuran else lingkup}
            self.server.atur(isian)
        except SakelarSalah as galat:
            self._json(400, {"galat": str(galat)})
            return
        self.send_response(303)
        self.send_header("Location", "/sakelar")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _balas(self, balas: Balasan) -> None:
        """An answer, or what a switch leaves of it."""
        if balas.ulah in ("macet", "jawaban_macet"):
            self.server.berhenti.wait(MACET)
            self.close_connection = True
        elif balas.ulah == "jawaban_hilang":
            self.close_connection = True
        elif balas.ulah == "terpotong":
            self._kirim(balas.status, balas.badan, "application/json", sampai=len(balas.badan) // 2)
            self.close_connection = True
        else:
            status, tambahan, isi = rusak(balas)
            jenis = tambahan.pop("content-type", "application/json")
            self._kirim(status, isi, jenis, tambahan)

    def _rumah_sendiri(self) -> bool:
        """Another website must neither read the book (a name that points here) nor press the switches."""
        tuan = (self.headers.get("Host") or "").rsplit(":", 1)[0]
        return tuan in ("127.0.0.1", "localhost") and self.headers.get("Sec-Fetch-Site") != "cross-site"

    def _tutup(self, status: int, isi: dict[str, Any]) -> None:
        """Answer without having read what was sent."""
        self.close_connection = True
        self._json(status, isi)

    def _json(self, status: int, isi: Any) -> None:
        self._kirim(status, json.dumps(isi).encode(), "application/json")

    def _kirim(
        self, status: int, isi: bytes, jenis: str, tambahan: Mapping[str, str] | None = None, sampai: int | None = None
    ) -> None:
        """sampai: only so many bytes of the announced body leave."""
        self.send_response(status)
        for nama, nilai in {"Content-Type": jenis, "Cache-Control": "no-store", **(tambahan or {})}.items():
            self.send_header(nama, nilai)
        self.send_header("Content-Length", str(len(isi)))
        self.end_headers()
        self.wfile.write(isi[:sampai])

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: what passed stands on the page."""


class Peladen(ThreadingHTTPServer):
    """127.0.0.1 only. port 0: any free one."""

    daemon_threads = True

    def __init__(self, port: int, sim: Simulator) -> None:
        self.sim, self.berhenti = sim, threading.Event()
        super().__init__(("127.0.0.1", port), Penjawab)

    def atur(self, isian: Mapping[str, str]) -> None:
        """Set switches by name; `semua=mati` first turns all of them off. Raises SakelarSalah."""
        if isian.get("semua") == "mati":
            self.sim.matikan_semua()
        for nama, nilai in isian.items():
            if nama in SAKELAR or (nama, nilai) != ("semua", "mati"):
                self.sim.setel(f"{nama}={nilai}")

    def jalan(self) -> None:
        """Serve until `shutdown()`, time passing beside it."""
        utas = threading.Thread(target=self._waktu, name="waktu", daemon=True)
        utas.start()
        try:
            self.serve_forever(poll_interval=0.2)
        finally:
            self.berhenti.set()
            self.server_close()
            utas.join(2)

    def _waktu(self) -> None:
        while not self.berhenti.wait(DETAK):
            self.sim.kerjakan()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that hung up is no event."""
