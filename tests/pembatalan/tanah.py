"""Ground of the contract for cancellations: branches off the plain path, and what happens in the cases beside it."""

from __future__ import annotations

from functools import cache

from haji_portal.meja.contoh import Pelaksana
from haji_portal.surat.terbit import cabut
from pembatalan import contoh
from tests.conftest import SANDI


@cache
def pelaksana() -> Pelaksana:
    """One for all: it remembers the opened keys, which stay with the process's private store."""
    return Pelaksana(SANDI)


def siapkan(perkara, langkah):
    """The journal is signed, the money arrives."""
    contoh.siapkan(pelaksana(), perkara, langkah)


def bukakan(perkara, langkah):
    """Make a branch possible: papers that are short, a letter that was withdrawn."""
    if langkah == "susun_ulang":
        cabut(perkara.surat.filter(status="ditandatangani").order_by("-pk")[0], "Nomor rekening salah ketik.")
    if langkah == "kembalikan" and perkara.jenis == "pembatalan":
        satu = perkara.butir.order_by("urut").values_list("pk", flat=True)[0]
        perkara.butir.filter(pk=satu).update(verdict="kurang", alasan="Fotokopi tidak terbaca.")
