"""`manage.py muat_acuan`: offices, SOP tables, rules, closed services, holidays, documents, letter numbers, queues.

Idempotent.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from haji_portal.akun.muat import muat_kantor
from haji_portal.alur.muat import muat_aturan, muat_libur, muat_penutupan, muat_sop
from haji_portal.berkas.muat import muat_syarat
from haji_portal.ptsp.antrean.bawaan import muat_antrean
from haji_portal.surat.nomor import muat_pola


class Command(BaseCommand):
    help = "Muat data acuan: kantor, SOP, aturan, hari libur, syarat berkas, pola nomor surat, antrean."

    def handle(self, *args: Any, **options: Any) -> None:
        tahun = timezone.localdate().year
        kantor, sop = muat_kantor(), muat_sop()
        muat_aturan()
        muat_penutupan()
        muat_libur(tahun - 2, tahun + 2)
        syarat, pola = muat_syarat(), muat_pola()
        muat_antrean()
        self.stdout.write(f"Acuan: {kantor} kantor, {sop} tabel SOP, {syarat} syarat berkas, {pola} pola nomor.")
