"""The cases of a journal as lines: one source for the page, for the paper and for the files."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from haji_portal.jemaah.models import Setoran

from .models import Jurnal, Pembatalan
from .tahap import VALIDASI, Status


@dataclass(frozen=True)
class Baris:
    """One cancelled case; amounts in rupiah, `berjalan` is the sum up to and including this line."""

    urut: int
    perkara: Pembatalan
    identitas: str
    kantor: str
    nama: str
    bank: str
    rekening: str
    atas_nama: str
    jumlah: int
    berjalan: int


@dataclass(frozen=True)
class JumlahBank:
    """What one bank is to pay out."""

    bank: str
    banyak: int
    jumlah: int


def baris_jurnal(jurnal: Jurnal) -> list[Baris]:
    """In the order of the cases' opening; a porsi counts with all its deposits. Two queries for any length."""
    perkara = list(jurnal.isi.select_related("pemohon", "porsi", "setoran", "rekening", "kantor").order_by("pk"))
    milik: dict[int, int] = defaultdict(int)
    porsi = Setoran.objects.filter(porsi__in=[p.porsi_id for p in perkara if p.porsi_id])
    for porsi_id, nilai in porsi.values_list("porsi", "jumlah"):
        milik[porsi_id] += int(nilai)
    baris, berjalan = [], 0
    for urut, p in enumerate(perkara, start=1):
        jumlah = milik[p.porsi_id] if p.porsi_id else int(p.setoran.jumlah)
        berjalan += jumlah
        baris.append(
            Baris(
                urut, p, p.porsi.nomor if p.porsi else p.setoran.nomor_validasi, p.kantor.tempat, p.pemohon.nama,
                p.rekening.bank, p.rekening.nomor, p.rekening.atas_nama, jumlah, berjalan,
            )
        )  # fmt: skip
    return baris


def jumlah_per_bank(baris: list[Baris]) -> list[JumlahBank]:
    """Totals by the bank that holds the account, in the order of their names."""
    per_bank: dict[str, list[int]] = defaultdict(list)
    for satu in baris:
        per_bank[satu.bank].append(satu.jumlah)
    return [JumlahBank(bank, len(jumlah), sum(jumlah)) for bank, jumlah in sorted(per_bank.items())]


def menunggu_jurnal(macam: str) -> QuerySet[Pembatalan]:
    """Cancelled cases of a kind that stand in no journal yet, the oldest first."""
    validasi = Q(sebab__in=VALIDASI)
    milik = validasi if macam == Jurnal.Macam.VALIDASI else ~validasi
    return Pembatalan.objects.filter(milik, tahap=Status.DIBATALKAN).order_by("pk")
