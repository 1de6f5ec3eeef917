"""Which of the offices that serve pilgrims a person works for at the queue, and as what."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from haji_portal.akun.akses import PermintaanPetugas
from haji_portal.akun.models import Kantor, Penugasan, Peran
from haji_portal.alur.pelaku import Petugas

MELAYANI = (Peran.PTSP, Peran.JFU)
"""Roles that sit at a desk and call."""
MENGATUR = (Peran.PTSP, Peran.KASI, Peran.KASUBAG, Peran.KEPALA)
"""Roles that pair and revoke devices."""
MELIHAT = (*MELAYANI, Peran.KASI, Peran.KASUBAG, Peran.KEPALA)
"""Roles that read the guest book and the figures."""


def tugas_antrean(request: PermintaanPetugas, peran: tuple[Peran, ...]) -> Penugasan:
    """The assignment under which this person does it; PermissionDenied without one."""
    for tugas in request.penugasan:
        if tugas.peran in peran and tugas.kantor.jenis == Kantor.Jenis.KABKOTA:
            return tugas
    raise PermissionDenied


def pelaku(request: PermintaanPetugas, peran: tuple[Peran, ...] = MELAYANI) -> Petugas:
    return Petugas(request.user, tugas_antrean(request, peran))


def boleh(request: PermintaanPetugas, peran: tuple[Peran, ...]) -> bool:
    return any(t.peran in peran for t in request.penugasan)
