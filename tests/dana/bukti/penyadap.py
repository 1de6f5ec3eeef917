"""Between portal and partner: passes everything on, remembers what was asked for, and may keep an answer back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from haji_portal.jaringan import JawabanHilang, TidakTerjangkau, panggil

TERTAHAN = 120.0
"""Seconds an answer is kept back at most."""


class Penyadap(ThreadingHTTPServer):
    """tujuan: the partner's base address. permintaan: bodies of the requests for payment that came, in their order."""

    daemon_threads = True

    def __init__(self, tujuan: str) -> None:
        super().__init__(("127.0.0.1", 0), _Penerus)
        self.tujuan, self.permintaan, self.jawab = tujuan, list[bytes](), threading.Event()
        self.jawab.set()

    @contextmanager
    def jalan(self) -> Iterator[Penyadap]:
        utas = threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True)
        utas.start()
        try:
            yield self
        finally:
            self.jawab.set()
            self.shutdown()
            self.server_close()
            utas.join(5)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that was killed is no event."""


class _Penerus(BaseHTTPRequestHandler):
    server: Penyadap

    def do_POST(self) -> None:
        """An answer that is lost behind us is lost before us."""
        badan = self.rfile.read(int(self.headers["Content-Length"]))
        kepala = {n: v for n, v in self.headers.items() if n.lower().startswith(("webhook-", "content-type"))}
        try:
            hasil = panggil("POST", self.server.tujuan + self.path, isi=badan, kepala=kepala, tunggu=20)
        except (JawabanHilang, TidakTerjangkau):
            hasil = None
        if self.path.endswith("/pengembalian/"):
            self.server.permintaan.append(badan)
            self.server.jawab.wait(TERTAHAN)
        if hasil is not None:
            self.send_response(hasil.status)
            self.send_header("Content-Type", hasil.kepala.get("content-type", "application/json"))
            self.send_header("Content-Length", str(len(hasil.isi)))
            self.end_headers()
            self.wfile.write(hasil.isi)

    def log_message(self, format: str, *args: Any) -> None:
        """Silent."""
