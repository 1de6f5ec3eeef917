"""Proves that the history is whole, or says where it is not (exit 1)."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from haji_portal.akun.models import Kantor
from haji_portal.alur.models import Perkara, Riwayat, RiwayatIsi, SegelHarian
from haji_portal.alur.pemicu import TANPA_PENJAGA, pemicu_terpasang
from haji_portal.alur.rantai import periksa_rantai
from haji_portal.alur.segel import periksa_segel

BATAS_CETAK = 200


class Command(BaseCommand):
    help = "Periksa rantai riwayat semua perkara, segel harian, dan penjaga basis data."

    def handle(self, *args: Any, **options: Any) -> None:
        jumlah = 0
        if not pemicu_terpasang():
            jumlah += 1
            self.stdout.write(TANPA_PENJAGA)
        segel = (periksa_segel(k) for k in Kantor.objects.order_by("pk"))
        for temuan in chain(periksa_rantai(), chain.from_iterable(segel)):
            jumlah += 1
            if jumlah <= BATAS_CETAK:
                self.stdout.write(str(temuan))
        ringkasan = (
            f"{Perkara.objects.count()} perkara, {Riwayat.objects.count()} langkah "
            f"({RiwayatIsi.objects.filter(garam='').count()} isinya dihapus menurut hukum), "
            f"{SegelHarian.objects.count()} segel"
        )
        if jumlah:
            raise CommandError(f"Riwayat TIDAK utuh: {jumlah} temuan pada {ringkasan}.", returncode=1)
        self.stdout.write(f"Riwayat utuh: {ringkasan}.")
