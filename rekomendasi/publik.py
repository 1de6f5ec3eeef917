"""What the owner of a recommendation may read from outside: the signed letter, and the note why papers went back."""

from __future__ import annotations

from haji_portal.alur.models import Perkara
from haji_portal.berkas.models import ButirBerkas
from haji_portal.ptsp.ajukan.daftar import Kata, Susulan


def tidak_ada(perkara: Perkara) -> list[ButirBerkas]:
    """The SOP knows papers at the counter only."""
    return []


SUSULAN = Susulan(
    layanan="rekomendasi",
    butir_terbuka=tidak_ada,
    perbaikan="",
    surat=("catatan_pengembalian", "rekomendasi_paspor"),
    kata=Kata(),
)
