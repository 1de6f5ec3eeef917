"""The database's part of a backup: a dump of one moment together with the facts of that same moment.

SQLite: the online backup API, which writers do not disturb. PostgreSQL: pg_dump in its custom format inside an exported
snapshot, in which the facts are counted too.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connection, connections

from .arsip import Arsip, CadanganRusak

SQLITE, POSTGRES = "basis.sqlite3", "basis.dump"
NAMA = {"sqlite": SQLITE, "postgresql": POSTGRES}
SISIH = "sebelum_"
"""Schemas and files that a restore put aside begin with this."""


def salin_basis(arsip: Arsip) -> dict[str, Any]:
    """Add the database of this installation to the archive; returns its facts."""
    return _salin_sqlite(arsip) if connection.vendor == "sqlite" else _salin_postgres(arsip)


def kosong() -> bool:
    """Whether the configured database has no table yet."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return True
    return not connection.introspection.table_names()


def sambungan_lain() -> int:
    """Other clients of this PostgreSQL database; 0 on SQLite, where the data folder's lock says it."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as kursor:
        kursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return int(kursor.fetchone()[0])


def sisihkan(tanda: str) -> None:
    """Put the present content aside under a name with `tanda`; nothing is destroyed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as kursor:
            kursor.execute(f'ALTER SCHEMA public RENAME TO "{SISIH}{tanda}"; CREATE SCHEMA public')
        return
    connections.close_all()
    for akhiran in ("", "-wal", "-shm"):
        berkas = Path(f"{connection.settings_dict['NAME']}{akhiran}")
        if berkas.exists():
            berkas.rename(berkas.with_name(f"{SISIH}{tanda}-{berkas.name}"))


def fakta_kini() -> dict[str, Any]:
    """The facts of the configured database as it is now."""
    with connection.cursor() as kursor:
        return fakta(kursor, connection.vendor)


def fakta(kursor: Any, vendor: str) -> dict[str, Any]:
    """What must be equal after a restore: rows per table, every link of every chain, the migrations."""
    kursor.execute(_TABEL[vendor])
    nama = [satu for (satu,) in kursor.fetchall()]
    jumlah = {satu: _satu(kursor, f'SELECT count(*) FROM "{satu}"') for satu in nama}  # noqa: S608  (own catalogue)
    hasil: dict[str, Any] = {"jenis": vendor, "tabel": jumlah, "migrasi": [], "rantai": "", "segel": 0}
    if "django_migrations" in jumlah:
        kursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        hasil["migrasi"] = sorted({f"{app}.{satu}" for app, satu in kursor.fetchall()})
    if "alur_riwayat" in jumlah:
        hasil["rantai"] = _sidik_rantai(kursor)
        hasil["segel"] = jumlah["alur_segelharian"]
    return hasil


_TABEL = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY 1",
    "postgresql": (
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY 1"
    ),
}


def _satu(kursor: Any, perintah: str) -> int:
    kursor.execute(perintah)
    return int(kursor.fetchone()[0])


def _sidik_rantai(kursor: Any) -> str:
    sidik, awal = hashlib.sha256(), 0
    # By key, in pieces: neither side holds a million links at once.
    while True:
        kursor.execute(
            f"SELECT id, perkara_id, urut, hash FROM alur_riwayat WHERE id > {awal:d} ORDER BY id LIMIT 20000"  # noqa: S608
        )
        rows = kursor.fetchall()
        if not rows:
            return sidik.hexdigest()
        for row in rows:
            sidik.update(":".join(map(str, row)).encode() + b"\n")
        awal = rows[-1][0]


def _salin_sqlite(arsip: Arsip) -> dict[str, Any]:
    asal = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory(prefix=".cadangan-", dir=settings.HAJI_DATA) as folder:
        salinan = Path(folder) / SQLITE
        dari = sqlite3.connect(f"file:{asal}?mode=ro", uri=True, timeout=20)
        with closing(dari), closing(sqlite3.connect(salinan)) as ke:
            dari.backup(ke, pages=-1)
            # One file, readable without its neighbours.
            ke.execute("PRAGMA journal_mode=DELETE")
        hasil = periksa_sqlite(salinan)
        arsip.tambah_berkas(SQLITE, salinan)
    return hasil


