"""Changing KUNCI_HASH: everything that was hashed with it is hashed anew, in one transaction, with the portal stopped.

The old key is not needed, since the numbers themselves are stored. Locks of open cases move along: left under the old
key they would let the same pilgrim open a second case.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import connection, models, transaction
from django.db.models import Q

from haji_portal.alur.models import Kunci
from haji_portal.jemaah.models import hash_nik
from haji_portal.ptsp.models import PercobaanCek

BAGIAN = 500


class KunciTanpaAsal(Exception):
    """A table stores hashes of numbers that it does not store: they cannot be made again."""


def model_berhash() -> list[type[models.Model]]:
    """Models with a column `nik_hash`; each must hold the `nik` it was made of."""
    hasil = []
    for model in apps.get_models():
        if "nik_hash" not in {f.name for f in model._meta.local_fields}:
            continue
        try:
            model._meta.get_field("nik")
        except FieldDoesNotExist:
            raise KunciTanpaAsal(f"{model._meta.label} menyimpan nik_hash tanpa nik.") from None
        hasil.append(model)
    return hasil


def cocok() -> bool:
    """Whether the stored hashes were made with the key in use; looks at the newest and oldest rows of each table."""
    for model in model_berhash():
        rows = model._default_manager.order_by("pk").values_list("nik", "nik_hash")
        contoh = [*rows[:20], *rows.reverse()[:20]]
        if any(sidik != hash_nik(nik) for nik, sidik in contoh):
            return False
    return True


@transaction.atomic
def hash_ulang() -> tuple[int, int]:
    """Hash everything with the key in use; (rows, locks) that changed. Running it twice changes nothing more."""
    if connection.vendor == "postgresql":
        with connection.cursor() as kursor:
            for tabel in (*(model._meta.db_table for model in model_berhash()), Kunci._meta.db_table):
                kursor.execute(f'LOCK TABLE "{tabel}" IN SHARE ROW EXCLUSIVE MODE')
    rows = kunci = 0
    for model in model_berhash():
        for bagian in _bagian(model):
            ubah = {satu.nik_hash: hash_nik(satu.nik) for satu in bagian if satu.nik_hash != hash_nik(satu.nik)}
            for satu in bagian:
                satu.nik_hash = hash_nik(satu.nik)
            model._default_manager.bulk_update(bagian, ["nik_hash"])
            rows += len(ubah)
            kunci += _pindah_kunci(ubah)
    # Counters of the last minutes, under the old key: nobody finds them again.
    PercobaanCek.objects.all().delete()
    return rows, kunci


def _bagian(model: type[models.Model]) -> Iterator[list]:
    terakhir = 0
    while bagian := list(
        model._default_manager.filter(Q(pk__gt=terakhir)).order_by("pk").only("nik", "nik_hash")[:BAGIAN]
    ):
        yield bagian
        terakhir = bagian[-1].pk


def _pindah_kunci(ubah: dict[str, str]) -> int:
    kunci = list(Kunci.objects.filter(nilai__in=ubah))
    for satu in kunci:
        satu.nilai = ubah[satu.nilai]
    Kunci.objects.bulk_update(kunci, ["nilai"])
    return len(kunci)
