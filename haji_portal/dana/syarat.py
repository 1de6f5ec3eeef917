"""Conditions of a refund's steps, each with its sentence; and the checks of amounts and references on the way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from haji_portal.alur.deklarasi import syarat
from haji_portal.alur.galat import IsianSalah
from haji_portal.alur.tampil_waktu import rupiah

if TYPE_CHECKING:
    from .models import Pengembalian

RUJUKAN_TERPAKAI = "Nomor rujukan ini sudah dipakai pengembalian lain dari bank yang sama."


@syarat("SPM belum dicatat.")
def spm_tercatat(p: Pengembalian) -> bool:
    return bool(p.nomor_spm and p.nilai_manfaat is not None)


@syarat("Transfer belum dicatat.")
def transfer_tercatat(p: Pengembalian) -> bool:
    return bool(p.rujukan_bank and p.tanggal_transfer)


@syarat("Belum ada usulan bahwa dana sampai di rekening.")
def usulan_terkirim(p: Pengembalian) -> bool:
    lengkap = p.rujukan_bank and p.tanggal_terima and p.nilai_manfaat is not None
    return p.hasil_usulan == "terkirim" and bool(lengkap)


@syarat("Belum ada usulan bahwa dana tidak terkirim.")
def usulan_tidak_terkirim(p: Pengembalian) -> bool:
    return p.hasil_usulan == "tidak"


def periksa_jumlah(nama: str, tertulis: int, seharusnya: int) -> None:
    """An amount typed from a partner's paper must be the one that was asked for. Raises IsianSalah at `nama`."""
    if tertulis != seharusnya:
        kalimat = (
            f"Seharusnya {rupiah(seharusnya)}, tertulis {rupiah(tertulis)}. Periksa ketikannya. Bila kertasnya memang "
            "berbeda, jangan dicatat: minta mitra memperbaikinya, atau nyatakan belum pasti bila dana sudah bergerak."
        )
        raise IsianSalah({nama: [kalimat]})


def periksa_rujukan_bank(p: Pengembalian, rujukan: str) -> None:
    """A transfer pays one refund: the proof of an earlier payment is none for a later one. Raises IsianSalah.

    The look-up answers at the field; of two at once the database refuses the later one (`rujukan_bank_sekali`).
    """
    lain = type(p).objects.filter(bank_rujukan__iexact=p.rekening.bank, rujukan_bank__iexact=rujukan)
    if lain.exclude(rujukan_bank="").exclude(pk=p.pk).exists():
        raise IsianSalah({"rujukan_bank": [RUJUKAN_TERPAKAI]})
