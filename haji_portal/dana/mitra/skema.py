"""The shapes of everything that passes between the portal and its partners: JSON Schemas, published and enforced.

The files in `skema/` are the contract (docs/mitra-dana.md). What comes in as an event, and everything that goes out, is
closed: an unknown name is a fault. Answers to our calls may carry more than we read.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.dateparse import parse_datetime
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

FOLDER = Path(__file__).parent / "skema"
NAMA = tuple(sorted(berkas.stem for berkas in FOLDER.glob("*.json")))
RFC3339 = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})")
HARI = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
bentuk = FormatChecker(formats=())


class SkemaSalah(ValueError):
    """A body does not fit; `tempat` is the path of the fault, `aturan` the broken rule. Never a value."""

    def __init__(self, tempat: str, aturan: str) -> None:
        super().__init__(f"{tempat}: {aturan}")
        self.tempat, self.aturan = tempat, aturan


@cache
def skema(nama: str) -> dict[str, Any]:
    """The schema of that name. Raises KeyError for a name that is not in NAMA."""
    if nama not in NAMA:
        raise KeyError(nama)
    return json.loads((FOLDER / f"{nama}.json").read_text(encoding="utf-8"))


def cocokkan(nama: str, isi: Any) -> None:
    """Check a parsed body against one schema. Raises SkemaSalah for the first fault."""
    galat = next(_penguji(nama).iter_errors(isi), None)
    if galat is not None:
        raise SkemaSalah(_tempat(galat), str(galat.validator))


@bentuk.checks("date-time", raises=ValueError)
def waktu_benar(nilai: object) -> bool:
    """RFC 3339 with its offset, and an instant that exists."""
    if not isinstance(nilai, str):
        return True
    return bool(RFC3339.fullmatch(nilai)) and parse_datetime(nilai) is not None


@bentuk.checks("date", raises=ValueError)
def hari_benar(nilai: object) -> bool:
    """YYYY-MM-DD, a day that exists."""
    if not isinstance(nilai, str):
        return True
    return bool(HARI.fullmatch(nilai)) and bool(datetime.date.fromisoformat(nilai))


@cache
def _penguji(nama: str) -> Any:
    return _Penguji(skema(nama), format_checker=bentuk)


def _tempat(galat: ValidationError) -> str:
    """Dotted path; the name of a missing member comes from the schema, never from the body."""
    jalan = [str(satu) for satu in galat.absolute_path]
    if galat.validator == "required" and isinstance(galat.instance, dict):
        jalan += [nama for nama in galat.validator_value if nama not in galat.instance][:1]
    return ".".join(jalan) or "(isi)"


def _pola(_: Any, pola: str, nilai: Any, __: Any) -> Iterator[ValidationError]:
    """The whole text must fit: Python's `$` would also take a line break behind it."""
    if isinstance(nilai, str) and not re.fullmatch(pola.removeprefix("^").removesuffix("$"), nilai):
        yield ValidationError("pattern")


_Penguji = extend(Draft202012Validator, {"pattern": _pola})
