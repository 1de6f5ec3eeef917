"""Database triggers that keep the history append-only, on SQLite and on PostgreSQL.

Refused on `alur_riwayat` and `alur_segelharian`: UPDATE, DELETE, TRUNCATE, and an INSERT over an existing row (SQLite's
`INSERT OR REPLACE` would delete it). On `alur_riwayatisi` the only UPDATE that passes is the lawful erasure, which
empties salt and content (`rantai.hapus_isi`). A refusal is an IntegrityError.

Installed after every `migrate`, since SQLite's table rebuilds drop triggers silently. Nothing here can lift them.
"""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate

# Table -> condition under which SQLite refuses an INSERT, as a subquery over the existing rows.
TABEL = {
    "alur_riwayat": "id = NEW.id OR (perkara_id = NEW.perkara_id AND urut = NEW.urut)",
    "alur_riwayatisi": "riwayat_id = NEW.riwayat_id",
    "alur_segelharian": "id = NEW.id OR (kantor_id = NEW.kantor_id AND tanggal = NEW.tanggal)",
}
ISI_DIHAPUS = {
    "sqlite": "NEW.riwayat_id = OLD.riwayat_id AND NEW.garam = '' AND NEW.isi = '{}'",
    "postgresql": "NEW.riwayat_id = OLD.riwayat_id AND NEW.garam = '' AND NEW.isi = '{}'::jsonb",
}
PESAN = "Riwayat tidak dapat diubah atau dihapus"
FUNGSI = "alur_riwayat_tolak"
BADAN_FUNGSI = f"BEGIN RAISE EXCEPTION '{PESAN} (%, %)', TG_TABLE_NAME, TG_OP USING ERRCODE = '23001'; END"


def pasang_saat_migrasi(config: AppConfig) -> None:
    """Have the triggers (re)installed after every migrate of this app; call it in AppConfig.ready()."""
    post_migrate.connect(_sesudah_migrasi, sender=config, dispatch_uid="alur.pemicu")


def _sesudah_migrasi(using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    pasang(using)


def pasang(using: str = DEFAULT_DB_ALIAS) -> None:
    """Install what is missing or altered. Does nothing when all is in place or the tables do not exist yet."""
    koneksi = connections[using]
    if koneksi.vendor not in ISI_DIHAPUS or not set(TABEL) <= set(koneksi.introspection.table_names()):
        return
    if pemicu_terpasang(using):
        return
    with transaction.atomic(using=using), koneksi.cursor() as kursor:
        for perintah in _perintah_sqlite() if koneksi.vendor == "sqlite" else _perintah_postgresql():
            kursor.execute(perintah)


def pemicu_terpasang(using: str = DEFAULT_DB_ALIAS) -> bool:
    """True when every trigger exists, is enabled and still does what this file says (for /sehat/ and checks)."""
    koneksi = connections[using]
    if koneksi.vendor == "sqlite":
        return _terpasang_sqlite(koneksi)
    return koneksi.vendor == "postgresql" and _terpasang_postgresql(koneksi)


def nama_pemicu(vendor: str) -> list[tuple[str, str]]:
    """(trigger, table) pairs of one database."""
    if vendor == "sqlite":
        return [(f"{t}_{aksi}", t) for t in TABEL for aksi in ("tambah", "ubah", "hapus")]
    return [(f"{t}_{aksi}", t) for t in TABEL for aksi in ("ubah", "hapus", "kosongkan")]


def _sqlite() -> dict[str, str]:
    tolak = f"BEGIN SELECT RAISE(ABORT, '{PESAN}'); END"
    hasil = {}
    for tabel, bentrok in TABEL.items():
        kecuali = f" WHEN NOT ({ISI_DIHAPUS['sqlite']})" if tabel == "alur_riwayatisi" else ""
        ada = f"WHEN EXISTS (SELECT 1 FROM {tabel} WHERE {bentrok})"  # noqa: S608  (constants of this file)
        hasil[f"{tabel}_tambah"] = f"CREATE TRIGGER {tabel}_tambah BEFORE INSERT ON {tabel} {ada} {tolak}"
        hasil[f"{tabel}_ubah"] = f"CREATE TRIGGER {tabel}_ubah BEFORE UPDATE ON {tabel}{kecuali} {tolak}"
        hasil[f"{tabel}_hapus"] = f"CREATE TRIGGER {tabel}_hapus BEFORE DELETE ON {tabel} {tolak}"
    return hasil


def _perintah_sqlite() -> list[str]:
    return [p for nama, sql in _sqlite().items() for p in (f"DROP TRIGGER IF EXISTS {nama}", sql)]


def _terpasang_sqlite(koneksi: BaseDatabaseWrapper) -> bool:
    with koneksi.cursor() as kursor:
        kursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        ada = dict(kursor.fetchall())
    return all(ada.get(nama) == sql for nama, sql in _sqlite().items())


def _perintah_postgresql() -> list[str]:
    perintah = [
        f"CREATE OR REPLACE FUNCTION {FUNGSI}() RETURNS trigger LANGUAGE plpgsql AS $tolak${BADAN_FUNGSI}$tolak$"
    ]
    for tabel in TABEL:
        kecuali = f" WHEN (NOT ({ISI_DIHAPUS['postgresql']}))" if tabel == "alur_riwayatisi" else ""
        for nama, kejadian in (
            (f"{tabel}_ubah", f"BEFORE UPDATE ON {tabel} FOR EACH ROW{kecuali}"),
            (f"{tabel}_hapus", f"BEFORE DELETE ON {tabel} FOR EACH ROW"),
            (f"{tabel}_kosongkan", f"BEFORE TRUNCATE ON {tabel} FOR EACH STATEMENT"),
        ):
            perintah += [
                f"DROP TRIGGER IF EXISTS {nama} ON {tabel}",
                f"CREATE TRIGGER {nama} {kejadian} EXECUTE FUNCTION {FUNGSI}()",
                # ALWAYS: session_replication_role = replica must not switch it off.
                f"ALTER TABLE {tabel} ENABLE ALWAYS TRIGGER {nama}",
            ]
    return perintah


# pg_trigger.tgtype: ROW 1, BEFORE 2, DELETE 8, UPDATE 16, TRUNCATE 32.
_TIPE = {"ubah": 1 | 2 | 16, "hapus": 1 | 2 | 8, "kosongkan": 2 | 32}


def _terpasang_postgresql(koneksi: BaseDatabaseWrapper) -> bool:
    with koneksi.cursor() as kursor:
        kursor.execute(
            "SELECT g.tgname, c.relname, g.tgtype, pg_get_triggerdef(g.oid) FROM pg_trigger g"
            " JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_proc p ON p.oid = g.tgfoid"
            " WHERE g.tgenabled = 'A' AND p.proname = %s AND p.prosrc = %s AND pg_table_is_visible(c.oid)",
            [FUNGSI, BADAN_FUNGSI],
        )
        ada = {(nama, tabel): (tipe, definisi) for nama, tabel, tipe, definisi in kursor.fetchall()}
    for nama, tabel in nama_pemicu("postgresql"):
        tipe, definisi = ada.get((nama, tabel), (0, ""))
        bersyarat = (tabel, nama) == ("alur_riwayatisi", "alur_riwayatisi_ubah")
        if tipe != _TIPE[nama.rsplit("_", 1)[1]] or (" WHEN " in definisi) != bersyarat:
            return False
    return True
