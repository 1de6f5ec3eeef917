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

from haji_portal.akun.models import Kantor

Penyusun = Callable[[Any], dict[str, Any]]


@dataclass(frozen=True)
class JenisSurat:
    """bertanda_tangan=False: a paper without number and signature (a receipt), rendered on demand, never stored.

    perkara: the kinds of cases that the builder knows; () means every kind. isian: a form whose fields a reader can
    fill in. kantor: on whose letterhead a paper without signature stands, given the child case; None: the case's own.
    """

    jenis: str
    judul: str
    templat: str
    penyusun: Penyusun
    bertanda_tangan: bool = True
    perkara: tuple[str, ...] = ()
    isian: bool = False
    kantor: Callable[[Any], Kantor] | None = None

    def untuk_perkara(self, jenis: str) -> bool:
        """Whether the builder knows the model of this kind of case."""
        return not self.perkara or jenis in self.perkara


_daftar: dict[str, JenisSurat] = {}


def isi_surat(
    jenis: str,
    *,
    judul: str,
    templat: str = "",
    bertanda_tangan: bool = True,
    perkara: tuple[str, ...] = (),
    isian: bool = False,
    kantor: Callable[[Any], Kantor] | None = None,
) -> Callable[[Penyusun], Penyusun]:
    """Register the builder of a kind of letter. Raises ValueError when two builders claim one kind.

    perkara: the kinds of cases that have it; () means the service whose `surat.py` this is, and every kind for a
    builder of a shared room.
    """

    def daftar(penyusun: Penyusun) -> Penyusun:
        if jenis in _daftar and _daftar[jenis].penyusun is not penyusun:
            raise ValueError(f"two builders for letter kind {jenis!r}")
        paket = penyusun.__module__.partition(".")[0]
        milik = perkara or (() if paket == "haji_portal" else (paket,))
        _daftar[jenis] = JenisSurat(
            jenis, judul, templat or f"surat/{jenis}.html", penyusun, bertanda_tangan, milik, isian, kantor
        )
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
