"""Effects of this room: after a step the draft of a letter is drawn anew. Running twice draws nothing twice."""

from __future__ import annotations

from haji_portal.alur.efek import penangan
from haji_portal.alur.models import Efek

from .terbit import buat_draf


@penangan("surat.draf")
def gambar_draf_surat(efek: Efek) -> None:
    """kunci: the kind of letter."""
    buat_draf(efek.riwayat.perkara, efek.kunci)
