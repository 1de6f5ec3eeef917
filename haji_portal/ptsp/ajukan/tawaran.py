"""What the status page offers to the owner of a case that came from outside."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from haji_portal.alur.models import Perkara
from haji_portal.kabar.models import KontakPerkara
from haji_portal.surat.models import Surat

from .daftar import Ajuan, cari_ajuan


def tawaran(perkara: Perkara) -> dict[str, Any]:
    """What the status page offers the owner of a case: lines to send again, letters to read."""
    ajuan = cari_ajuan(perkara.jenis)
    if ajuan is None or not KontakPerkara.objects.filter(perkara=perkara.pk).exists():
        return {}
    return {"perbaiki": ajuan.butir_terbuka(perkara), "surat": surat_sah(perkara, ajuan)}


def surat_sah(perkara: Perkara, ajuan: Ajuan) -> list[Surat]:
    """The signed letters in force that an applicant may read, of the case and of its child cases (a notice)."""
    milik = Surat.objects.filter(Q(perkara=perkara.pk) | Q(perkara__induk=perkara.pk))
    return list(milik.filter(jenis__in=ajuan.surat, status=Surat.Status.DITANDATANGANI).order_by("pk"))
