"""Conditions on the letters of a case that more than one service asks for; each service says them in its words."""

from __future__ import annotations

from haji_portal.alur.deklarasi import Kalimat, Kondisi, syarat
from haji_portal.alur.models import Permohonan

from .models import Surat

DICABUT, BERLAKU = Surat.Status.DICABUT, Surat.Status.DITANDATANGANI


def _utuh(p: Permohonan) -> bool:
    """Whether every kind of letter that was withdrawn has one in force again."""
    keadaan = set(p.surat.filter(status__in=(DICABUT, BERLAKU)).values_list("jenis", "status"))
    return all((jenis, BERLAKU) in keadaan for jenis, _ in keadaan)


def surat_utuh(kalimat: Kalimat) -> Kondisi:
    """The condition that no letter of the case stands withdrawn without another in its place."""

    @syarat(kalimat)
    def surat_utuh(p: Permohonan) -> bool:
        return _utuh(p)

    return surat_utuh


@syarat("Tidak ada surat yang dicabut; hanya surat yang dicabut disusun ulang.")
def ada_surat_dicabut(p: Permohonan) -> bool:
    return not _utuh(p)


def tidak_berlaku(jenis: str, kalimat: Kalimat) -> Kondisi:
    """The condition that no signed letter of this kind is in force: what was withdrawn may be made anew."""

    @syarat(kalimat)
    def tidak_berlaku(p: Permohonan) -> bool:
        return not p.surat.filter(jenis=jenis, status=BERLAKU).exists()

    return tidak_berlaku
