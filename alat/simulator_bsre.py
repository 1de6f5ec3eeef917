"""A BSrE client service that really signs, with a small authority of its own; its own process, on 127.0.0.1 only.

    python -m alat.simulator_bsre --port 8020 [--folder var/simulator-bsre] [--pengguna orang.json]

It keeps the part of API v2 that docs/bsre.md describes and can be told, by POST /perilaku, to be slow, to refuse, to
break at the worst moment, or to send back the wrong file. SIMULATOR_BSRE_SANDI is the password that it asks the portal
for (user `portal`). Everybody at `@contoh.example` has an account under the name before the @, passphrase `haji-demo`;
the JSON file adds people: {"surel": {"nama": ..., "frasa": ..., "status": "ISSUE"}}. Trust its root, `akar.pem` in
the folder, nowhere but in a trial: it refuses to run beside the production settings.
"""

from __future__ import annotations

import argparse
import base64
import hmac
import json
import os
import signal
import sys
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from alat.otoritas_bsre import Otoritas, tanda_tangani

BATAS = 60 * 1024 * 1024
"""Bytes of a request."""
MODE = {
    "biasa": "Tanda tangani",
    "lambat": "Tanda tangani, jawab sesudah beberapa detik",
    "putus": "Tanda tangani, lalu putus tanpa jawaban",
    "putus_awal": "Putus sebelum menandatangani",
    "gangguan": "Tolak sementara (503)",
    "kuota": "Tolak: kuota habis (429)",
    "tolak": "Tolak berkasnya (400)",
    "jam": "Tolak: jam tidak cocok (400)",
    "kredensial": "Tolak akun portal (401)",
    "kacau": "Jawab bukan JSON",
    "kosong": "Jawab tanpa berkas",
    "berkas_lain": "Tanda tangani surat lain",
    "berkas_diubah": "Tanda tangani surat ini dengan tambahan tulisan",
    "berkas_polos": "Kembalikan berkas tanpa tanda tangan",
    "berkas_rusak": "Kembalikan berkas yang satu bitanya berubah",
    "orang_lain": "Tanda tangani dengan sertifikat orang lain",
    "akar_lain": "Tanda tangani dengan otoritas lain",
    "cap_besar": "Tanda tangani dengan cap selebar halaman",
    "jam_maju": "Tanda tangani dengan jam yang maju dua jam",
}
FRASA_DEMO = "haji-demo"
DOMAIN_DEMO = "@contoh.example"
KALIMAT = {
    2031: "Passphrase anda salah",
    2011: "User tidak terdaftar",
    2021: "Sertifikat pengguna expired",
    2022: "Sertifikat pengguna dicabut (revoke)",
    2023: "Pengguna belum memiliki sertifikat",
}
STATUS_KODE = {"EXPIRED": 2021, "REVOKE": 2022, "SUSPEND": 2022, "NO_CERTIFICATE": 2023, "NEW": 2023}


@dataclass
class Orang:
    """One account: the name on its certificate, its passphrase and the certificate's state."""

    nama: str
    frasa: str = FRASA_DEMO
    status: str = "ISSUE"
    salah: int = 0


@dataclass
class Layanan:
    """Accounts, authority and behaviour; shared by the threads of the server."""

    otoritas: Otoritas
    sandi: str = ""
    orang: dict[str, Orang] = field(default_factory=dict)
    mode: str = "biasa"
    detik: float = 3.0
    kali: int = 0
    """How many more signings the mode holds for; 0: until changed."""
    ditandatangani: int = 0
    kunci: threading.Lock = field(default_factory=threading.Lock)

    def cari(self, surel: str) -> Orang | None:
        """The account of an address; demo addresses get one when first seen."""
        with self.kunci:
            if surel not in self.orang and surel.endswith(DOMAIN_DEMO):
                self.orang[surel] = Orang(surel.removesuffix(DOMAIN_DEMO))
            return self.orang.get(surel)

    def ambil_mode(self) -> str:
        """The behaviour for one signing."""
        with self.kunci:
            mode = self.mode
            if self.kali:
                self.kali -= 1
                if not self.kali:
                    self.mode = "biasa"
            return mode


