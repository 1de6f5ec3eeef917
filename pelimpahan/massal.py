"""One step for many recipients: a transaction each, a result each, and nobody waits for one that failed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from haji_portal.alur.jalankan import Hasil
from haji_portal.meja.borongan import HasilSatu, kalimat_gagal

from .models import Pelimpahan


def satu_per_satu(perkara: Iterable[Pelimpahan], kerja: Callable[[Pelimpahan], Hasil]) -> Iterator[HasilSatu]:
    """Take `kerja` for one case after the other, in the given order; yields each result as soon as it is there."""
    for p in perkara:
        try:
            hasil = kerja(p)
        except Exception as galat:  # noqa: BLE001  (whatever goes wrong here stops no other)
            yield HasilSatu(p.nomor, p.pemohon.nama, p.get_absolute_url(), False, kalimat_gagal(galat))
            continue
        kalimat = f"“{hasil.riwayat.label}” {'sudah dilakukan' if hasil.sudah else 'selesai'}."
        yield HasilSatu(p.nomor, p.pemohon.nama, p.get_absolute_url(), True, kalimat)
