"""Database triggers that keep tables append-only and whole, on SQLite and on PostgreSQL.

A room hands in one `Penjaga` per table (`jaga()` in AppConfig.ready()). On each of these tables are refused: UPDATE,
DELETE, TRUNCATE, an INSERT over an existing row (SQLite's `INSERT OR REPLACE` would delete it), and an INSERT that
breaks one of the table's own rules. On `alur_riwayatisi` the only UPDATE that passes is the lawful erasure, which
empties salt and content (`rantai.hapus_isi`). A refusal is an IntegrityError.

Installed after every `migrate`, since SQLite's table rebuilds drop triggers silently. Nothing here can lift them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate

VENDOR = ("sqlite", "postgresql")


@dataclass(frozen=True)
class AturanTambah:
    """An INSERT that the database refuses. SQL of both databases; `{skema}` stands before every table name.

    nama: ending of the trigger's name; tolak: the condition, over NEW; pesan: the error's text; kunci: PostgreSQL
    only, what two transactions may not write at the same time (an expression over NEW).
    """

    nama: str
    tolak: str
    pesan: str
    kunci: str = ""


@dataclass(frozen=True)
class Penjaga:
    """What is refused on one table.

    sebutan: what the error calls the table; bentrok: when SQLite refuses an INSERT, as a condition over the existing
    rows and NEW; boleh_ubah: vendor -> the only UPDATE that passes, as a condition over OLD and NEW.
    """

    tabel: str
    sebutan: str
    bentrok: str
    boleh_ubah: tuple[tuple[str, str], ...] = ()
    aturan: tuple[AturanTambah, ...] = ()

    @property
    def pesan(self) -> str:
        return f"{self.sebutan} tidak dapat diubah atau dihapus"


ISI_DIHAPUS = "NEW.riwayat_id = OLD.riwayat_id AND NEW.garam = '' AND NEW.isi = '{}'"
RIWAYAT = (
    Penjaga("alur_riwayat", "Riwayat", "id = NEW.id OR (perkara_id = NEW.perkara_id AND urut = NEW.urut)"),
    Penjaga(
        "alur_riwayatisi", "Riwayat", "riwayat_id = NEW.riwayat_id",
        boleh_ubah=(("sqlite", ISI_DIHAPUS), ("postgresql", f"{ISI_DIHAPUS}::jsonb")),
    ),
    Penjaga("alur_segelharian", "Riwayat", "id = NEW.id OR (kantor_id = NEW.kantor_id AND tanggal = NEW.tanggal)"),
)  # fmt: skip
PENJAGA: dict[str, Penjaga] = {}
"""Table -> what guards it: complete once every app is ready."""
TANPA_PENJAGA = "Penjaga riwayat atau buku dana di basis data tidak terpasang. Jalankan manage.py migrate."
FUNGSI = "alur_tolak"
BADAN_FUNGSI = (
    "BEGIN RAISE EXCEPTION '% tidak dapat diubah atau dihapus (%, %)', TG_ARGV[0], TG_TABLE_NAME, TG_OP"
    " USING ERRCODE = '23001'; END"
)


def jaga(config: AppConfig, penjaga: Iterable[Penjaga]) -> None:
    """Guard tables of this app and have the triggers (re)installed after its migrations; call in AppConfig.ready()."""
    PENJAGA.update({p.tabel: p for p in penjaga})
    post_migrate.connect(_sesudah_migrasi, sender=config, dispatch_uid=f"alur.pemicu.{config.label}")


def _sesudah_migrasi(using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    pasang(using)


def pasang(using: str = DEFAULT_DB_ALIAS) -> None:
    """Install what is missing or altered. Does nothing where all is in place or the tables do not exist yet."""
    koneksi = connections[using]
    if koneksi.vendor not in VENDOR:
        return
    tabel = set(koneksi.introspection.table_names())
    kurang = [p for p in PENJAGA.values() if p.tabel in tabel and not _lengkap(koneksi, [p])]
    if not kurang:
        return
    with transaction.atomic(using=using), koneksi.cursor() as kursor:
        for perintah in _perintah_sqlite(kurang) if koneksi.vendor == "sqlite" else _perintah_postgresql(kurang):
            kursor.execute(perintah)


def pemicu_terpasang(using: str = DEFAULT_DB_ALIAS) -> bool:
    """True when every trigger exists, is enabled and still does what its guard says (for /sehat/ and checks)."""
    koneksi = connections[using]
    return koneksi.vendor in VENDOR and _lengkap(koneksi, PENJAGA.values())


def nama_pemicu(vendor: str) -> list[tuple[str, str]]:
    """(trigger, table) pairs of one database."""
    biasa = ("tambah", "ubah", "hapus") if vendor == "sqlite" else ("ubah", "hapus", "kosongkan")
    return [
        (f"{p.tabel}_{akhiran}", p.tabel) for p in PENJAGA.values() for akhiran in (*biasa, *(a.nama for a in p.aturan))
    ]


def _lengkap(koneksi: BaseDatabaseWrapper, penjaga: Iterable[Penjaga]) -> bool:
    if koneksi.vendor == "sqlite":
        return _lengkap_sqlite(koneksi, penjaga)
    return _lengkap_postgresql(koneksi, penjaga)


def _sqlite(penjaga: Iterable[Penjaga]) -> dict[str, str]:
    """Trigger's name -> the statement that makes it, as SQLite remembers it."""
    hasil = {}
    for p in penjaga:
        t, tolak = p.tabel, f"BEGIN SELECT RAISE(ABORT, '{p.pesan}'); END"
        boleh = dict(p.boleh_ubah).get("sqlite")
        kecuali = f" WHEN NOT ({boleh})" if boleh else ""
        ada = f"WHEN EXISTS (SELECT 1 FROM {t} WHERE {p.bentrok})"  # noqa: S608  (constants of the code)
        hasil[f"{t}_tambah"] = f"CREATE TRIGGER {t}_tambah BEFORE INSERT ON {t} {ada} {tolak}"
        hasil[f"{t}_ubah"] = f"CREATE TRIGGER {t}_ubah BEFORE UPDATE ON {t}{kecuali} {tolak}"
        hasil[f"{t}_hapus"] = f"CREATE TRIGGER {t}_hapus BEFORE DELETE ON {t} {tolak}"
        for a in p.aturan:
            nama, bila = f"{t}_{a.nama}", a.tolak.format(skema="")
            larang = f"BEGIN SELECT RAISE(ABORT, '{a.pesan}'); END"
            hasil[nama] = f"CREATE TRIGGER {nama} BEFORE INSERT ON {t} WHEN {bila} {larang}"
    return hasil