class Penjawab(BaseHTTPRequestHandler):
    """HTTP of the service."""

    layanan: Layanan
    protocol_version = "HTTP/1.1"
    server_version = "SimulatorBSrE"

    def do_POST(self) -> None:
        """The three calls of API v2, and `/perilaku`."""
        isi = self._baca()
        if isi is None:
            self._jawab(400, {"error": "permintaan tidak terbaca"})
        elif self.path == "/perilaku":
            self._perilaku(isi)
        elif not self._dikenal():
            self._jawab(401, {"error": "unauthorized"})
        elif self.path == "/api/v2/user/check/status":
            orang = self.layanan.cari(str(isi.get("email", "")))
            self._jawab(200, {"status": orang.status if orang else "NOT_REGISTERED"})
        elif self.path == "/api/v2/sign/pdf":
            self._tanda_tangan(isi)
        elif self.path == "/api/v2/verify/pdf":
            sah = self.layanan.otoritas.periksa(base64.b64decode(str(isi.get("file", ""))))
            self._jawab(200, {"conclusion": "VALID" if sah else "INVALID"})
        else:
            self._jawab(404, {"error": "not found"})

    def do_GET(self) -> None:
        """What was signed and how it behaves."""
        lay = self.layanan
        if self.path != "/":
            self._jawab(404, {"error": "not found"})
            return
        self._jawab(200, {"mode": lay.mode, "kali": lay.kali, "ditandatangani": lay.ditandatangani, "pilihan": MODE})

    def log_message(self, format: str, *args: Any) -> None:
        """Method and path only: bodies hold passphrases."""
        print(f"{self.command} {self.path} {args[1] if len(args) > 1 else ''}", flush=True)

    def _tanda_tangan(self, isi: dict[str, Any]) -> None:
        lay = self.layanan
        orang = lay.cari(str(isi.get("email", "")))
        mode = lay.ambil_mode()
        if orang is None:
            self._tolak(2011)
        elif orang.status in STATUS_KODE:
            self._tolak(STATUS_KODE[orang.status])
        elif not hmac.compare_digest(str(isi.get("passphrase", "")).encode(), orang.frasa.encode()):
            orang.salah += 1
            self._tolak(2031)
        elif not self._gangguan(mode):
            self._kirim_hasil(isi, orang, mode)

    def _kirim_hasil(self, isi: dict[str, Any], orang: Orang, mode: str) -> None:
        berkas, tampilan = isi.get("file"), isi.get("signatureProperties")
        if not (isinstance(berkas, list) and len(berkas) == 1 and isinstance(tampilan, list) and tampilan):
            self._jawab(400, {"error": "file dan signatureProperties wajib diisi"})
            return
        hasil = tanda_tangani(self.layanan.otoritas, base64.b64decode(berkas[0]), tampilan[0], orang.nama, mode)
        with self.layanan.kunci:
            self.layanan.ditandatangani += 1
        if mode == "putus":
            self._putus()
            return
        if mode == "lambat":
            time.sleep(self.layanan.detik)
        self._jawab(200, {"time": 120, "file": [base64.b64encode(hasil).decode("ascii")]})

    def _gangguan(self, mode: str) -> bool:
        """Answer a mode that signs nothing; False when it signs."""
        jawaban: dict[str, tuple[int, dict[str, Any]]] = {
            "gangguan": (503, {"error": "service unavailable"}),
            "kuota": (429, {"error": "kuota habis"}),
            "tolak": (400, {"error": "dokumen tidak dapat diproses"}),
            "jam": (400, {"error": "certificate not yet valid"}),
            "kredensial": (401, {"error": "unauthorized"}),
            "kosong": (200, {"time": 1}),
        }
        if mode == "putus_awal":
            self._putus()
        elif mode == "kacau":
            self._kirim(200, b"<html>bukan JSON</html>")
        elif mode in jawaban:
            self._jawab(*jawaban[mode])
        else:
            return False
        return True

    def _perilaku(self, isi: dict[str, Any]) -> None:
        """{"mode": ..., "kali": n, "detik": s} and/or {"orang": {surel: {"nama", "frasa", "status"}}}."""
        lay = self.layanan
        if isi.get("mode", lay.mode) not in MODE:
            self._jawab(422, {"error": "mode tidak dikenal", "pilihan": list(MODE)})
            return
        with lay.kunci:
            lay.mode, lay.kali = isi.get("mode", lay.mode), int(isi.get("kali", 0))
            lay.detik = float(isi.get("detik", lay.detik))
            lay.orang |= {surel: Orang(**satu) for surel, satu in isi.get("orang", {}).items()}
        self._jawab(200, {"mode": lay.mode})

    def _dikenal(self) -> bool:
        harap = base64.b64encode(f"portal:{self.layanan.sandi}".encode()).decode("ascii")
        return hmac.compare_digest(self.headers.get("Authorization", ""), f"Basic {harap}")

    def _tolak(self, kode: int) -> None:
        self._jawab(400, {"status_code": kode, "error": KALIMAT[kode]})

    def _baca(self) -> dict[str, Any] | None:
        panjang = self.headers.get("Content-Length", "")
        if not panjang.isdigit() or int(panjang) > BATAS:
            self.close_connection = True
            return None
        try:
            isi = json.loads(self.rfile.read(int(panjang)))
        except ValueError:
            return None
        return isi if isinstance(isi, dict) else None

    def _putus(self) -> None:
        self.close_connection = True
        self.connection.close()

    def _jawab(self, status: int, isi: dict[str, Any]) -> None:
        self._kirim(status, json.dumps(isi).encode())

    def _kirim(self, status: int, isi: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(isi)))
        self.end_headers()
        self.wfile.write(isi)


class Pelayan(ThreadingHTTPServer):
    """Answers many at once and dies with its process."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that hung up is no news."""


def buat_pelayan(layanan: Layanan, port: int = 0) -> Pelayan:
    """The server, bound but not running; port 0 takes a free one."""
    return Pelayan(("127.0.0.1", port), type("Penjawab", (Penjawab,), {"layanan": layanan}))


def main() -> int:
    """Serve until stopped."""
    pilih = argparse.ArgumentParser(description="Simulator layanan BSrE (hanya untuk mencoba).")
    pilih.add_argument("--port", type=int, default=8020)
    pilih.add_argument("--folder", type=Path, default=Path("var/simulator-bsre"))
    pilih.add_argument("--pengguna", type=Path)
    arg = pilih.parse_args()
    if os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith("produksi"):
        sys.exit("Simulator BSrE tidak boleh dijalankan bersama setelan produksi.")
    layanan = Layanan(Otoritas(arg.folder), os.environ.get("SIMULATOR_BSRE_SANDI", "rahasia-simulator"))
    if arg.pengguna:
        isi = json.loads(arg.pengguna.read_text(encoding="utf-8"))
        layanan.orang = {surel: Orang(**satu) for surel, satu in isi.items()}
    pelayan = buat_pelayan(layanan, arg.port)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    akar = layanan.otoritas.berkas_akar.resolve()
    print(f"Simulator BSrE di http://127.0.0.1:{arg.port}/ · akar: {akar}", flush=True)
    try:
        pelayan.serve_forever()
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
