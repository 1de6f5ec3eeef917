"""`manage.py isi_demo`: invented people and about 200 cases in all stages; demo mode only.

A fill that was interrupted goes on where it stopped; a portal with other accounts is left alone.
"""

from __future__ import annotations

import logging
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from haji_portal.akun.demo import daftar_akun, isi_akun
from haji_portal.akun.models import Pengguna
from haji_portal.alur.apps import layanan_aktif
from haji_portal.kabar.demo import nyalakan_sms
from haji_portal.ptsp.antrean.demo import isi_antrean
from haji_portal.ptsp.pelayanan.demo import isi as isi_pelayanan
from haji_portal.ptsp.survei.contoh import isi_survei
from haji_portal.surat.demo import isi_identitas


class Command(BaseCommand):
    help = "Isi data contoh (khusus mode demo)."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--jumlah", type=int, default=200, help="Banyaknya perkara contoh.")

    def handle(self, *args: Any, jumlah: int = 200, **options: Any) -> None:
        if not settings.HAJI_DEMO:
            raise CommandError("Mode demo tidak aktif (HAJI_DEMO=0).")
        if Pengguna.objects.exclude(username__in=[nama for nama, *_ in daftar_akun()]).exists():
            self.stdout.write("Sudah ada akun yang bukan akun contoh; data contoh tidak ditambahkan.")
            return
        logging.getLogger("fontTools").setLevel(logging.ERROR)
        if not Pengguna.objects.exists():
            isi_akun(settings.HAJI_DEMO_SANDI)
        nyalakan_sms()
        isi_identitas()
        for config in layanan_aktif():
            if find_spec(f"{config.name}.demo"):
                dibuat = import_module(f"{config.name}.demo").isi(jumlah, self._lapor)
                self.stdout.write(f"{config.verbose_name}: {dibuat} perkara contoh.")
        self.stdout.write(f"Antrean: {isi_antrean()} nomor contoh.")
        dibuat = isi_pelayanan(jumlah, self._lapor)
        self.stdout.write(f"Pelayanan PTSP: {dibuat} perkara contoh, dengan agenda surat masuk dan disposisi.")
        self.stdout.write(f"Survei kepuasan: {isi_survei()} jawaban contoh.")

    def _lapor(self, selesai: int) -> None:
        """A first start takes a minute or two: say that it goes on."""
        if selesai % 40 == 0:
            self.stdout.write(f"  {selesai} perkara contoh ...")
            self.stdout.flush()
