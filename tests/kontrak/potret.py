"""What a case has written, as plain values: two pictures are equal exactly when nothing was written between them."""

from __future__ import annotations

from typing import NamedTuple

from haji_portal.alur.models import Efek, Perkara, Permohonan, Riwayat, RiwayatIsi
from haji_portal.dana.models import Posting
from haji_portal.jemaah.models import Jemaah, Porsi, Setoran
from haji_portal.surat.models import NomorSurat, Surat


class Potret(NamedTuple):
    versi: int
    tahap: str
    status: str
    putaran: int
    ditutup: object
    riwayat: int
    efek: int
    giliran: tuple
    tenggat: tuple
    kunci: tuple
    lampiran: int
    lain: tuple


def potret(perkara: Permohonan) -> Potret:
    """Read anew from the database. What the case has written; in `lain` counts of the whole database, where a refused
    step could hide a row elsewhere (the first two: cases, and postings in the book of money)."""
    kini = segar(perkara)
    return Potret(
        kini.versi,
        kini.tahap,
        str(kini.status),
        kini.putaran,
        kini.ditutup,
        kini.riwayat.count(),
        Efek.objects.filter(riwayat__perkara=kini.pk).count(),
        tuple(kini.giliran.order_by("peran", "kantor_id").values_list("peran", "kantor_id", "langkah", "pihak")),
        tuple(kini.tenggat.order_by("pk").values_list("jenis", "kode", "putaran", "selesai", "batas")),
        tuple(kini.kunci_dipegang.order_by("jenis").values_list("jenis", "nilai")),
        kini.lampiran.count(),
        (Perkara.objects.count(), Posting.objects.count(), *_lain()),
    )


def _lain() -> tuple[int, ...]:
    aktif = Porsi.objects.filter(status=Porsi.Status.AKTIF).count()
    berlaku = Setoran.objects.filter(dibatalkan=None).count()
    jejak = Riwayat.objects.count(), Efek.objects.count(), RiwayatIsi.objects.count()
    return *jejak, Jemaah.objects.count(), Porsi.objects.count(), aktif, berlaku, *_surat()


def _surat() -> tuple[int, int]:
    return Surat.objects.count(), NomorSurat.objects.count()


def segar(perkara: Permohonan) -> Permohonan:
    """The case read again from the database, as the next request would see it."""
    return Perkara.objects.get(pk=perkara.pk).rinci()
