"""Printing a signed letter: each print is counted and remembered."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from haji_portal.akun.models import Pengguna

from .galat import SuratGagal
from .models import CetakSurat, Surat
from .terbit import isi_pdf


def cetak(surat: Surat, pengguna: Pengguna) -> bytes:
    """The signed PDF, with this print counted. Raises SuratGagal for a letter that is not in force, BerkasRusak."""
    if surat.status != Surat.Status.DITANDATANGANI:
        raise SuratGagal("Hanya surat yang sudah ditandatangani dan masih berlaku yang dapat dicetak.")
    isi = isi_pdf(surat)
    with transaction.atomic():
        kini = Surat.objects.select_for_update().get(pk=surat.pk)
        kini.dicetak += 1
        kini.save(update_fields=["dicetak"])
        CetakSurat.objects.create(surat=kini, pengguna=pengguna, waktu=timezone.now(), ke=kini.dicetak)
    surat.dicetak = kini.dicetak
    return isi
