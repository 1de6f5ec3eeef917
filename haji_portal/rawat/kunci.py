"""Changing KUNCI_HASH: everything that was hashed with it is hashed anew, in one transaction, with the portal stopped.

The old key is not needed, since the numbers themselves are stored. Locks of open cases move along: left under the old
key they would let the same pilgrim open a second case. Keys of programs cannot be made again and are revoked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.utils import timezone

from haji_portal.akun.models import TokenApi
from haji_portal.alur.efek import efek_tertunda
from haji_portal.alur.models import Kunci
from haji_portal.jemaah.models import Jemaah, hash_nik
from haji_portal.ptsp.models import Konsep, PercobaanCek

BAGIAN = 500


class KunciGagal(Exception):
    """The key cannot be changed now; the text is for the operator."""


@dataclass(frozen=True)
class Hasil:
    """How many rows, locks of cases and keys of programs a change touched."""

    orang: int
    kunci: int
    token: int


def _nik_konsep(konsep: Konsep) -> str:
    """From the answers of a draft; after sending, when they are emptied, from the case."""
    if nik := konsep.isi.get("nik"):
        return str(nik)
    return konsep.terkirim.pemohon.nik if konsep.terkirim and konsep.terkirim.pemohon else ""


ASAL: dict[type[models.Model], Callable[[Any], str]] = {Jemaah: lambda satu: satu.nik, Konsep: _nik_konsep}
"""Tables with a column `nik_hash` and where the number behind it stands; "" where there is none."""


def model_berhash() -> list[type[models.Model]]:
    """The tables to hash anew. KunciGagal for one that ASAL does not know: its hashes would silently die."""
    ada = [m for m in apps.get_models() if "nik_hash" in {f.name for f in m._meta.local_fields}]
    if asing := [m._meta.label for m in ada if m not in ASAL]:
        raise KunciGagal(f"Asal nik_hash pada {', '.join(asing)} tidak diketahui.")
    return ada


def cocok() -> bool:
    """Whether the stored hashes were made with the key in use; looks at the newest and oldest pilgrims."""
    rows = Jemaah.objects.order_by("pk").values_list("nik", "nik_hash")
    return all(sidik == hash_nik(nik) for nik, sidik in [*rows[:20], *rows.reverse()[:20]])


@transaction.atomic
def hash_ulang() -> Hasil:
    """Hash everything with the key in use. Running it twice changes nothing more.

    Raises KunciGagal while effects wait: a message that is not out yet would be written a second time.
    """
    berhash = model_berhash()
    if connection.vendor == "postgresql":
        with connection.cursor() as kursor:
            for tabel in (*(model._meta.db_table for model in berhash), Kunci._meta.db_table):
                kursor.execute(f'LOCK TABLE "{tabel}" IN SHARE ROW EXCLUSIVE MODE')
    if cocok():
        return Hasil(0, 0, 0)
    if tunda := efek_tertunda():
        raise KunciGagal(f"Masih ada {tunda} efek yang menunggu. Jalankan manage.py sapu dulu.")
    ubah: dict[str, str] = {}
    for model in berhash:
        for bagian in _bagian(model):
            ubah |= _hash_bagian(model, bagian)
    # Counters of the last minutes, under the old key: nobody finds them again.
    PercobaanCek.objects.all().delete()
    token = TokenApi.objects.filter(dicabut=None).update(dicabut=timezone.now())
    return Hasil(len(ubah), _pindah_kunci(ubah), token)


def _hash_bagian(model: type[models.Model], bagian: list[Any]) -> dict[str, str]:
    """Old hash -> new hash of some rows, after writing the new ones."""
    ubah = {}
    for satu in bagian:
        if satu.nik_hash and (nik := ASAL[model](satu)) and satu.nik_hash != (baru := hash_nik(nik)):
            ubah[satu.nik_hash] = baru
            satu.nik_hash = baru
    model._default_manager.bulk_update(bagian, ["nik_hash"])
    return ubah


def _bagian(model: type[models.Model]) -> Iterator[list[Any]]:
    terakhir, semua = 0, model._default_manager.order_by("pk")
    while bagian := list(semua.filter(pk__gt=terakhir)[:BAGIAN]):
        yield bagian
        terakhir = bagian[-1].pk


def _pindah_kunci(ubah: dict[str, str]) -> int:
    jumlah, lama = 0, list(ubah)
    for awal in range(0, len(lama), BAGIAN):
        kunci = list(Kunci.objects.filter(nilai__in=lama[awal : awal + BAGIAN]))
        for satu in kunci:
            satu.nilai = ubah[satu.nilai]
        Kunci.objects.bulk_update(kunci, ["nilai"])
        jumlah += len(kunci)
    return jumlah
