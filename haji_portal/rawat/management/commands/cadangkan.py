"""A proved archive of database, files, keys and seals; old ones are thinned out."""

from __future__ import annotations

import datetime
import signal
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from haji_portal.rawat import cadangan
from haji_portal.rawat.arsip import CadanganRusak
from haji_portal.rawat.jam import berikut, jam_menit

ULANG = datetime.timedelta(minutes=15)
"""After a backup that failed."""


class Command(BaseCommand):
    help = "Buat, periksa, dan pangkas cadangan. Terenkripsi bila CADANGAN_FRASA_FILE diisi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ke", type=Path, default=settings.CADANGAN_DIR, help="folder tujuan")
        parser.add_argument("--periksa", metavar="BERKAS", type=Path, help="hanya periksa satu cadangan")
        parser.add_argument("--rahasia", action="store_true", help="cadangkan rahasia di folder data, terpisah")
        parser.add_argument("--tiap-hari", metavar="JJ:MM", help="jangan berhenti: sekali sehari pada jam ini (WIB)")
        parser.add_argument("--tanpa-sidik", action="store_true", help="dengan --periksa: tanpa berkas .sha256")
        for nama, bawaan in (("harian", 7), ("mingguan", 4), ("bulanan", 12)):
            parser.add_argument(f"--{nama}", type=int, default=bawaan, help=f"yang disimpan: {nama} (0: tidak ada)")

    def handle(self, *args: Any, **options: Any) -> None:
        self.pilihan, self.frasa = options, settings.CADANGAN_FRASA
        if options["tiap_hari"]:
            self._tiap_hari(options["tiap_hari"])
            return
        try:
            self._sekali()
        except CadanganRusak as galat:
            raise CommandError(str(galat)) from galat

    def _sekali(self) -> None:
        tujuan: Path = self.pilihan["ke"]
        if berkas := self.pilihan["periksa"]:
            jalur = berkas if berkas.exists() else tujuan / berkas
            manifes = cadangan.periksa(jalur, self.frasa, not self.pilihan["tanpa_sidik"])
            self.stdout.write(f"{jalur.name} utuh: {len(manifes['berkas'])} isi, dibuat {manifes['dibuat']}.")
            return
        if self.pilihan["rahasia"]:
            self.stdout.write(f"{cadangan.buat_rahasia(tujuan, self.frasa, timezone.now()).name} dibuat dan diperiksa.")
            return
        jalur = cadangan.buat(tujuan, self.frasa, timezone.now())
        hapus = cadangan.pangkas(tujuan, *(self.pilihan[n] for n in ("harian", "mingguan", "bulanan")))
        tutup = "terenkripsi" if self.frasa else "TIDAK terenkripsi"
        ukuran = f"{jalur.stat().st_size / 1e6:.1f}".replace(".", ",")
        self.stdout.write(
            f"{jalur.name} dibuat dan diperiksa: {ukuran} MB, {tutup}; {len(hapus)} cadangan lama dihapus."
        )

    def _tiap_hari(self, teks: str) -> None:
        try:
            jam, menit = jam_menit(teks)
        except ValueError as galat:
            raise CommandError(str(galat)) from galat
        berhenti = threading.Event()
        for sinyal in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sinyal, lambda *_: berhenti.set())
        waktu = berikut(timezone.now(), jam, menit)
        while not berhenti.wait(max((waktu - timezone.now()).total_seconds(), 0.0)):
            close_old_connections()
            try:
                self._sekali()
                waktu = berikut(timezone.now(), jam, menit)
            except Exception as galat:  # noqa: BLE001  (tomorrow's backup must still come)
                kalimat = str(galat) if isinstance(galat, CadanganRusak) else type(galat).__name__
                self.stderr.write(f"Cadangan gagal: {kalimat}")
                waktu = timezone.now() + ULANG
