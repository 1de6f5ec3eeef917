"""Verification of the history: every chain link by link, and against the number of steps the case itself counts.

What a chain alone cannot show (a whole case removed, a tail cut together with the counter, a chain computed anew) the
daily seals show: `segel.periksa_segel`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db import transaction

from .jalankan import catat_kejadian
from .models import Perkara, Permohonan, Riwayat, RiwayatIsi
from .pelaku import Sistem


@dataclass(frozen=True)
class Temuan:
    """One thing that is wrong. `perkara` is the id, `nomor` empty when the case itself is gone; `urut` the row."""

    perkara: int | None
    nomor: str
    urut: int | None
    kalimat: str

    def __str__(self) -> str:
        perkara = f"Perkara {self.nomor or f'id {self.perkara}'}" if self.perkara is not None else "Segel"
        urut = f", langkah ke-{self.urut}" if self.urut is not None else ""
        return f"{perkara}{urut}: {self.kalimat}"


def periksa_rantai() -> list[Temuan]:
    """Findings of all chains. Reads without a lock; what looks wrong is read again under the case's lock.

    So the portal works on meanwhile, and a step taken between two reads is no finding. Memory grows with the number
    of cases, not of steps.
    """
    versi = dict(Perkara.objects.order_by().values_list("pk", "versi"))
    rows = Riwayat.objects.select_related("isi").order_by("perkara_id", "urut", "pk")
    curiga = []
    for pk, rantai in groupby(rows.iterator(chunk_size=2000), key=lambda r: r.perkara_id):
        if any(_periksa_satu(list(rantai), versi.pop(pk, None))):
            curiga.append(pk)
    return [temuan for pk in [*curiga, *versi] for temuan in periksa_perkara(pk)]


def periksa_perkara(pk: int) -> list[Temuan]:
    """Findings of one case, under its lock."""
    with transaction.atomic():
        kepala = Perkara.objects.select_for_update().filter(pk=pk).first()
        rantai = list(Riwayat.objects.filter(perkara_id=pk).select_related("isi").order_by("urut", "pk"))
        nomor, versi = (kepala.nomor, kepala.versi) if kepala else ("", None)
        return [Temuan(pk, nomor, urut, kalimat) for urut, kalimat in _periksa_satu(rantai, versi)]


def hapus_isi(riwayat: Riwayat) -> bool:
    """The lawful erasure of a step's content: salt and values are emptied, the chain stays whole and verifiable.

    Without the salt the hash that stays says nothing about what was erased. False when it was erased before.
    `hapus_isi_perkara` records who asked and why as a step of its own.
    """
    return bool(RiwayatIsi.objects.filter(pk=riwayat.pk).exclude(garam="").update(garam="", isi={}))


def hapus_isi_perkara(perkara: Perkara, riwayat: Sequence[int], alasan: str) -> int:
    """Erase the content of these steps of one case and record it as a step of its own; returns how many held any.

    alasan: the legal ground and the request's number. The record holds it and the steps' numbers, nothing of what was
    erased. All or nothing, under the case's lock. Raises Basi when the case moves at this very moment.
    """

    def ubah(rinci: Permohonan) -> None:
        for row in rows:
            hapus_isi(row)

    versi = Perkara.objects.values_list("versi", flat=True).get(pk=perkara.pk)
    rows = list(Riwayat.objects.filter(perkara=perkara, pk__in=riwayat).exclude(isi__garam="").order_by("urut"))
    isi = {"alasan": alasan, "urut": [r.urut for r in rows]}
    catat_kejadian(perkara, "hapus_isi", "Hapus isi menurut hukum", Sistem("hapus_isi"), versi, isi, ubah)
    return len(rows)


def _periksa_satu(rantai: list[Riwayat], versi: int | None) -> Iterator[tuple[int | None, str]]:
    hash_sebelum, harus = "", 1
    for row in rantai:
        if row.urut != harus:
            yield row.urut, f"urutan tidak bersambung, seharusnya langkah ke-{harus}"
        if row.hash_sebelum != hash_sebelum:
            yield row.urut, "tidak bersambung dengan langkah sebelumnya"
        if row.hash != row.hitung_hash():
            yield row.urut, "catatan langkah telah diubah"
        if row.versi != row.urut - 1:
            yield row.urut, "nomor versi tidak cocok dengan urutan langkah"
        if kalimat := _periksa_isi(row):
            yield row.urut, kalimat
        hash_sebelum, harus = row.hash, row.urut + 1
    if versi is None:
        yield None, "perkaranya tidak ada lagi"
    elif not rantai:
        yield None, "tidak mempunyai riwayat sama sekali"
    elif versi != harus - 1:
        yield harus - 1, f"langkah terakhir, padahal perkara mencatat {versi} langkah"


def _periksa_isi(row: Riwayat) -> str:
    try:
        isi = row.isi
    except RiwayatIsi.DoesNotExist:
        return "isi langkah hilang"
    if not isi.garam and isi.isi == {}:
        return ""  # erased by law
    if row.isi_hash != RiwayatIsi.hitung_hash(isi.garam, isi.isi):
        return "isi langkah telah diubah"
    return ""
