"""Where a new case at the counter comes from. The floors above, which know (the queue), add themselves in
AppConfig.ready(); without them an intake is an intake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from haji_portal.alur.models import Perkara

from .permintaan import PermintaanPetugas

BIDANG = "dari"
"""Name of the parameter in the address of an intake and of the hidden field in its form."""


@dataclass(frozen=True)
class Asal:
    """nilai: carried through the form; kalimat: stands above it; isian: first values of its fields."""

    nilai: str
    kalimat: str
    isian: dict[str, str] = field(default_factory=dict)


pencari: list[Callable[[PermintaanPetugas, str, set[str]], Asal | None]] = []
"""(request, value, names of the form's fields) -> what the value names, None when it is not theirs."""
sesudah_dibuka: list[Callable[[PermintaanPetugas, str, Perkara], None]] = []
"""(request, value, the case that was opened with it)."""
kolom_kasus: dict[str, Any] = {}
"""Annotations that the case page asks for together with its case."""
keterangan: list[Callable[[Perkara], list[str]]] = []
"""Short facts beside the number on the case page; the case carries `kolom_kasus`."""


def asal_berkas(request: PermintaanPetugas, bidang: set[str]) -> Asal | None:
    """What the address or the form of an intake names, None without any."""
    nilai = (request.POST if request.method == "POST" else request.GET).get(BIDANG, "")
    if not nilai:
        return None
    return next((asal for cari in pencari if (asal := cari(request, nilai, bidang)) is not None), None)


def catat_asal(request: PermintaanPetugas, perkara: Perkara) -> None:
    """Tell whoever knows the value that the case is open."""
    if nilai := request.POST.get(BIDANG, ""):
        for fn in sesudah_dibuka:
            fn(request, nilai, perkara)


def keterangan_kasus(perkara: Perkara) -> list[str]:
    return [kata for fn in keterangan for kata in fn(perkara)]
