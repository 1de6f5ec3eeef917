"""Lists of the SPPH form that are data, not code: `data/<nama>.yaml`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

NAMA = ("pendidikan", "pekerjaan", "golongan_darah", "bank")


@lru_cache(maxsize=len(NAMA))
def pilihan(nama: str) -> tuple[tuple[str, str], ...]:
    """The entries of one list as choices for a form field, in the order of the file; ValueError for an unknown list."""
    if nama not in NAMA:
        raise ValueError(f"Daftar pilihan tidak dikenal: {nama}")
    isi = yaml.safe_load((Path(__file__).parent / "data" / f"{nama}.yaml").read_text(encoding="utf-8"))
    return tuple((entri, entri) for entri in isi)
