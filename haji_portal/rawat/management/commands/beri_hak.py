"""After every migration, as the owner of the tables: gives the portal's role what it needs and nothing more."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from haji_portal.rawat.hak import HakGagal, beri_hak, periksa_hak


class Command(BaseCommand):
    help = "Beri peran aplikasi hak seperlunya pada semua tabel PostgreSQL; jalankan sebagai pemilik tabel."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("peran", help="peran basis data yang dipakai portal")
        parser.add_argument("--periksa", action="store_true", help="hanya periksa, jangan ubah")

    def handle(self, *args: Any, **options: Any) -> None:
        peran = options["peran"]
        try:
            jumlah = 0 if options["periksa"] else beri_hak(peran)
            temuan = periksa_hak(peran)
        except HakGagal as galat:
            raise CommandError(str(galat)) from galat
        for kalimat in temuan:
            self.stdout.write(kalimat)
        if temuan:
            raise CommandError(f"{len(temuan)} hak tidak sesuai.")
        self.stdout.write(
            f"Hak {peran} sesuai." if options["periksa"] else f"Hak {peran} diberikan pada {jumlah} tabel."
        )