def periksa_sqlite(berkas: Path) -> dict[str, Any]:
    """Facts of a SQLite file. Raises CadanganRusak when the database itself is damaged."""
    try:
        with closing(sqlite3.connect(f"file:{berkas}?mode=ro", uri=True)) as basis:
            kursor = basis.cursor()
            if kursor.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise CadanganRusak("Berkas SQLite di dalam cadangan rusak.")
            return fakta(kursor, "sqlite")
    except sqlite3.DatabaseError:
        raise CadanganRusak("Berkas SQLite di dalam cadangan rusak.") from None


def _salin_postgres(arsip: Arsip) -> dict[str, Any]:
    with _potret() as (kursor, nama):
        perintah = [*_program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={nama}"]
        perintah.append(f"--exclude-schema={SISIH}*")
        with subprocess.Popen(perintah, env=_lingkungan(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as proses:
            keluhan = _kuras(proses)
            assert proses.stdout is not None  # noqa: S101  (stdout=PIPE)
            arsip.tambah_aliran(POSTGRES, proses.stdout)  # type: ignore[arg-type]
            proses.wait()
        if proses.returncode:
            raise CadanganRusak(f"pg_dump gagal: {keluhan()}")
        return fakta(kursor, "postgresql")


@contextmanager
def _potret() -> Iterator[tuple[Any, str]]:
    """A cursor inside one unchanging view of the database, and the name under which pg_dump may share it."""
    sambungan = connection.copy()
    try:
        sambungan.set_autocommit(False)
        with sambungan.cursor() as kursor:
            kursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            kursor.execute("SET LOCAL statement_timeout = 0")
            kursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            kursor.execute("SELECT pg_export_snapshot()")
            yield kursor, kursor.fetchone()[0]
    finally:
        sambungan.close()


def pulihkan_sqlite(salinan: Path) -> None:
    """Put a checked SQLite file in the place of the configured database."""
    connections.close_all()
    tujuan = Path(connection.settings_dict["NAME"])
    for akhiran in ("-wal", "-shm", "-journal"):
        Path(f"{tujuan}{akhiran}").unlink(missing_ok=True)
    os.replace(salinan, tujuan)


def pulihkan_postgres(tuang: Callable[[BinaryIO], None]) -> None:
    """Run pg_restore in one transaction; `tuang` writes the dump to its standard input."""
    perintah = [*_program("pg_restore"), "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    perintah.append(f"--dbname={connection.settings_dict['NAME']}")
    with subprocess.Popen(perintah, env=_lingkungan(), stdin=subprocess.PIPE, stderr=subprocess.PIPE) as proses:
        keluhan = _kuras(proses)
        assert proses.stdin is not None  # noqa: S101  (stdin=PIPE)
        try:
            tuang(proses.stdin)  # type: ignore[arg-type]
            proses.stdin.close()
        except BrokenPipeError:
            pass  # pg_restore ended first and says why
        proses.wait()
    if proses.returncode:
        raise CadanganRusak(f"pg_restore gagal, basis data tidak diubah: {keluhan()}")


def _kuras(proses: subprocess.Popen[bytes]) -> Callable[[], str]:
    """Read what a program complains about in the background, so that a full pipe never stops it."""
    isi: list[bytes] = []
    assert proses.stderr is not None  # noqa: S101  (stderr=PIPE)
    utas = threading.Thread(target=lambda: isi.append(proses.stderr.read()), daemon=True)  # type: ignore[union-attr]
    utas.start()

    def keluhan() -> str:
        utas.join()
        baris = b"".join(isi).decode(errors="replace").strip().splitlines()
        return baris[0][:200] if baris else "tanpa pesan"

    return keluhan


def _program(nama: str) -> list[str]:
    jalur = shutil.which(nama)
    if jalur is None:
        raise CadanganRusak(f"{nama} tidak terpasang (paket postgresql-client).")
    return [jalur]


def _lingkungan() -> dict[str, str]:
    """Where to connect, as environment: a password in the arguments could be read by every account."""
    setelan, opsi = connection.settings_dict, connection.settings_dict["OPTIONS"]
    isi = {
        "PGHOST": setelan["HOST"], "PGPORT": setelan["PORT"], "PGUSER": setelan["USER"],
        "PGPASSWORD": setelan["PASSWORD"], "PGDATABASE": setelan["NAME"], "PGSSLMODE": opsi.get("sslmode", ""),
        "PGSSLROOTCERT": opsi.get("sslrootcert", ""),
    }  # fmt: skip
    bersih = {nama: nilai for nama, nilai in os.environ.items() if not nama.startswith("PG")}
    return bersih | {nama: str(nilai) for nama, nilai in isi.items() if nilai}
