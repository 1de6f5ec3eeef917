"""Effects of this room: after a step the draft of a letter is drawn anew. Running twice draws nothing twice."""

from __future__ import annotations

from haji_portal.alur.deklarasi import cari_langkah
from haji_portal.alur.efek import penangan
from haji_portal.alur.models import Efek
from haji_portal.alur.posisi import surat_langkah

from .terbit import buat_draf


@penangan("surat.draf")
def gambar_draf_surat(efek: Efek) -> None:
    """kunci: the kind of letter."""
    buat_draf(efek.riwayat.perkara, efek.kunci)


@penangan("surat.draf_langkah")
def gambar_draf_langkah(efek: Efek) -> None:
    """kunci: the signing step; which letters it signs is said by the case's SOP table."""
    perkara = efek.riwayat.perkara.rinci()
    for jenis in surat_langkah(perkara, cari_langkah(type(perkara), efek.kunci)[0]):
        buat_draf(perkara, jenis)
