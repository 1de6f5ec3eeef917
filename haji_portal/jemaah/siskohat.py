"""The port to Siskohat. It has no public interface: today a person records its answer with a proof."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.module_loading import import_string

from .models import Jemaah, Porsi


@dataclass(frozen=True)
class JawabanPorsi:
    nomor: str
    terbit: datetime.date
    sumber: str


class Siskohat(Protocol):
    def catat_porsi(self, nomor: str, terbit: datetime.date, jemaah: Jemaah) -> JawabanPorsi:
        """The porsi that Siskohat gave this pilgrim; ValidationError when the answer cannot be true."""


class SiskohatManual:
    """A person typed the answer; what can be checked without Siskohat is checked here."""

    def catat_porsi(self, nomor: str, terbit: datetime.date, jemaah: Jemaah) -> JawabanPorsi:
        lain = Porsi.objects.filter(nomor=nomor).exclude(jemaah=jemaah)
        if lain.exists():
            raise ValidationError(
                {"nomor_porsi": "Nomor porsi ini sudah tercatat untuk jemaah lain. Periksa angkanya."}
            )
        if terbit > timezone.localdate():
            raise ValidationError({"terbit": "Tanggal terbit tidak dapat sesudah hari ini."})
        return JawabanPorsi(nomor, terbit, "manual")


def siskohat() -> Siskohat:
    """The adapter of this installation (setting SISKOHAT)."""
    return import_string(getattr(settings, "SISKOHAT", "haji_portal.jemaah.siskohat.SiskohatManual"))()
