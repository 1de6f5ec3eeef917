"""Invented statements and books that agree, and faults planted into them, each with the class that must find it."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field, replace

from haji_portal.dana.models import BarisRekonsiliasi, Pengembalian
from haji_portal.dana.rekonsiliasi.kelas import Bayaran
from haji_portal.dana.rekonsiliasi.mutasi import BarisMutasi

Kelas, Status = BarisRekonsiliasi.Kelas, Pengembalian.Status
HARI = datetime.date(2026, 11, 20)
HURUF = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BERITA = ("{}", "REFUND HAJI {} BPKH", "trf/{}/2026", "PENGEMBALIAN SETORAN {}.", "{} KD")
MACAM = tuple(k for k in Kelas.values if k != Kelas.COCOK)


@dataclass
class Dunia:
    """harap: class per row number of the statement, and per refund number where the row is missing."""

    baris: list[BarisMutasi]
    bayaran: dict[str, Bayaran]
    diharapkan: set[str]
    harap: dict[int, str] = field(default_factory=dict)
    hilang: set[str] = field(default_factory=set)


def nomor(ke: int) -> str:
    kode = ""
    for _ in range(6):
        ke, sisa = divmod(ke, 32)
        kode = HURUF[sisa] + kode
    return f"LTM-KD-26-{kode}"


def bayaran(ke: int, acak: random.Random, status: str = Status.DITRANSFER) -> Bayaran:
    hari = HARI - datetime.timedelta(days=acak.choice((0, 0, 0, 1, 3)))
    return Bayaran(
        ke + 1, nomor(ke), status, acak.choice((25_000_000, 55_500_000)), acak.randrange(0, 3_000_000), "Bank Contoh",
        f"70{ke:08d}", f"CONTOH KE {'ABCDEFGHIJ'[ke % 10]} {'BINTI' * (ke % 3)} SESEORANG", hari, (hari,),
    )  # fmt: skip


def baris(ke: int, p: Bayaran, acak: random.Random) -> BarisMutasi:
    """A row about this payment as one bank or another prints it: all of them agree with the book."""
    nama = acak.choice((p.atas_nama, p.atas_nama.lower(), p.atas_nama.replace(" ", "  "), p.atas_nama[:20], ""))
    return BarisMutasi(
        ke, HARI, acak.choice(BERITA).format(p.nomor), f"RRN{ke:09d}", p.jumlah, "IDR", acak.choice((p.rekening, "")),
        nama,
    )  # fmt: skip


def dunia(jumlah: int, cacat: int, benih: int) -> Dunia:
    """`jumlah` payments with one row each, of which `cacat` have one fault, all kinds in turn."""
    acak = random.Random(benih)
    semua = [bayaran(ke, acak, acak.choice((Status.DITRANSFER, Status.DITERIMA))) for ke in range(jumlah)]
    d = Dunia([], {p.nomor: p for p in semua}, {p.nomor for p in semua})
    rusak = dict(zip(acak.sample(range(jumlah), cacat), (MACAM * (cacat // len(MACAM) + 1))[:cacat], strict=True))
    ekor: list[tuple[BarisMutasi, str]] = []
    for ke, p in enumerate(semua):
        b = baris(len(d.baris) + 1, p, acak)
        tanam(d, b, p, rusak.get(ke, Kelas.COCOK), ekor, acak)
    for b, kelas in ekor:
        b = replace(b, urut=len(d.baris) + 1)
        d.baris.append(b)
        d.harap[b.urut] = kelas
    return d


def tanam(d: Dunia, b: BarisMutasi, p: Bayaran, kelas: str, ekor: list, acak: random.Random) -> None:
    """Plant one fault of that class, or none."""
    if kelas == Kelas.TIADA_SANA:
        d.hilang.add(p.nomor)
        return
    if kelas == Kelas.GANDA:
        ekor.append((replace(b, rujukan_bank=f"X{b.urut}"), kelas))
        kelas = Kelas.COCOK
    elif kelas == Kelas.RUJUKAN:
        # The row names nobody, so the book's payment is missing on the other side, too.
        ekor.append((replace(b, rujukan=acak.choice(("SETORAN TUNAI", "", f"ZZZ{p.nomor[3:]}"))), kelas))
        d.bayaran.pop(p.nomor)
        d.diharapkan.discard(p.nomor)
        return
    elif kelas == Kelas.TIADA_SINI:
        d.bayaran[p.nomor] = replace(p, status=acak.choice((Status.DIUSULKAN, Status.DIAJUKAN, Status.DIHENTIKAN)))
        d.diharapkan.discard(p.nomor)
    b = replace(b, **cacat(b, p, kelas, acak))
    d.baris.append(b)
    d.harap[b.urut] = kelas


def cacat(b: BarisMutasi, p: Bayaran, kelas: str, acak: random.Random) -> dict:
    jauh = datetime.timedelta(days=acak.choice((-30, -7, 10, 400)))
    letak = acak.randrange(len(p.rekening))
    lain = p.rekening[:letak] + str((int(p.rekening[letak]) + 1) % 10) + p.rekening[letak + 1 :]
    return {
        Kelas.JUMLAH: {"jumlah": b.jumlah + acak.choice((-1, 1, 10, -p.setoran, 900_000))},
        Kelas.REKENING: {"rekening": lain},
        Kelas.NAMA: {"atas_nama": acak.choice(("ORANG LAIN SAMA SEKALI", "SESEORANG", "X"))},
        Kelas.TANGGAL: {"tanggal": b.tanggal + jauh},
        Kelas.DIKEMBALIKAN: {"status": "dikembalikan"},
        Kelas.MATA_UANG: {"mata_uang": acak.choice(("USD", "SAR"))},
        Kelas.STATUS: {"status": "gagal"},
    }.get(Kelas(kelas), {})  # fmt: skip
