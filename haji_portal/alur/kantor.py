"""In which office a role acts on a case, and whose hours count while a party has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from haji_portal.akun.models import Kantor, NamaBank, Peran

if TYPE_CHECKING:
    from .models import Perkara, Permohonan

PUSAT = {Peran.DIREKTORAT, Peran.SUBDIT, Peran.DIREKTUR, Peran.DITJEN}


def kantor_peran(perkara: Permohonan, peran: str) -> Kantor | None:
    """The office in which a role acts on this case: its own, its Kanwil, the centre, or the partner."""
    if peran == Peran.KANWIL:
        return perkara.kantor.induk
    if peran == Peran.BPS:
        return kantor_bank(perkara.bank_mitra())
    if peran in PUSAT:
        return kantor_tunggal(Kantor.Jenis.PUSAT)
    if peran == Peran.BPKH:
        return kantor_tunggal(Kantor.Jenis.BPKH)
    return perkara.kantor


def kantor_pihak(perkara: Perkara, pihak: str) -> Kantor:
    """The office whose hours count while a party (`Tahap.pihak`) has the file: the case's own, its Kanwil, the centre.

    Stays of an applicant or a partner have no limit; they are measured on the hours of the case's own office, which
    also stands in for a Kanwil or a centre that the portal does not know.
    """
    kantor: Kantor | None = None
    if pihak == "kanwil":
        kantor = perkara.kantor.induk
    elif pihak == "pusat":
        kantor = kantor_tunggal(Kantor.Jenis.PUSAT)
    return kantor or perkara.kantor


def kantor_tunggal(jenis: str) -> Kantor | None:
    """The one office of its kind: the centre, BPKH."""
    return Kantor.objects.filter(jenis=jenis, aktif=True).order_by("pk").first()


def bank_kantor(kantor: Kantor, kolom: str = "bank") -> Q:
    """The deposits or accounts that `kantor_bank` gives to this office, by their column with the bank's name."""
    bank = NamaBank.objects.filter(kantor__aktif=True)
    bank = bank.exclude(kantor=kantor) if kantor.bank_lain else bank.filter(kantor=kantor)
    bernama = Q(pk__in=[])
    for nama in bank.values_list("nama", flat=True):
        bernama |= Q(**{f"{kolom}__iexact": nama})
    return ~bernama if kantor.bank_lain else bernama


def kantor_bank(bank: str) -> Kantor | None:
    """The office that answers for a bank of this name, else the one that serves the banks without an office."""
    bps = Kantor.objects.filter(jenis=Kantor.Jenis.BPS, aktif=True)
    return bps.filter(bank__nama__iexact=bank).first() or bps.filter(bank_lain=True).first()
