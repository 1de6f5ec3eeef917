"""After KUNCI_HASH was changed, with the portal stopped: makes the stored hashes fit the new key."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from haji_portal.rawat.kunci import KunciGagal, cocok, hash_ulang


class Command(BaseCommand):
    help = "Hitung ulang semua hash NIK dan kunci perkara dengan KUNCI_HASH yang sekarang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--periksa", action="store_true", help="hanya periksa apakah kuncinya cocok")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["periksa"]:
            if not cocok():
                raise CommandError(
                    "KUNCI_HASH tidak cocok dengan data. Pasang kunci lama atau jalankan ganti_kunci_hash."
                )
            self.stdout.write("KUNCI_HASH cocok dengan data.")
            return
        try:
            hasil = hash_ulang()
        except KunciGagal as galat:
            raise CommandError(str(galat)) from galat
        self.stdout.write(
            f"{hasil.orang} orang dan {hasil.kunci} kunci perkara dihitung ulang; {hasil.token} token API dicabut."
        )
