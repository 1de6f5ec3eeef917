"""The port to Siskohat. It has no public interface: a person records its answer with a proof, or a file carries many.

Setting SISKOHAT: `berkas` (the default) exchanges CSV/XLSX files at the desk beside the entry on the case page;
`manual` leaves only the case page.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.module_loading import import_string

from .models import Jemaah, Porsi


@dataclass(frozen=True)
class JawabanPorsi:
    """estimasi: the year of departure that Siskohat expects, when it was told."""

    nomor: str
    terbit: datetime.date
    estimasi: int | None = None


class Siskohat(Protocol):
    lewat_berkas: bool
    """Whether the desk exchanges files with Siskohat (pages under /siskohat/)."""

    def catat_porsi(
        self, nomor: str, terbit: datetime.date, jemaah: Jemaah, estimasi: int | None = None
    ) -> JawabanPorsi:
        """The porsi that Siskohat gave this pilgrim; ValidationError when the answer cannot be true."""


class SiskohatManual:
    """A person typed the answer; what can be checked without Siskohat is checked here."""

    lewat_berkas = False

    def catat_porsi(
        self, nomor: str, terbit: datetime.date, jemaah: Jemaah, estimasi: int | None = None
    ) -> JawabanPorsi:
        jawaban = JawabanPorsi(nomor, terbit, estimasi)
        if galat := galat_porsi(jawaban, jemaah.pk, pemilik_porsi([nomor])):
            raise ValidationError(galat)
        return jawaban


class SiskohatBerkas(SiskohatManual):
    """Files go out and come back; each row of an answer passes the same door and the same checks as a typed one."""

    lewat_berkas = True


def pemilik_porsi(nomor: Collection[str]) -> dict[str, int]:
    """Known porsi numbers -> id of their pilgrim; one query for many."""
    return dict(Porsi.objects.filter(nomor__in=nomor).values_list("nomor", "jemaah_id"))


def galat_porsi(jawaban: JawabanPorsi, jemaah_id: int, pemilik: Mapping[str, int]) -> dict[str, str]:
    """Field -> sentence of what cannot be true; `pemilik` from pemilik_porsi()."""
    galat = {}
    if pemilik.get(jawaban.nomor, jemaah_id) != jemaah_id:
        galat["nomor_porsi"] = "Nomor porsi ini sudah tercatat untuk jemaah lain. Periksa angkanya."
    if jawaban.terbit > timezone.localdate():
        galat["terbit"] = "Tanggal terbit tidak dapat sesudah hari ini."
    if jawaban.estimasi is not None and not jawaban.terbit.year <= jawaban.estimasi <= jawaban.terbit.year + 99:
        galat["estimasi"] = "Perkiraan tahun berangkat tidak dapat sebelum tahun terbit. Periksa angkanya."
    return galat


def siskohat() -> Siskohat:
    """The adapter of this installation (setting SISKOHAT)."""
    return import_string(settings.SISKOHAT)()
