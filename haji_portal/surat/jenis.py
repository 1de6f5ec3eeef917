"""The registry of letter kinds: a service declares what goes on paper, this room makes the paper.

    @isi_surat("sph", judul="Surat Pendaftaran Haji")
    def isi_sph(perkara: Pendaftaran) -> dict: ...

The builder gets the child case and returns the context of `templates/surat/<jenis>.html`. It must be pure (no clock, no
randomness): the same case gives the same bytes. Put it into the service's `surat.py`, imported by `ready()`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Penyusun = Callable[[Any], dict[str, Any]]


@dataclass(frozen=True)
class JenisSurat:
    """bertanda_tangan=False: a paper without number and signature (a receipt), rendered on demand, never stored."""

    jenis: str
    judul: str
    templat: str
    penyusun: Penyusun
    bertanda_tangan: bool = True

    def untuk_layanan(self, layanan: str) -> bool:
        """Builders know the case model of their own service; those of shared rooms take any case."""
        paket = self.penyusun.__module__.partition(".")[0]
        return paket in (layanan, "haji_portal")


_daftar: dict[str, JenisSurat] = {}


def isi_surat(
    jenis: str, *, judul: str, templat: str = "", bertanda_tangan: bool = True
) -> Callable[[Penyusun], Penyusun]:
    """Register the builder of a kind of letter. Raises ValueError when two builders claim one kind."""

    def daftar(penyusun: Penyusun) -> Penyusun:
        if jenis in _daftar and _daftar[jenis].penyusun is not penyusun:
            raise ValueError(f"two builders for letter kind {jenis!r}")
        _daftar[jenis] = JenisSurat(jenis, judul, templat or f"surat/{jenis}.html", penyusun, bertanda_tangan)
        return penyusun

    return daftar


def jenis_surat(jenis: str) -> JenisSurat:
    """The kind's entry. Raises LookupError for a kind that no service declared."""
    try:
        return _daftar[jenis]
    except KeyError:
        raise LookupError(f"no builder for letter kind {jenis!r}: declare it with @isi_surat") from None


def judul_surat(jenis: str) -> str:
    """The kind's title for people; an unknown kind reads as its own name (old rows outlive their service)."""
    return _daftar[jenis].judul if jenis in _daftar else jenis.replace("_", " ").replace("-", " ").capitalize()
