"""Steps that the portal takes by itself once another step is done: an effect names them, jalankan() takes them."""

from __future__ import annotations

from .efek import penangan
from .galat import SalahTahap
from .jalankan import jalankan
from .models import Efek
from .pelaku import Sistem


@penangan("alur.langkah")
def lakukan_sendiri(efek: Efek) -> None:
    """kunci: the step. Where the case's SOP has no such step, or somebody took it before, there is nothing to do."""
    try:
        jalankan(efek.riwayat.perkara, efek.kunci, oleh=Sistem(efek.jenis), versi=None)
    except SalahTahap:
        return


@penangan("alur.induk")
def kabari_induk(efek: Efek) -> None:
    """kunci: an event of a child case; the parent's machine says which step that is (`LANGKAH_ANAK`), if any."""
    anak = efek.riwayat.perkara
    if anak.induk is None:
        return
    induk = anak.induk.rinci()
    langkah = induk.LANGKAH_ANAK.get((anak.jenis, efek.kunci))
    if langkah is None:
        return
    try:
        jalankan(induk, langkah, oleh=Sistem(f"{efek.jenis}:{efek.pk}"), versi=None)
    except SalahTahap:
        return
