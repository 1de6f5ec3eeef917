"""What the status page offers to the owner of a case that came from outside."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from haji_portal.alur.models import Perkara
from haji_portal.kabar.models import KontakPerkara
from haji_portal.kabar.tujuan import tujuan
from haji_portal.surat.models import Surat

from .daftar import Ajuan, Lanjutan, cari_lanjutan


def tawaran(perkara: Perkara) -> dict[str, Any]:
    """What the status page offers the owner of a case: lines to send (again), letters to read."""
    lanjutan = cari_lanjutan(perkara.jenis)
    if lanjutan is None or kontak_pemilik(perkara, lanjutan) is None:
        return {}
    return {
        "perbaiki": lanjutan.butir_terbuka(perkara), "surat": surat_sah(perkara, lanjutan), "kata": lanjutan.kata,
    }  # fmt: skip


def kontak_pemilik(perkara: Perkara, lanjutan: Lanjutan) -> tuple[str, str] | None:
    """(channel, address) that a code proves: the one that applied, else, where nobody applies from outside, the one
    that the office wrote down at the counter; None for a case whose owner cannot be reached."""
    kontak = KontakPerkara.objects.filter(perkara=perkara.pk).first()
    if kontak is not None:
        return kontak.saluran, kontak.alamat
    return None if isinstance(lanjutan, Ajuan) else tujuan(perkara)


def surat_sah(perkara: Perkara, lanjutan: Lanjutan) -> list[Surat]:
    """The signed letters in force that an applicant may read, of the case and of its child cases (a notice)."""
    milik = Surat.objects.filter(Q(perkara=perkara.pk) | Q(perkara__induk=perkara.pk))
    return list(milik.filter(jenis__in=lanjutan.surat, status=Surat.Status.DITANDATANGANI).order_by("pk"))
