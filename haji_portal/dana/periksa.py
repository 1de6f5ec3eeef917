"""Adds the whole book up again: every night by the scheduler, at any time by `manage.py periksa_buku`."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Sum
from django.utils import timezone

from haji_portal.alur.pemicu import TANPA_PENJAGA, pemicu_terpasang

from .models import Akun, Baris, PeriksaBuku, Posting, Unsur

log = logging.getLogger(__name__)
SUMBER = (Akun.LUAR, Akun.NILAI_MANFAAT)
"""Where money comes from: their sums are never positive, all other accounts' never negative."""


def periksa_buku(*, catat: bool = True) -> list[str]:
    """Sentences about what is wrong in the book, without names or numbers of people; the result is kept (`catat`).

    A handful of queries over all lines, whatever their number; no personal data is read.
    """
    temuan = list(_temuan())
    jumlah = Posting.objects.count()
    if catat:
        PeriksaBuku.objects.create(waktu=timezone.now(), pembukuan=jumlah, temuan=len(temuan))
    if temuan:
        log.error("Buku dana TIDAK utuh: %d temuan pada %d pembukuan.", len(temuan), jumlah)
    return temuan


def _temuan() -> Iterator[str]:
    if not pemicu_terpasang():
        yield TANPA_PENJAGA
    yield from _pembukuan()
    yield from _saldo()
    yield from _setoran()


def _pembukuan() -> Iterator[str]:
    for pk, n in Posting.objects.order_by().annotate(n=Count("baris")).filter(n__lt=2).values_list("pk", "n"):
        yield f"Pembukuan {pk}: hanya {n} baris."
    tanpa_induk = ~Exists(Posting.objects.filter(pk=OuterRef("posting_id")))
    for baris in Baris.objects.order_by("pk").filter(tanpa_induk).values_list("pk", flat=True):
        yield f"Baris {baris}: pembukuannya tidak ada."
    jumlah = Baris.objects.order_by().values("posting_id", "unsur").annotate(n=Sum("jumlah")).exclude(n=0)
    for pk, unsur, n in jumlah.values_list("posting_id", "unsur", "n"):
        yield f"Pembukuan {pk}: {Unsur(unsur).label.lower()} berselisih {n} rupiah."


def _saldo() -> Iterator[str]:
    kelompok = Baris.objects.order_by().values("posting__setoran", "akun", "unsur").annotate(n=Sum("jumlah"))
    salah = kelompok.filter(akun__in=SUMBER, n__gt=0) | kelompok.exclude(akun__in=SUMBER).filter(n__lt=0)
    for pk, akun, unsur, n in salah.values_list("posting__setoran", "akun", "unsur", "n"):
        yield f"Setoran {pk}: {Akun(akun).label} ({Unsur(unsur).label.lower()}) {n} rupiah."


def _setoran() -> Iterator[str]:
    """The deposit's own row against what was booked for it: somebody changed one of the two."""
    masuk = Baris.objects.filter(posting__jenis=Posting.Jenis.SETORAN, akun=Akun.LUAR)
    beda = masuk.order_by().exclude(posting__setoran__jumlah=-F("jumlah"))
    for pk, n, harus in beda.values_list("posting__setoran", "jumlah", "posting__setoran__jumlah"):
        yield f"Setoran {pk}: dibukukan {-n} rupiah, tercatat {harus} rupiah."
