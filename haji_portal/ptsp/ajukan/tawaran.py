"""What the status page offers to the owner of a case that came from outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Q

from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.models import Perkara
from haji_portal.kabar.models import KontakPerkara
from haji_portal.kabar.tujuan import tujuan
from haji_portal.surat.jenis import JenisSurat, jenis_surat, judul_surat
from haji_portal.surat.models import Surat
from haji_portal.surat.terbit import dokumen_pdf, isi_pdf

from .daftar import Ajuan, Lanjutan, cari_lanjutan


@dataclass(frozen=True)
class Bacaan:
    """One paper that the owner of a case may read. surat: None for a paper without signature (an invitation)."""

    jenis: str
    judul: str
    isi: Callable[[], bytes]
    surat: Surat | None = None


def tawaran(perkara: Perkara) -> dict[str, Any]:
    """What the status page offers the owner of a case: lines to send (again), papers to read."""
    lanjutan = cari_lanjutan(perkara.jenis)
    if lanjutan is None or kontak_pemilik(perkara, lanjutan) is None:
        return {}
    return {
        "perbaiki": lanjutan.butir_terbuka(perkara), "surat": bacaan(perkara, lanjutan), "kata": lanjutan.kata,
    }  # fmt: skip


def kontak_pemilik(perkara: Perkara, lanjutan: Lanjutan) -> tuple[str, str] | None:
    """(channel, address) that a code proves: the one that applied, else, where nobody applies from outside, the one
    that the office wrote down at the counter; None for a case whose owner cannot be reached."""
    kontak = KontakPerkara.objects.filter(perkara=perkara.pk).first()
    if kontak is not None:
        return kontak.saluran, kontak.alamat
    return None if isinstance(lanjutan, Ajuan) else tujuan(perkara)


def bacaan(perkara: Perkara, lanjutan: Lanjutan) -> list[Bacaan]:
    """The papers that the case has now, and the signed letters in force, also of its child cases (a notice)."""
    milik = Surat.objects.filter(Q(perkara=perkara.pk) | Q(perkara__induk=perkara.pk))
    surat = milik.filter(jenis__in=lanjutan.surat, status=Surat.Status.DITANDATANGANI).order_by("pk")
    resmi = [Bacaan(s.jenis, judul_surat(s.jenis), partial(isi_pdf, s), s) for s in surat]
    lain = [jenis for nama in lanjutan.surat if not (jenis := jenis_surat(nama)).bertanda_tangan]
    ada = [Bacaan(j.jenis, j.judul, partial(dokumen_pdf, perkara, j.jenis)) for j in lain if _ada(perkara, j)]
    return ada + resmi


def _ada(perkara: Perkara, jenis: JenisSurat) -> bool:
    """Whether the case has this paper now: its builder refuses otherwise."""
    try:
        jenis.penyusun(perkara.rinci())
    except LangkahGagal:
        return False
    return True
