"""The judgement over a statement: each of its rows, and each payment that it lacks, in exactly one class. Pure.

One pass over the rows, one over the payments: the time grows with their number and with nothing else.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from haji_portal.alur.tampil_waktu import rupiah, tanggal
from haji_portal.jemaah.nik import samarkan_rekening

from ..models import BarisRekonsiliasi, Pengembalian
from .mutasi import BERHASIL, DIKEMBALIKAN, GAGAL, TERTUNDA, BarisMutasi

Kelas, Status = BarisRekonsiliasi.Kelas, Pengembalian.Status
SEBELUM = datetime.timedelta(days=1)
SESUDAH = datetime.timedelta(days=5)
"""How far the bank's booking day may lie from the day of the transfer: clocks of three time zones, and days without
clearing."""
POTONG_NAMA = 10
"""Letters after which a bank may have cut a name."""
BELUM_DILEPAS = (Status.DISIAPKAN, Status.DIPERIKSA, Status.DIUSULKAN, Status.DIHENTIKAN)
BERJALAN = (Status.DIAJUKAN, Status.SPM_TERBIT, Status.DITRANSFER, Status.BELUM_PASTI)
TANPA_UANG = (Status.GAGAL, Status.RETUR)
DIBUKTIKAN = (Status.SPM_TERBIT, Status.BELUM_PASTI, Status.DITRANSFER)
"""Where a row that says *paid* brings the refund to its end."""


@dataclass(frozen=True)
class Bayaran:
    """One payment as the book has it. nilai_manfaat None: not known yet; hari: when it was transferred or received, as
    far as that is known; tidak_sebelum: the day of its order, or of its opening.
    """

    pk: int
    nomor: str
    status: str
    setoran: int
    nilai_manfaat: int | None
    bank: str
    rekening: str
    atas_nama: str
    tidak_sebelum: datetime.date
    hari: tuple[datetime.date, ...] = ()

    @property
    def jumlah(self) -> int:
        return self.setoran + (self.nilai_manfaat or 0)


@dataclass(frozen=True)
class Putusan:
    """The class of a row (`baris`) or, without one, of a payment that the statement does not have.

    membuktikan: the row shows that the money arrived, and the refund does not know it yet.
    """

    kelas: str
    baris: BarisMutasi | None = None
    bayaran: Bayaran | None = None
    kalimat: str = ""
    membuktikan: bool = False


def kelaskan(
    baris: Sequence[BarisMutasi], bayaran: Mapping[str, Bayaran], diharapkan: Collection[str],
    terdahulu: Collection[tuple[str, str]] = (),
) -> list[Putusan]:  # fmt: skip
    """Every row in its order, then every expected payment that no row names.

    bayaran: by our number, all that rows or `diharapkan` name; terdahulu: (our number, status) of payments
    and returns on statements of earlier days.
    """
    temu = ((b, bayaran.get(b.nomor)) for b in baris)
    hasil = [nilai_baris(b, p) if p is not None else Putusan(Kelas.RUJUKAN, b) for b, p in temu]
    _gandakan(hasil, set(terdahulu))
    _gandakan_rujukan_bank(hasil)
    disebut = {p.bayaran.nomor for p in hasil if p.bayaran is not None}
    sisa = (bayaran[n] for n in diharapkan if n not in disebut)
    return hasil + [Putusan(Kelas.TIADA_SANA, bayaran=b) for b in sorted(sisa, key=lambda b: b.nomor)]


def nilai_baris(b: BarisMutasi, p: Bayaran) -> Putusan:
    """One row against its own payment, repetitions apart."""
    if b.mata_uang != "IDR":
        return Putusan(Kelas.MATA_UANG, b, p, f"Mutasi memakai {b.mata_uang[:3]}, seharusnya rupiah.")
    return _keadaan(b, p) or _isi(b, p) or _belum_tercatat(b, p) or Putusan(Kelas.COCOK, b, p, "", _membuktikan(b, p))


def _keadaan(b: BarisMutasi, p: Bayaran) -> Putusan | None:
    """What the row says happened against what the book says happened."""
    if p.status in BELUM_DILEPAS and b.status != GAGAL:
        return _beda(Kelas.TIADA_SINI, b, p, "di portal pembayaran ini belum dilepas")
    if b.status == BERHASIL:
        if p.status == Status.DIAJUKAN:
            return _beda(Kelas.TIADA_SINI, b, p, "portal belum mengetahui SPM-nya")
        return _beda(Kelas.STATUS, b, p, "portal mencatat gagal") if p.status == Status.GAGAL else None
    if p.status in TANPA_UANG or (b.status == GAGAL and p.status in BELUM_DILEPAS):
        return _beda(Kelas.STATUS, b, p, f"portal: {_sebut(p)}") if b.status == TERTUNDA else None
    if b.status == DIKEMBALIKAN:
        return _beda(Kelas.DIKEMBALIKAN, b, p, f"portal: {_sebut(p)}")
    if b.status == TERTUNDA and p.status in BERJALAN:
        return None
    return _beda(Kelas.STATUS, b, p, f"portal: {_sebut(p)}")


def _isi(b: BarisMutasi, p: Bayaran) -> Putusan | None:
    """Account, amount, name and day, the gravest first."""
    if b.rekening and b.rekening != p.rekening:
        return Putusan(Kelas.REKENING, b, p, _rekening_lain(b.rekening, p.rekening)[:300])
    if b.jumlah < p.setoran if p.nilai_manfaat is None else b.jumlah != p.jumlah:
        return Putusan(Kelas.JUMLAH, b, p, f"Mutasi {rupiah(b.jumlah)}, seharusnya {rupiah(p.jumlah)}.")
    if b.atas_nama and not nama_sama(b.atas_nama, p.atas_nama):
        return Putusan(Kelas.NAMA, b, p, f"Mutasi atas nama {b.atas_nama}, seharusnya {p.atas_nama}."[:300])
    if not _hari_wajar(b, p):
        seharusnya = tanggal(p.hari[0]) if p.hari else f"sejak {tanggal(p.tidak_sebelum)}"
        return Putusan(Kelas.TANGGAL, b, p, f"Mutasi {tanggal(b.tanggal)}, seharusnya {seharusnya}.")
    return None


def _rekening_lain(mutasi: str, tujuan: str) -> str:
    """Masked, two accounts may look the same: then the sentence says that they are not."""
    kata, seharusnya = samarkan_rekening(mutasi), samarkan_rekening(tujuan)
    if kata == seharusnya:
        return f"Mutasi menyebut rekening lain dengan angka akhir yang sama ({kata})."
    return f"Mutasi {kata}, seharusnya {seharusnya}."


def nama_sama(a: str, b: str) -> bool:
    """The same letters, or the same beginning where a bank cut the rest."""
    x, y = ("".join(h for h in n.casefold() if h.isalpha()) for n in (a, b))
    pendek = min(x, y, key=len)
    return x == y or (len(pendek) >= POTONG_NAMA and x.startswith(pendek) and y.startswith(pendek))


def _hari_wajar(b: BarisMutasi, p: Bayaran) -> bool:
    """A refusal or a return may come any time after the transfer."""
    if b.tanggal < p.tidak_sebelum - SEBELUM:
        return False
    akhir = SESUDAH if b.status == BERHASIL else datetime.timedelta(days=3650)
    return not p.hari or any(satu - SEBELUM <= b.tanggal <= satu + akhir for satu in p.hari)


def _belum_tercatat(b: BarisMutasi, p: Bayaran) -> Putusan | None:
    """All agrees, but the book is behind: the row itself is the proof."""
    if not _membuktikan(b, p) or p.status == Status.DITRANSFER:
        return None
    kata = f"Mutasi menunjukkan dana masuk, portal: {_sebut(p)}."
    return Putusan(Kelas.STATUS, b, p, kata, membuktikan=True)


def _membuktikan(b: BarisMutasi, p: Bayaran) -> bool:
    return b.status == BERHASIL and p.status in DIBUKTIKAN


def _beda(kelas: str, b: BarisMutasi, p: Bayaran, kata: str) -> Putusan:
    return Putusan(kelas, b, p, f"Mutasi: {b.status}; {kata}.")


def _sebut(p: Bayaran) -> str:
    return f"“{Status(p.status).label}”"


def _gandakan(hasil: list[Putusan], terdahulu: set[tuple[str, str]]) -> None:
    """Of several rows that say the same of one payment the first that agrees counts, the others are repetitions."""
    kelompok: dict[tuple[str, str], list[int]] = defaultdict(list)
    for ke, p in enumerate(hasil):
        if p.baris is not None and p.bayaran is not None:
            kelompok[p.bayaran.nomor, p.baris.status].append(ke)
    for kunci, letak in kelompok.items():
        asli = -1
        if kunci not in terdahulu:
            asli = next((ke for ke in letak if hasil[ke].kelas == Kelas.COCOK or hasil[ke].membuktikan), letak[0])
        for ke in letak:
            if ke != asli:
                lain = (
                    "sudah ada pada mutasi hari sebelumnya" if asli < 0 else f"sama dengan baris {_urut(hasil[asli])}"
                )
                hasil[ke] = Putusan(Kelas.GANDA, hasil[ke].baris, hasil[ke].bayaran, f"Pembayaran ini {lain}.")


def _gandakan_rujukan_bank(hasil: list[Putusan]) -> None:
    """One transfer of a bank pays one refund: its reference under a second one is a repetition, too."""
    pertama: dict[tuple[str, str], int] = {}
    for ke, p in enumerate(hasil):
        if p.baris is None or p.bayaran is None or not p.baris.rujukan_bank or p.kelas == Kelas.GANDA:
            continue
        asli = pertama.setdefault((p.bayaran.bank.casefold(), p.baris.rujukan_bank.casefold()), ke)
        if asli != ke and (lain := hasil[asli].bayaran) is not None and lain.nomor != p.bayaran.nomor:
            kata = f"Rujukan bank yang sama ada pada baris {_urut(hasil[asli])}, untuk pengembalian lain."
            hasil[ke] = Putusan(Kelas.GANDA, p.baris, p.bayaran, kata)


def _urut(p: Putusan) -> int:
    return p.baris.urut if p.baris is not None else 0
