"""What a case has written, as plain values: two pictures are equal exactly when nothing was written between them."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from django.db import connection

from haji_portal.alur.models import Efek, Perkara, Permohonan, Riwayat, RiwayatIsi
from haji_portal.berkas.models import Lampiran
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
    with connection.cursor() as kursor:
        kursor.execute(_hitung(), [kini.pk] * 3)
        riwayat, efek, lampiran, *lain = kursor.fetchone()
    return Potret(
        kini.versi,
        kini.tahap,
        str(kini.status),
        kini.putaran,
        kini.ditutup,
        riwayat,
        efek,
        tuple(kini.giliran.order_by("peran", "kantor_id").values_list("peran", "kantor_id", "langkah", "pihak")),
        tuple(kini.tenggat.order_by("pk").values_list("jenis", "kode", "putaran", "selesai", "batas")),
        tuple(kini.kunci_dipegang.order_by("jenis").values_list("jenis", "nilai")),
        lampiran,
        tuple(lain),
    )


@cache
def _hitung() -> str:
    """One statement for all counts: first those of one case (three times its key), then those of the database."""
    riwayat, efek = Riwayat._meta.db_table, Efek._meta.db_table
    isi = [
        f"{riwayat} WHERE perkara_id = %s",
        f"{efek} WHERE riwayat_id IN (SELECT id FROM {riwayat} WHERE perkara_id = %s)",
        f"{Lampiran._meta.db_table} WHERE perkara_id = %s",
        *(m._meta.db_table for m in (Perkara, Posting, Riwayat, Efek, RiwayatIsi, Jemaah, Porsi)),
        f"{Porsi._meta.db_table} WHERE status = '{Porsi.Status.AKTIF}'",
        f"{Setoran._meta.db_table} WHERE dibatalkan IS NULL",
        *(m._meta.db_table for m in (Surat, NomorSurat)),
    ]
    return "SELECT " + ", ".join(f"(SELECT COUNT(*) FROM {satu})" for satu in isi)


def segar(perkara: Permohonan) -> Permohonan:
    """The case read again from the database, as the next request would see it."""
    return Perkara.objects.get(pk=perkara.pk).rinci()
