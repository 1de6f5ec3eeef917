"""A gateway for SMS and WhatsApp that sends nothing: its own process, one page to read what "arrived".

    python -m alat.simulator_pesan --port 8010 [--lapor http://127.0.0.1:8000/api/v1/pesan/laporan/]

It keeps the contract of docs/gerbang-pesan.md and can be told, on its page or by POST /perilaku, to be slow, to refuse,
or to break at the worst moment. SIMULATOR_PESAN_TOKEN is the token that it asks for, SIMULATOR_PESAN_LAPORAN the secret
with which it signs its reports. Only for trying out: it refuses to run beside the production settings.
"""

import argparse
import hashlib
import hmac
import html
import json
import os
import signal
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from haji_portal.jaringan import JawabanHilang, TidakTerjangkau, panggil

BATAS = 64 * 1024
"""Bytes of a request."""
SIMPAN = 500
"""Messages that are kept; the oldest go."""
MODE = {
    "biasa": "Terima, lalu laporkan sampai",
    "bisu": "Terima, tidak pernah melapor",
    "tak_sampai": "Terima, lalu laporkan gagal",
    "lambat": "Terima, jawab sesudah beberapa detik",
    "putus": "Terima, lalu putus tanpa jawaban",
    "putus_awal": "Putus sebelum menerima",
    "sibuk": "Tolak sementara (503)",
    "tolak": "Tolak tetap (422)",
}


@dataclass
class Masuk:
    """One message as it arrived."""

    rujukan: str
    saluran: str
    tujuan: str
    teks: str
    pengirim: str = ""
    pukul: str = field(default_factory=lambda: time.strftime("%H.%M.%S"))
    status: str = "dikirim"
    diserahkan: int = 1


class Gerbang:
    """What arrived and how to behave; shared by the threads of the server."""

    def __init__(self, token: str = "", rahasia: str = "", lapor: str = "") -> None:
        self.token, self.rahasia, self.lapor = token, rahasia, lapor
        self.mode, self.detik = "biasa", 3.0
        self.kunci = threading.Lock()
        self.masuk: dict[str, Masuk] = {}

    def terima(self, isi: dict[str, Any]) -> Masuk:
        """Take one message; the same reference again is counted and delivered once."""
        rujukan = str(isi["rujukan"])
        with self.kunci:
            if (ada := self.masuk.get(rujukan)) is not None:
                ada.diserahkan += 1
                return ada
            while len(self.masuk) >= SIMPAN:
                self.masuk.pop(next(iter(self.masuk)))
            saluran, tujuan, teks, pengirim = (str(isi.get(n, "")) for n in ("saluran", "tujuan", "teks", "pengirim"))
            baru = self.masuk[rujukan] = Masuk(rujukan, saluran, tujuan, teks, pengirim)
            return baru

    def selesai(self, pesan: Masuk, status: str) -> None:
        """The telephone company's word: note it and report it, a few times when the portal does not answer."""
        pesan.status = status
        if not self.lapor:
            return
        for jeda in (0.0, 1.0, 5.0):
            time.sleep(jeda)
            badan = json.dumps({"rujukan": pesan.rujukan, "status": status}).encode()
            waktu = str(int(time.time()))
            tanda = hmac.new(self.rahasia.encode(), waktu.encode() + b"." + badan, hashlib.sha256).hexdigest()
            kepala = {"Content-Type": "application/json", "X-Haji-Waktu": waktu, "X-Haji-Tanda": tanda}
            try:
                if panggil("POST", self.lapor, isi=badan, kepala=kepala, tunggu=5).status < 500:
                    return
            except (TidakTerjangkau, JawabanHilang):
                continue


