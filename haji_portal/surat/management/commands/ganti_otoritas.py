"""A new local certificate authority: yearly, or when its key may have been seen."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from haji_portal.surat.pki import ganti_akar


class Command(BaseCommand):
    help = "Ganti otoritas sertifikat lokal; surat yang sudah ditandatangani tetap sah."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ya", action="store_true", help="sungguh ganti")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["ya"]:
            raise CommandError("Kunci otoritas yang lama akan dihapus. Ulangi dengan --ya.")
        baru = ganti_akar()
        self.stdout.write(
            f"Otoritas baru: {baru.subject.rfc4514_string()}, berlaku sampai {baru.not_valid_after_utc:%d-%m-%Y}."
        )
