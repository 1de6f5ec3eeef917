"""After BPKH's interface was switched on: refunds that were asked for on paper before, sent once each over it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from haji_portal.alur.tampil_waktu import tanggal
from haji_portal.dana.mitra.ulang import belum_lewat_mesin, susulkan


class Command(BaseCommand):
    help = (
        "Daftar pengembalian yang diajukan sebelum BPKH_URL dipasang. Cocokkan dengan BPKH lebih dulu: yang sudah "
        "dikerjakan BPKH dari suratnya jangan dikirim lagi. Dengan --kirim: kirim nomor yang disebut, atau semuanya."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("nomor", nargs="*", help="nomor pengembalian; kosong berarti semua")
        parser.add_argument("--kirim", action="store_true", help="kirim lewat antarmuka BPKH, masing-masing satu kali")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.BPKH_URL:
            raise CommandError("BPKH_URL belum dipasang.")
        semua = {p.nomor: (p, pelepasan) for p, pelepasan in belum_lewat_mesin()}
        pilihan = options["nomor"] or list(semua)
        if asing := [nomor for nomor in pilihan if nomor not in semua]:
            raise CommandError(f"Tidak menunggu dikirim: {', '.join(asing)}")
        for nomor in pilihan:
            p, pelepasan = semua[nomor]
            keterangan = "akan dikirim" if options["kirim"] and susulkan(pelepasan) else "belum dikirim"
            sejak = tanggal(timezone.localdate(pelepasan.waktu))
            self.stdout.write(f"{nomor}  {p.kantor.nama}  diajukan {sejak}  {keterangan}")
        self.stdout.write(f"{len(pilihan)} pengembalian.")
