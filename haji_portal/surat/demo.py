"""BSrE identities of the demo accounts: the simulator knows everybody at this address by the name before the @."""

from __future__ import annotations

from haji_portal.akun.models import Pengguna, Peran

from .models import IdentitasBsre

PEJABAT = [Peran.KASI, Peran.KASUBAG, Peran.KEPALA, Peran.KANWIL, Peran.SUBDIT, Peran.DIREKTUR, Peran.DITJEN]


def isi_identitas() -> int:
    """Give every demo official an identity; returns how many are new."""
    calon = Pengguna.objects.filter(penugasan__peran__in=PEJABAT, identitas_bsre__isnull=True).distinct()
    baru = [IdentitasBsre(pengguna=p, surel=p.email, nama_sertifikat=p.username) for p in calon]
    return len(IdentitasBsre.objects.bulk_create(baru))
