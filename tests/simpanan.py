"""Work that gives the same result every time, done once: loading rows, listing the static files, drawing letters."""

from __future__ import annotations

import base64
import datetime
import hashlib
import os
import random
import threading
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model
from whitenoise.middleware import WhiteNoiseMiddleware

import haji_portal.alur.models.perkara as nomor_perkara
import haji_portal.surat.models as token_surat
from haji_portal.surat import gambar, isi, juru, tandatangan, terbit


class Simpanan:
    """The rows of some tables as the database itself writes them, put back without a model in between."""

    def __init__(self, model: list[type[Model]]) -> None:
        self.model = model
        self._isi: dict[str, Any] = {}

    def __bool__(self) -> bool:
        return bool(self._isi)

    def simpan(self) -> None:
        """Remember what the tables hold now."""
        with connection.cursor() as kursor:
            for tabel in (m._meta.db_table for m in self.model):
                if connection.vendor == "sqlite":
                    baris = kursor.execute(f'SELECT * FROM "{tabel}"').fetchall()
                    # Python's sqlite3 writes dates, but no times of day.
                    self._isi[tabel] = [[str(v) if isinstance(v, datetime.time) else v for v in b] for b in baris]
                else:
                    with kursor.copy(f'COPY "{tabel}" TO STDOUT') as salinan:
                        self._isi[tabel] = b"".join(salinan)

    def pulihkan(self) -> None:
        """Fill the empty tables. Together: their rows point at each other."""
        with transaction.atomic(), connection.cursor() as kursor:
            for tabel, isi in self._isi.items():
                if connection.vendor != "sqlite":
                    with kursor.copy(f'COPY "{tabel}" FROM STDIN') as salinan:
                        salinan.write(isi)
                elif isi:
                    tanda = ",".join(["%s"] * len(isi[0]))
                    kursor.executemany(f'INSERT INTO "{tabel}" VALUES ({tanda})', isi)
            # Rows with given ids do not move PostgreSQL's sequences, which a test that rebuilds tables starts anew.
            if urutan := connection.ops.sequence_reset_sql(no_style(), self.model):
                kursor.execute("".join(urutan))


def daftar_statis_sekali() -> None:
    """Every test client starts its own chain of middleware; the folders of static files are the same for all."""
    asli, dikenal = WhiteNoiseMiddleware.add_files_from_finders, {}

    def tambah(self: WhiteNoiseMiddleware) -> None:
        kunci = (self.static_prefix, self.max_age, self.charset)
        if kunci not in dikenal:
            sebelum = dict(self.files)
            asli(self)
            dikenal[kunci] = {url: isi for url, isi in self.files.items() if sebelum.get(url) is not isi}
        self.files.update(dikenal[kunci])

    WhiteNoiseMiddleware.add_files_from_finders = tambah


def surat_sekali() -> None:
    """The same HTML gives the same bytes (tests/surat/test_gambar.py): what was drawn once is kept in this process,
    and in the folder that all processes of one run of `alat.uji` share. Tests of the drawing call `gambar.buat_pdf`."""
    bersama = os.environ.get("UJI_BERSAMA")

    @lru_cache(maxsize=1000)
    def sekali(html: str, ttd: str = "", *, isian: bool = False) -> bytes:
        if not bersama:
            return gambar.buat_pdf(html, ttd, isian=isian)
        berkas = Path(bersama) / f"{hashlib.sha256(repr((html, ttd, isian)).encode()).hexdigest()}.pdf"
        if not berkas.exists():
            sementara = berkas.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
            sementara.write_bytes(gambar.buat_pdf(html, ttd, isian=isian))
            sementara.rename(berkas)
        return berkas.read_bytes()

    for pemakai in (isi, juru, tandatangan, terbit):
        pemakai.buat_pdf = sekali  # type: ignore[attr-defined]


def ulangi_nomor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every test number its cases and letters by the same dice: the same case has the same letter again."""
    nomor, token = random.Random(1), random.Random(2)

    def token_urlsafe(n: int) -> str:
        return base64.urlsafe_b64encode(token.randbytes(n)).rstrip(b"=").decode()

    monkeypatch.setattr(nomor_perkara, "secrets", SimpleNamespace(choice=nomor.choice))
    monkeypatch.setattr(token_surat, "secrets", SimpleNamespace(token_urlsafe=token_urlsafe))
