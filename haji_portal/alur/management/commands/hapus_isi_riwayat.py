"""`manage.py hapus_isi_riwayat LTM-PD-26-7K2M9Q --langkah tolak --alasan "..." [--jalankan]`: lawful erasure."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.models import Perkara, Riwayat
from haji_portal.alur.rantai import hapus_isi_perkara, periksa_perkara
from haji_portal.alur.tampil_waktu import saat


class Command(BaseCommand):
    """Without --jalankan it only shows what would go: there is no way back. Values themselves are never printed."""

    help = "Menghapus isi langkah (teks dan nilai isian) menurut hukum; langkahnya sendiri dan rantainya tetap."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("nomor", help="Nomor perkara.")
        parser.add_argument("--langkah", action="append", default=[], help="Hanya langkah ini (boleh berulang).")
        parser.add_argument("--urut", action="append", type=int, default=[], help="Hanya langkah ke- ini.")
        parser.add_argument("--alasan", required=True, help="Dasar hukum dan nomor permohonan, tanpa data pribadi.")
        parser.add_argument("--jalankan", action="store_true", help="Benar-benar hapus; tanpa ini hanya diperlihatkan.")

    def handle(self, *args: Any, **options: Any) -> None:
        perkara = Perkara.objects.filter(nomor=options["nomor"]).select_related("kantor").first()
        if perkara is None:
            raise CommandError("Perkara ini tidak ada.")
        alasan = options["alasan"].strip()
        if len(alasan) < 10:
            raise CommandError("Tuliskan dasar dan nomor permohonannya, sedikitnya 10 huruf.")
        rows = self._pilih(perkara, options)
        for row in rows:
            kapan = saat(row.waktu, perkara.kantor.zona_waktu)
            self.stdout.write(f"  {row.urut}. {row.label}, {kapan}: {', '.join(sorted(row.isi.isi)) or 'tanpa isian'}")
        if not options["jalankan"]:
            self.stdout.write(
                f"{len(rows)} langkah akan dihapus isinya. Ulangi dengan --jalankan; tidak dapat dibatalkan."
            )
            return
        try:
            jumlah = hapus_isi_perkara(perkara, [r.pk for r in rows], alasan)
        except LangkahGagal as galat:
            raise CommandError(galat.kalimat) from galat
        if temuan := periksa_perkara(perkara.pk):
            raise CommandError("Sesudah penghapusan: " + "; ".join(map(str, temuan)))
        self.stdout.write(f"{jumlah} langkah dihapus isinya dan dicatat dalam riwayat. Rantai riwayat tetap utuh.")

    def _pilih(self, perkara: Perkara, options: dict[str, Any]) -> list[Riwayat]:
        """The chosen steps that still hold something."""
        rows = Riwayat.objects.filter(perkara=perkara).exclude(isi__garam="").select_related("isi").order_by("urut")
        if options["langkah"]:
            rows = rows.filter(langkah__in=options["langkah"])
        if options["urut"]:
            rows = rows.filter(urut__in=options["urut"])
        # The record of an erasure names no person and stays.
        hasil = list(rows.exclude(langkah="hapus_isi"))
        if not hasil:
            raise CommandError("Tidak ada langkah yang cocok, atau isinya sudah dihapus.")
        return hasil