def _perintah_sqlite(penjaga: Iterable[Penjaga]) -> list[str]:
    return [p for nama, sql in _sqlite(penjaga).items() for p in (f"DROP TRIGGER IF EXISTS {nama}", sql)]


def _lengkap_sqlite(koneksi: BaseDatabaseWrapper, penjaga: Iterable[Penjaga]) -> bool:
    with koneksi.cursor() as kursor:
        kursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        ada = dict(kursor.fetchall())
    return all(ada.get(nama) == sql for nama, sql in _sqlite(penjaga).items())


# pg_trigger.tgtype: ROW 1, BEFORE 2, INSERT 4, DELETE 8, UPDATE 16, TRUNCATE 32.
_TIPE = {"INSERT": 1 | 2 | 4, "UPDATE": 1 | 2 | 16, "DELETE": 1 | 2 | 8, "TRUNCATE": 2 | 32}


@dataclass(frozen=True)
class _Pg:
    """One trigger of PostgreSQL and the function behind it."""

    nama: str
    tabel: str
    kejadian: str
    fungsi: str
    badan: str
    argumen: str = ""
    bila: str = ""

    def perintah(self) -> list[str]:
        tiap = "STATEMENT" if self.kejadian == "TRUNCATE" else "ROW"
        bila = f" WHEN ({self.bila})" if self.bila else ""
        return [
            f"DROP TRIGGER IF EXISTS {self.nama} ON {self.tabel}",
            f"CREATE TRIGGER {self.nama} BEFORE {self.kejadian} ON {self.tabel} FOR EACH {tiap}{bila}"
            f" EXECUTE FUNCTION {self.fungsi}({self.argumen})",
            # ALWAYS: session_replication_role = replica must not switch it off.
            f"ALTER TABLE {self.tabel} ENABLE ALWAYS TRIGGER {self.nama}",
        ]


def _postgresql(penjaga: Iterable[Penjaga]) -> Iterator[_Pg]:
    for p in penjaga:
        boleh = dict(p.boleh_ubah).get("postgresql")
        for akhiran, kejadian in (("ubah", "UPDATE"), ("hapus", "DELETE"), ("kosongkan", "TRUNCATE")):
            bila = f"NOT ({boleh})" if boleh and kejadian == "UPDATE" else ""
            nama = f"{p.tabel}_{akhiran}"
            yield _Pg(nama, p.tabel, kejadian, FUNGSI, BADAN_FUNGSI, argumen=f"'{p.sebutan}'", bila=bila)
        for a in p.aturan:
            yield _Pg(f"{p.tabel}_{a.nama}", p.tabel, "INSERT", f"{p.tabel}_{a.nama}", _badan(a))


def _badan(aturan: AturanTambah) -> str:
    """The names are qualified: whoever inserts could have a temporary table of the same name."""
    kunci = f"PERFORM pg_advisory_xact_lock(hashtextextended({aturan.kunci}, 0)); " if aturan.kunci else ""
    bila = aturan.tolak.format(skema="public.")
    galat = f"RAISE EXCEPTION '{aturan.pesan}' USING ERRCODE = '23514'"
    return f"BEGIN {kunci}IF {bila} THEN {galat}; END IF; RETURN NEW; END"


def _perintah_postgresql(penjaga: Iterable[Penjaga]) -> list[str]:
    semua = list(_postgresql(penjaga))
    badan = {p.fungsi: p.badan for p in semua}
    perintah = [
        f"CREATE OR REPLACE FUNCTION {fungsi}() RETURNS trigger LANGUAGE plpgsql AS $tolak${isi}$tolak$"
        for fungsi, isi in badan.items()
    ]
    return perintah + [satu for p in semua for satu in p.perintah()]


def _lengkap_postgresql(koneksi: BaseDatabaseWrapper, penjaga: Iterable[Penjaga]) -> bool:
    with koneksi.cursor() as kursor:
        kursor.execute(
            "SELECT g.tgname, c.relname, g.tgtype, p.proname, p.prosrc, pg_get_triggerdef(g.oid) FROM pg_trigger g"
            " JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_proc p ON p.oid = g.tgfoid"
            " WHERE g.tgenabled = 'A' AND NOT g.tgisinternal AND pg_table_is_visible(c.oid)"
        )
        ada = {(nama, tabel): lain for nama, tabel, *lain in kursor.fetchall()}
    for p in _postgresql(penjaga):
        tipe, fungsi, badan, definisi = ada.get((p.nama, p.tabel), (0, "", "", ""))
        if (tipe, fungsi, badan) != (_TIPE[p.kejadian], p.fungsi, p.badan) or (" WHEN " in definisi) != bool(p.bila):
            return False
    return True
