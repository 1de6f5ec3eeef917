"""Restores a backup into an empty installation and proves the result."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from haji_portal.rawat import cadangan, pulih
from haji_portal.rawat.arsip import CadanganRusak


class Command(BaseCommand):
    help = "Pulihkan cadangan ke basis data dan folder yang kosong, lalu buktikan riwayatnya."
    # The database may be empty: that is the usual case here.
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("berkas", nargs="?", type=Path, help="cadangan; tanpa ini: sebutkan yang ada")
        parser.add_argument("--timpa", action="store_true", help="sisihkan isi yang sekarang, jangan menolak")
        parser.add_argument("--tanpa-sidik", action="store_true", help="berkas .sha256 hilang: percayai isinya saja")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["berkas"] is None:
            self._sebutkan()
            return
        berkas: Path = options["berkas"]
        jalur = berkas if berkas.exists() else Path(settings.CADANGAN_DIR) / berkas
        try:
            manifes = pulih.pulihkan(
                jalur, settings.CADANGAN_FRASA, timpa=options["timpa"], sidik=not options["tanpa_sidik"]
            )
        except CadanganRusak as galat:
            raise CommandError(str(galat)) from galat
        if manifes["jenis"] == "lengkap":
            pulih.buktikan(manifes)
        self.stdout.write(f"{jalur.name} dipulihkan: {len(manifes['berkas'])} isi, keadaan {manifes['dibuat']}.")

    def _sebutkan(self) -> None:
        ada = cadangan.daftar(Path(settings.CADANGAN_DIR))
        for waktu, jalur in ada:
            self.stdout.write(f"{jalur.name}  {waktu:%d-%m-%Y %H.%M} UTC  {jalur.stat().st_size} byte")
        if not ada:
            self.stdout.write(f"Belum ada cadangan di {settings.CADANGAN_DIR}.")
