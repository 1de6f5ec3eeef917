"""Checks of form values that every service shares: they raise ValidationError with the sentence for the person."""

from __future__ import annotations

import datetime
import re
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone

TAHUN_TERTUA = 1900
Hari = TypeVar("Hari", datetime.date, datetime.date | None)


def wajar(hari: datetime.date) -> datetime.date:
    """A date of a living person's papers. Two typed digits of a year give one of the first century."""
    if hari.year < TAHUN_TERTUA:
        raise ValidationError("Tahunnya tidak wajar. Tulis empat angka tahun, misalnya 1970.")
    return hari


def lampau(hari: Hari, sebutan: str) -> Hari:
    """A date that has happened, None for none; ValidationError with the sentence that calls the date `sebutan`."""
    if hari is None:
        return hari
    if hari > timezone.localdate():
        raise ValidationError(f"{sebutan} tidak dapat sesudah hari ini.")
    return wajar(hari)


def nomor_validasi(teks: str) -> str:
    """The bank's number as it is stored: capitals, without the spaces and marks that slips print between groups."""
    nomor = re.sub(r"[\s./-]", "", teks).upper()
    if not re.fullmatch(r"[0-9A-Z]{6,30}", nomor):
        raise ValidationError("Nomor validasi terdiri atas 6–30 huruf atau angka seperti tercetak pada bukti setoran.")
    return nomor
