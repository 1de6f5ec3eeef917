"""What each step of a refund writes into the book: one place, so that the machine reads as the SOP."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from haji_portal.alur.models import Permohonan
    from haji_portal.jemaah.models import Setoran

    from .models import Pengembalian


def pesan(p: Pengembalian) -> None:
    """bpkh -> dipesan for every deposit of the case."""


def terbit_spm(p: Pengembalian) -> None:
    """dipesan -> spm, and the yield that BPKH adds."""


def ditransfer(p: Pengembalian) -> None:
    """spm -> bps."""


def diterima(p: Pengembalian) -> None:
    """bps -> penerima."""


def susulkan(p: Pengembalian) -> None:
    """All movements up to `diterima` that are not in the book yet."""


def lepas(p: Pengembalian) -> None:
    """The partner said no: back to bpkh from wherever it stands."""


def retur(p: Pengembalian) -> None:
    """It bounced: from bps or penerima back to bpkh, the yield with it."""


def reversal(setoran: Setoran, perkara: Permohonan) -> None:
    """The bank undid the deposit: bpkh -> luar."""
