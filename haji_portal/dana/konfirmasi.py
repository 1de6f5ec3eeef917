"""Asking BPKH about the money of a porsi, and what the portal's own book says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.jalankan import buka
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Sistem

from .buku import saldo_banyak
from .models import Akun, Unsur
from .pengembalian import setoran_perkara

if TYPE_CHECKING:
    from .models import KonfirmasiSaldo


def tanyakan_saldo(perkara: Perkara, tentang: str, jumlah: int) -> KonfirmasiSaldo:
    """Open the question as a child of this case. Inside the step's transaction.

    jumlah: whole rupiah. Raises LangkahGagal when there is nothing to ask about, SudahAda while a question is open.
    """
    from .models import KonfirmasiSaldo

    if jumlah <= 0:
        raise LangkahGagal("Porsi ini tidak mempunyai setoran yang dapat ditanyakan kepada BPKH.")
    isian = {
        "induk_id": perkara.pk, "pemohon": perkara.pemohon, "porsi": perkara.porsi, "tentang": tentang,
        "jumlah": jumlah,
    }  # fmt: skip
    hasil = buka(KonfirmasiSaldo, kantor=perkara.kantor, oleh=Sistem("dana.tanyakan_saldo"), isian=isian)
    return hasil.perkara  # type: ignore[return-value]


def jumlah_setoran(perkara: Perkara) -> int:
    """All deposits of the case's porsi, whole rupiah."""
    return sum(int(s.jumlah) for s in setoran_perkara(perkara))


def jumlah_keluar(perkara: Perkara) -> int:
    """What of the deposits was paid out by the portal's book; all of them where the book saw no payment."""
    setoran = setoran_perkara(perkara)
    saldo = saldo_banyak([s.pk for s in setoran]).values()
    return sum(satu[Akun.PENERIMA][Unsur.SETORAN] for satu in saldo) or sum(int(s.jumlah) for s in setoran)
