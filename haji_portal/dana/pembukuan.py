"""What each step of a refund writes into the book: one place, so that the machine reads as the SOP.

The reference in the book is `rujukan()`, and the instant is the step's. A step that is repeated finds its
movement in the book and writes nothing; SaldoKurang and BukuGanda take the step back with their sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from haji_portal.alur.galat import LangkahGagal

from . import buku
from .pengembalian import setoran_perkara

if TYPE_CHECKING:
    from haji_portal.alur.models import Permohonan
    from haji_portal.jemaah.models import Setoran

    from .models import KonfirmasiSaldo, Pengembalian


def rujukan(p: Pengembalian) -> str:
    """Under which name the book knows the present reservation: the refund's number, numbered on when it was reopened.

    The partners know the number alone.
    """
    return p.nomor if p.pesanan_ke == 1 else f"{p.nomor}.{p.pesanan_ke}"


def pesan(p: Pengembalian) -> None:
    """bpkh -> dipesan for every deposit of the case. Raises LangkahGagal when there is nothing to pay back."""
    setoran = setoran_perkara(p.induk) if p.induk else []
    if not setoran or not p.jumlah_setoran:
        raise LangkahGagal("Perkara ini tidak mempunyai setoran yang dapat dikembalikan.")
    buku.pesan(rujukan(p), setoran, p.jumlah_setoran, p, waktu=p.waktu)


def terbit_spm(p: Pengembalian) -> None:
    """dipesan -> spm, and the yield that BPKH adds. Raises LangkahGagal while the yield is not known."""
    if p.nilai_manfaat is None:
        raise LangkahGagal("Nilai manfaat pada SPM belum dicatat.")
    buku.terbit_spm(rujukan(p), p, nilai_manfaat=p.nilai_manfaat, waktu=p.waktu)


def ditransfer(p: Pengembalian) -> None:
    """spm -> bps."""
    buku.ditransfer(rujukan(p), p, waktu=p.waktu)


def sesuaikan_manfaat(p: Pengembalian, nilai_manfaat: int) -> None:
    """The bank paid another yield than the SPM named: the difference joins, or leaves, the money on its way."""
    selisih = nilai_manfaat - (p.nilai_manfaat or 0)
    if selisih:
        buku.sesuaikan_manfaat(rujukan(p), p, selisih, waktu=p.waktu)
    p.nilai_manfaat = nilai_manfaat


def diterima(p: Pengembalian) -> None:
    """bps -> penerima."""
    buku.diterima(rujukan(p), p, waktu=p.waktu)


def susulkan(p: Pengembalian) -> None:
    """All movements up to `diterima` that are not in the book yet, in their order."""
    terbit_spm(p)
    ditransfer(p)
    diterima(p)


def lepas(p: Pengembalian) -> None:
    """The partner said no: back to bpkh from wherever it stands."""
    buku.lepas_pesanan(rujukan(p), p, waktu=p.waktu)


def retur(p: Pengembalian) -> None:
    """It bounced: from bps or penerima back to bpkh, the yield with it."""
    buku.retur(rujukan(p), p, waktu=p.waktu)


def reversal(setoran: Setoran, perkara: Permohonan) -> None:
    """The bank undid the deposit: bpkh -> luar."""
    buku.reversal(perkara.nomor, setoran, perkara, waktu=perkara.waktu)


def disetor_kembali(k: KonfirmasiSaldo) -> None:
    """What the pilgrim returned: penerima -> bpkh, the deposits only."""
    buku.disetor_kembali(k.nomor, setoran_perkara(k), k, waktu=k.waktu)
