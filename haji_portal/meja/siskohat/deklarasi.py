"""What a service declares about its exchange with Siskohat. A new service joins by one such declaration."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.apps import apps
from django.db.models import QuerySet

from haji_portal.akun.models import Peran
from haji_portal.alur.apps import SopConfig
from haji_portal.alur.models import Permohonan
from haji_portal.berkas.simpan import BerkasTersimpan
from haji_portal.jemaah.siskohat import siskohat

PENUKAR = frozenset({Peran.PTSP, Peran.JFU, Peran.SISKOHAT})
"""Roles that export and import for their office; who may take the steps, the steps themselves say."""

NOMOR_PERKARA = "nomor_perkara"


@dataclass(frozen=True)
class Kolom:
    """A column that goes out: what is typed into Siskohat."""

    judul: str
    nilai: Callable[[Any], Any]


@dataclass(frozen=True)
class Isian:
    """A column of the answer. baca: cell text -> value, ValueError with the sentence for the person.

    unik: no two rows of a file may carry the same value. The header is known by `judul` or one of `sinonim`.
    """

    kode: str
    judul: str
    baca: Callable[[str], Any]
    sinonim: tuple[str, ...] = ()
    wajib: bool = True
    unik: bool = False


@dataclass(frozen=True)
class Kunci:
    """A column that finds the case: `jalur` is the look-up from the case, `baca` brings the cell into its shape."""

    kode: str
    judul: str
    jalur: str
    baca: Callable[[str], str]
    sinonim: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cocok:
    """A column that must agree with the case when the file has it (a NIK beside the number); it is not kept."""

    kode: str
    judul: str
    nilai: Callable[[Any], str]
    galat: Callable[[str, str], str]
    """(cell, value of the case) -> "" when they agree, else the sentence."""
    sinonim: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pertukaran:
    """One service's exchange.

    langkah: the steps that a row completes, in order; those done already, or unknown to the office's SOP, are passed
    over, the last one never. menunggu: of the office's cases those without an answer yet; siap: of these the ones whose
    data may be typed. hubungan: relations that columns and conditions read, loaded with the cases. tercatat: what the
    case holds already, by `kode`, {} when nothing. periksa: what cannot be true, for many rows at once:
    [(case, values)] -> {case id: sentence}. data: the keywords of a step.
    """

    layanan: str
    judul: str
    langkah: tuple[str, ...]
    menunggu: Callable[[QuerySet], QuerySet]
    siap: Callable[[QuerySet], QuerySet]
    belum_siap: str
    hubungan: tuple[str, ...]
    keluar: tuple[Kolom, ...]
    masuk: tuple[Isian, ...]
    kunci: tuple[Kunci, ...]
    cocok: tuple[Cocok, ...]
    tercatat: Callable[[Any], Mapping[str, Any]]
    periksa: Callable[[Sequence[tuple[Any, Mapping[str, Any]]]], dict[int, str]]
    data: Callable[[str, Mapping[str, Any], BerkasTersimpan], dict[str, Any]]

    @property
    def model(self) -> type[Permohonan]:
        return cast(SopConfig, apps.get_app_config(self.layanan)).model

    def perkara(self, **saring: Any) -> QuerySet:
        """Cases with everything that columns and conditions read of them."""
        manajer: Any = self.model.objects
        return manajer.filter(**saring).select_related("kantor", "pemohon", "porsi", *self.hubungan)


_terdaftar: dict[str, Pertukaran] = {}


def daftarkan(pertukaran: Pertukaran) -> None:
    """Called by a service when it starts."""
    _terdaftar[pertukaran.layanan] = pertukaran


def pertukaran_layanan() -> dict[str, Pertukaran]:
    """By service; {} where this installation exchanges no files."""
    return dict(_terdaftar) if siskohat().lewat_berkas else {}
