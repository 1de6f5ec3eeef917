"""Proves that the book of money adds up, or says where it does not (exit 1)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from haji_portal.dana.models import Posting
from haji_portal.dana.periksa import periksa_buku

BATAS_CETAK = 200


class Command(BaseCommand):
    help = "Jumlahkan ulang seluruh buku dana dan periksa penjaga basis datanya."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--hanya-baca", action="store_true", help="hasilnya tidak dicatat, basis data tetap sama")

    def handle(self, *args: Any, **options: Any) -> None:
        temuan = periksa_buku(catat=not options["hanya_baca"])
        for kalimat in temuan[:BATAS_CETAK]:
            self.stdout.write(kalimat)
        jumlah = f"{Posting.objects.count()} pembukuan"
        if temuan:
            raise CommandError(f"Buku dana TIDAK utuh: {len(temuan)} temuan pada {jumlah}.", returncode=1)
        self.stdout.write(f"Buku dana utuh: {jumlah}.")
