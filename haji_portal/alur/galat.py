"""Why a step did not happen: each with the sentence for the person and the HTTP status of every door."""

from __future__ import annotations

from collections.abc import Mapping


class LangkahGagal(Exception):
    """Base: `kalimat` is shown as it is; `status_http` is the same for pages and API."""

    status_http = 409

    def __init__(self, kalimat: str) -> None:
        super().__init__(kalimat)
        self.kalimat = kalimat


class TidakBerhak(LangkahGagal):
    """The person's roles do not allow this step, or four eyes forbid it to this person."""

    status_http = 403


class Basi(LangkahGagal):
    """The case moved on since the page was opened."""


class SalahTahap(LangkahGagal):
    """The step does not exist in the case's present status, or not in this office's SOP."""


class Tertutup(LangkahGagal):
    """The step exists now, but a condition is unmet; the sentence says which."""


class SudahAda(LangkahGagal):
    """Another open case holds the same deposit, porsi or NIK."""


class LayananTutup(LangkahGagal):
    """The service takes no new applications in this office; the sentence says since when, why, and by which rule."""


class IsianSalah(LangkahGagal):
    """Form errors found inside the transaction; `galat` maps field name to sentences."""

    status_http = 422

    def __init__(self, galat: Mapping[str, list[str]]) -> None:
        super().__init__("Ada isian yang perlu diperbaiki.")
        self.galat = dict(galat)
