"""One row with its neighbours by a statement that is composed once per process.

A case joins five tables and a hundred columns: Django takes longer to compose that SELECT than a database to answer it,
and every step and every page of a case begins with it.
"""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

from django.db import connections, models
from django.db.models.query import get_related_populators


class BacaanSiap:
    """`model.objects.select_related(*terkait).get(pk=...)`, composed already.

    The parts are those of Django's own ModelIterable; tests/alur/test_siap.py compares the two, for the next Django.
    """

    def __init__(self, model: type[models.Model], terkait: tuple[str, ...], db: str) -> None:
        self._model, self._db = model, db
        kueri = model._default_manager.using(db).select_related(*terkait).filter(pk=0).query
        # A connection that is never opened: what stays in the process must not hold that of the thread that came first.
        penyusun: Any = kueri.get_compiler(connection=connections.create_connection(db))
        self._sql, isian = penyusun.as_sql()
        if isian != (0,):
            raise ValueError(f"{model.__name__}: the key is not the only value of this query")
        kolom = penyusun.klass_info["select_fields"]
        self._awal, self._akhir = kolom[0], kolom[-1] + 1
        self._nama = [satu[0].target.attname for satu in penyusun.select[self._awal : self._akhir]]
        self._pengubah = penyusun.get_converters([satu[0] for satu in penyusun.select])
        self._tetangga = get_related_populators(penyusun.klass_info, penyusun.select, db)
        self._penyusun = penyusun

    def ambil(self, pk: int | None) -> Any:
        """The row. Raises DoesNotExist."""
        penyusun = copy.copy(self._penyusun)
        penyusun.connection = connections[self._db]
        with penyusun.connection.cursor() as kursor:
            kursor.execute(self._sql, (pk,))
            mentah = kursor.fetchone()
        if mentah is None:
            raise self._model.DoesNotExist(f"{self._model.__name__} {pk}")
        baris = next(iter(penyusun.apply_converters([mentah], self._pengubah)))
        isi = self._model.from_db(self._db, self._nama, baris[self._awal : self._akhir])
        for tetangga in self._tetangga:
            tetangga.populate(baris, isi)
        return isi


@cache
def bacaan(model: type[models.Model], terkait: tuple[str, ...], db: str) -> BacaanSiap:
    """The prepared read of a model; composed at the first call in this process."""
    return BacaanSiap(model, terkait, db)