class Penerima(BaseHTTPRequestHandler):
    """The HTTP face. `server.gerbang` holds everything."""

    protocol_version = "HTTP/1.1"
    timeout = 30

    @property
    def gerbang(self) -> Gerbang:
        return self.server.gerbang  # type: ignore[attr-defined,no-any-return]

    def do_GET(self) -> None:
        """The page, the same as JSON, or the status of one reference."""
        jalur = urlsplit(self.path).path
        if not self._rumah_sendiri():
            self._jawab(403, {"galat": "hanya dari komputer ini"})
        elif jalur == "/":
            self._kirim(200, halaman(self.gerbang).encode(), "text/html; charset=utf-8")
        elif jalur == "/masuk.json":
            self._jawab(200, {"mode": self.gerbang.mode, "pesan": [asdict(p) for p in self.gerbang.masuk.values()]})
        elif jalur.startswith("/pesan/") and self._berhak():
            pesan = self.gerbang.masuk.get(unquote(jalur.removeprefix("/pesan/")))
            self._jawab(200 if pesan else 404, {"status": pesan.status if pesan else "tidak_dikenal"})
        elif jalur.startswith("/pesan/"):
            self._jawab(401, {"galat": "token salah"})
        else:
            self._jawab(404, {"galat": "tidak ada"})

    def do_POST(self) -> None:
        """A message, or how to behave from now on."""
        badan = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), BATAS))
        jalur = urlsplit(self.path).path
        if not self._rumah_sendiri():
            self._jawab(403, {"galat": "hanya dari komputer ini"})
        elif jalur == "/perilaku":
            self._perilaku(badan)
        elif jalur != "/pesan":
            self._jawab(404, {"galat": "tidak ada"})
        elif not self._berhak():
            self._jawab(401, {"galat": "token salah"})
        else:
            self._pesan(badan)

    def _pesan(self, badan: bytes) -> None:
        try:
            isi = json.loads(badan)
            if not all(isinstance(isi[n], str) and isi[n] for n in ("rujukan", "saluran", "tujuan", "teks")):
                raise ValueError
        except (ValueError, KeyError, TypeError):
            self._jawab(400, {"status": "ditolak", "galat": "isi tidak terbaca"})
            return
        mode = self.gerbang.mode
        if mode == "tolak":
            self._jawab(422, {"status": "ditolak"})
        elif mode == "sibuk":
            self._jawab(503, {"status": "sibuk"})
        elif mode == "putus_awal":
            self._putus()
        else:
            self._terima(isi, mode)

    def _terima(self, isi: dict[str, Any], mode: str) -> None:
        pesan = self.gerbang.terima(isi)
        if mode == "lambat":
            time.sleep(self.gerbang.detik)
        if mode == "putus":
            self._putus()
        else:
            self._jawab(202, {"status": "diterima", "rujukan": pesan.rujukan})
        if mode not in ("bisu", "putus") and pesan.diserahkan == 1:
            status = "gagal" if mode == "tak_sampai" else "sampai"
            threading.Thread(target=self.gerbang.selesai, args=(pesan, status), daemon=True).start()

    def _perilaku(self, badan: bytes) -> None:
        isian = {n: nilai[0] for n, nilai in parse_qs(badan.decode(errors="replace")).items()}
        if isian.get("mode") not in MODE or not isian.get("detik", "3").isdigit():
            self._jawab(400, {"galat": f"mode: {', '.join(MODE)}; detik: bilangan"})
            return
        self.gerbang.mode, self.gerbang.detik = isian["mode"], min(float(isian.get("detik", "3")), 60)
        self.send_response(303)
        self.send_header("Location", "/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _berhak(self) -> bool:
        harap = f"Bearer {self.gerbang.token}"
        return not self.gerbang.token or hmac.compare_digest(self.headers.get("Authorization", ""), harap)

    def _rumah_sendiri(self) -> bool:
        """Another website must neither read the codes (a name that points here) nor press the buttons."""
        tuan = (self.headers.get("Host") or "").rsplit(":", 1)[0]
        return tuan in ("127.0.0.1", "localhost") and self.headers.get("Sec-Fetch-Site") != "cross-site"

    def _putus(self) -> None:
        self.close_connection = True
        self.connection.close()

    def _jawab(self, kode: int, isi: dict[str, Any]) -> None:
        self._kirim(kode, json.dumps(isi).encode(), "application/json")

    def _kirim(self, kode: int, isi: bytes, jenis: str) -> None:
        self.send_response(kode)
        self.send_header("Content-Type", jenis)
        self.send_header("Content-Length", str(len(isi)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(isi)

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: addresses and codes belong on the page, not in a log."""


HALAMAN = """<!doctype html><html lang="id"><head><meta charset="utf-8"><meta http-equiv="refresh" content="5">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>Ponsel contoh</title>
<style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:1rem auto;
padding:0 1rem}li{border:1px solid #8886;border-radius:.75rem;padding:.75rem 1rem;margin:.75rem 0;list-style:none;
overflow-wrap:anywhere}ul{padding:0}small{opacity:.75}.teks{font-size:1.15rem;margin:.25rem 0}select,button{
font:inherit;padding:.5rem;min-height:3rem;max-width:100%}</style></head><body><h1>Ponsel contoh</h1>
<p>SMS dan WhatsApp dari portal percobaan sampai di sini, yang terbaru di atas. Tidak ada yang dikirim ke luar.</p>
<form method="post" action="/perilaku"><p><label for="mode">Perilaku gerbang</label><br>
<select id="mode" name="mode">[pilihan]</select> <button>Pakai</button></p></form><ul>[pesan]</ul></body></html>"""


def halaman(gerbang: Gerbang) -> str:
    """The page, newest message first; it reloads itself."""
    with gerbang.kunci:
        terbaru = list(gerbang.masuk.values())[:-101:-1]
    pilihan = "".join(
        f'<option value="{kode}"{" selected" if kode == gerbang.mode else ""}>{kata}</option>'
        for kode, kata in MODE.items()
    )
    pesan = "".join(
        f"<li><small>{html.escape(p.saluran.upper())} ke {html.escape(p.tujuan)} pukul {p.pukul}, {p.status}"
        f"{f', diserahkan {p.diserahkan} kali' if p.diserahkan > 1 else ''}</small>"
        f'<p class="teks">{html.escape(p.teks)}</p></li>'
        for p in terbaru
    )
    return HALAMAN.replace("[pilihan]", pilihan).replace("[pesan]", pesan or "<li>Belum ada pesan.</li>")


class Peladen(ThreadingHTTPServer):
    """127.0.0.1 only."""

    daemon_threads = True

    def __init__(self, port: int, gerbang: Gerbang) -> None:
        self.gerbang = gerbang
        super().__init__(("127.0.0.1", port), Penerima)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that hung up is no event."""


def main() -> None:
    """Entry point."""
    urai = argparse.ArgumentParser(description="Gerbang SMS/WhatsApp contoh; tidak mengirim apa pun.")
    urai.add_argument("--port", type=int, required=True)
    urai.add_argument("--lapor", default="", help="alamat laporan sampai pada portal")
    pilihan = urai.parse_args()
    if os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith(".produksi"):
        sys.exit("Gerbang contoh tidak dijalankan bersama setelan produksi.")
    gerbang = Gerbang(
        os.environ.get("SIMULATOR_PESAN_TOKEN", ""), os.environ.get("SIMULATOR_PESAN_LAPORAN", ""), pilihan.lapor
    )
    peladen = Peladen(pilihan.port, gerbang)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    peladen.serve_forever()


if __name__ == "__main__":
    main()
