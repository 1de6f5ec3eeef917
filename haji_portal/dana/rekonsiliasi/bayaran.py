"""The book's side of a reconciliation: the refunds that a statement names, and those that it ought to name."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.kantor import bank_kantor

from ..models import BarisRekonsiliasi, Mitra, Pengembalian, Posting, Rekonsiliasi
from .kelas import Bayaran
from .mutasi import BERHASIL, DIKEMBALIKAN

Status = Pengembalian.Status
SEKELOMPOK = 500
"""Numbers that are looked up with the same query."""
KOLOM = (
    "pk", "nomor", "status", "jumlah_setoran", "nilai_manfaat", "rekening__bank", "rekening__nomor",
    "rekening__atas_nama", "tanggal_spm", "dibuka", "tanggal_transfer", "tanggal_terima",
)  # fmt: skip


def milik(mitra: str, kantor: Kantor) -> QuerySet[Pengembalian]:
    """The refunds that this partner pays: BPKH all, a bank those into its own accounts."""
    semua = Pengembalian.objects.all()
    return semua if mitra == Mitra.BPKH else semua.filter(bank_kantor(kantor, "rekening__bank"))


def bayaran_bernomor(mitra: str, kantor: Kantor, nomor: Iterable[str]) -> dict[str, Bayaran]:
    """The partner's refunds by number; one query for every SEKELOMPOK numbers."""
    hasil: dict[str, Bayaran] = {}
    for bagian in potong({n for n in nomor if n}):
        for kolom in milik(mitra, kantor).filter(nomor__in=bagian).values_list(*KOLOM):
            hasil[kolom[1]] = _bayaran(kolom)
    return hasil


def bayaran_hari(mitra: str, kantor: Kantor, hari: datetime.date) -> dict[str, Bayaran]:
    """What the book says was transferred on that day: a whole statement of the day has to name it."""
    terkirim = Exists(Posting.objects.filter(perkara=OuterRef("pk"), jenis=Posting.Jenis.TRANSFER))
    sudah = Q(status__in=[Status.DITRANSFER, Status.DITERIMA, Status.RETUR]) | (Q(status=Status.BELUM_PASTI) & terkirim)
    pada = Q(tanggal_transfer=hari) | Q(tanggal_transfer__isnull=True, tanggal_terima=hari)
    rows = milik(mitra, kantor).filter(pada, sudah).values_list(*KOLOM)
    return {kolom[1]: _bayaran(kolom) for kolom in rows}


def disebut_hari_lain(r: Rekonsiliasi, pk: Iterable[int]) -> set[int]:
    """Which of these refunds a statement of another day names."""
    return {b[0] for b in _baris_lain(r, pk, rekonsiliasi__tanggal__gt=r.tanggal)} | {
        b[0] for b in _baris_lain(r, pk, rekonsiliasi__tanggal__lt=r.tanggal)
    }


def disebut_sebelumnya(r: Rekonsiliasi, pk: Iterable[int]) -> set[tuple[int, str]]:
    """(refund, status) of payments and returns that a statement of an earlier day has."""
    saring = {"rekonsiliasi__tanggal__lt": r.tanggal, "status__in": [BERHASIL, DIKEMBALIKAN]}
    return {(b[0], b[1]) for b in _baris_lain(r, pk, **saring)}


def hari_tersentuh(r: Rekonsiliasi, pk: Iterable[int]) -> set[int]:
    """The other reconciliations in force that class any of these refunds."""
    lain = Rekonsiliasi.objects.filter(mitra=r.mitra, kantor=r.kantor, berlaku=True).exclude(pk=r.pk)
    if not lain.exists():
        return set()
    bagian = (lain.filter(baris__perkara__in=satu).order_by().values_list("pk", flat=True) for satu in potong(set(pk)))
    return {satu for rows in bagian for satu in rows.distinct()}


def potong(nilai: Iterable[Any]) -> Iterator[list[Any]]:
    """In groups of SEKELOMPOK."""
    sisa = iter(nilai)
    while bagian := list(islice(sisa, SEKELOMPOK)):
        yield bagian


def _baris_lain(r: Rekonsiliasi, pk: Iterable[int], **saring: Any) -> Iterator[tuple[int, str]]:
    """(refund, status) of the partner's statement rows in force that name one of these refunds."""
    rows = BarisRekonsiliasi.objects.filter(
        rekonsiliasi__mitra=r.mitra, rekonsiliasi__kantor=r.kantor, rekonsiliasi__berlaku=True, kunci__startswith="m",
        **saring,
    )  # fmt: skip
    if not rows.exists():
        return
    for bagian in potong(set(pk)):
        yield from rows.filter(perkara__in=bagian).values_list("perkara_id", "status")  # type: ignore[misc]


def _bayaran(kolom: tuple[Any, ...]) -> Bayaran:
    pk, nomor, status, setoran, manfaat, bank, rekening, nama, spm, dibuka, transfer, terima = kolom
    return Bayaran(
        pk, nomor, str(status), setoran, manfaat, bank, rekening, nama, spm or timezone.localdate(dibuka),
        tuple(h for h in (transfer, terima) if h),
    )  # fmt: skip
