"""Plays BPKH and a bank on an own port, for trying out: takes refunds, pays in its book, tells of it, answers."""

from __future__ import annotations

import os
import secrets
import signal
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from haji_portal.dana.simulasi import SAKELAR, SakelarSalah, Simulator, Tempo
from haji_portal.dana.simulasi.buku import Buku
from haji_portal.dana.simulasi.ingatan import BERKAS, muat
from haji_portal.dana.simulasi.peladen import Peladen, antar_http


class Command(BaseCommand):
    help = "Simulator BPKH dan bank: berjalan sebagai proses sendiri, tidak memindahkan uang. Bukan untuk produksi."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        port = int(settings.PORT)
        parser.add_argument("--port", type=int, default=port + 11, help="port pada 127.0.0.1")
        parser.add_argument("--portal", default=f"http://127.0.0.1:{port}", help="alamat portal yang dikabari")
        parser.add_argument("--data", type=Path, default=settings.HAJI_DATA / "simulasi", help="folder bukunya")
        parser.add_argument(
            "--ingat", type=Path, default=settings.HAJI_DATA / BERKAS, help="pembayaran dari sebelumnya"
        )
        parser.add_argument("--benih", type=int, help="benih acak; dengan benih yang sama jalannya sama")
        parser.add_argument("--detik", type=float, default=5.0, help="jeda di antara dua langkah bank")
        parser.add_argument(
            "--sakelar", action="append", default=[], metavar="NAMA=LINGKUP[:UKURAN]",
            help=f"LINGKUP: mati, semua, 3 (tiga berikutnya), 25%%. NAMA: {', '.join(SAKELAR)}.",
        )  # fmt: skip

    def handle(self, *args: Any, **pilihan: Any) -> None:
        if os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith(".produksi"):
            raise CommandError("Simulator BPKH tidak dijalankan bersama setelan produksi.")
        if not settings.BPKH_KUNCI:
            raise CommandError("BPKH_KUNCI belum disetel: simulator dan portal memakai kunci yang sama.")
        benih = pilihan["benih"] if pilihan["benih"] is not None else secrets.randbelow(10**6)
        detik = pilihan["detik"]
        sim = Simulator(
            antar_http(pilihan["portal"].rstrip("/")), buku=Buku(pilihan["data"] / "buku.sqlite3"), benih=benih,
            tempo=Tempo(spm=detik, transfer=detik, terima=detik),
        )  # fmt: skip
        try:
            for satu in pilihan["sakelar"]:
                sim.setel(satu)
        except SakelarSalah as galat:
            raise CommandError(str(galat)) from None
        if pilihan["ingat"].exists():
            muat(sim.buku, pilihan["ingat"], sim.jam.kini())
        peladen = Peladen(pilihan["port"], sim)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        self.stdout.write(f"Simulator BPKH di http://127.0.0.1:{peladen.server_port}/ (benih {benih}).")
        self.stdout.flush()
        peladen.jalan()
