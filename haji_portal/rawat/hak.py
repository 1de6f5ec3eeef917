"""Rights in PostgreSQL: the portal's role owns nothing and cannot touch what is written once.

The owner role migrates; after every migration it grants anew (`manage.py beri_hak`). On the tables of the history and
of the book of money the portal's role may read and append, and on the history's erasable content also UPDATE, which
the triggers narrow to the lawful erasure. Without ownership it cannot drop or disable those triggers, without TRUNCATE
and DELETE not empty a table.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from haji_portal.alur.pemicu import PENJAGA

BACA, TAMBAH, UBAH, HAPUS = "SELECT", "INSERT", "UPDATE", "DELETE"
BIASA = (BACA, TAMBAH, UBAH, HAPUS)
SEMUA = (*BIASA, "TRUNCATE", "REFERENCES", "TRIGGER")


class HakGagal(Exception):
    """Granting is not possible; the text says why and holds no secret."""


def beri_hak(peran: str) -> int:
    """Grant `peran` what the portal needs on every table, nothing more; returns the number of tables.

    Raises HakGagal on another database than PostgreSQL, for an unknown role, and for the role that grants.
    """
    _pastikan(peran)
    p = sql.Identifier(peran)
    with transaction.atomic(), connection.cursor() as kursor:
        tabel = _tabel(kursor)
        _jalan(kursor, "GRANT USAGE ON SCHEMA public TO {}", p)
        _jalan(kursor, "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}, PUBLIC", p)
        _jalan(kursor, "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}", p)
        for nama in tabel:
            hak = sql.SQL(", ").join(map(sql.SQL, _boleh(nama)))
            _jalan(kursor, "GRANT {} ON {} TO {}", hak, sql.Identifier("public", nama), p)
    return len(tabel)


def periksa_hak(peran: str) -> list[str]:
    """Sentences about rights that are missing or too wide; empty when all is as `beri_hak` leaves it."""
    _pastikan(peran, pemberi=False)
    with connection.cursor() as kursor:
        return list(_temuan(kursor, peran))


def terbatas() -> dict[str, tuple[str, ...]]:
    """Table -> rights, where they are fewer than BIASA: append-only, and UPDATE only where a guard lets one pass."""
    boleh = {p.tabel: (BACA, TAMBAH, UBAH) if p.boleh_ubah else (BACA, TAMBAH) for p in PENJAGA.values()}
    return {**boleh, "django_migrations": (BACA,)}


def memiliki_tabel() -> bool | None:
    """Whether this connection could lift the triggers (owner or superuser); None where there are no roles."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as kursor:
        kursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND pg_has_role(c.relowner, 'USAGE'))"
        )
        return bool(kursor.fetchone()[0])


def _temuan(kursor: CursorWrapper, peran: str) -> Iterator[str]:
    kursor.execute(
        "SELECT rolsuper, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = %s", [peran]
    )
    if any(kursor.fetchone()):
        yield f"Peran {peran} mempunyai hak pengelola basis data."
    for nama in _tabel(kursor):
        kursor.execute(
            "SELECT pg_has_role(%s, relowner, 'USAGE') FROM pg_class WHERE oid = format('public.%%I', %s)::regclass",
            [peran, nama],
        )
        if kursor.fetchone()[0]:
            yield f"Peran {peran} memiliki tabel {nama}."
            continue
        kursor.execute(
            "SELECT h FROM unnest(%s::text[]) h WHERE has_table_privilege(%s, format('public.%%I', %s)::regclass, h)",
            [list(SEMUA), peran, nama],
        )
        ada, harus = {satu for (satu,) in kursor.fetchall()}, set(_boleh(nama))
        if ada - harus:
            yield f"Peran {peran} terlalu leluasa pada {nama}: {', '.join(sorted(ada - harus))}."
        if harus - ada:
            yield f"Peran {peran} tidak mempunyai {', '.join(sorted(harus - ada))} pada {nama}."


def _boleh(tabel: str) -> tuple[str, ...]:
    return terbatas().get(tabel, BIASA)


def _pastikan(peran: str, pemberi: bool = True) -> None:
    if connection.vendor != "postgresql":
        raise HakGagal("Peran basis data hanya ada pada PostgreSQL.")
    with connection.cursor() as kursor:
        kursor.execute("SELECT current_user = %s, EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %s)", [peran, peran])
        sendiri, ada = kursor.fetchone()
    if not ada:
        raise HakGagal(f"Peran {peran} tidak ada di basis data.")
    if sendiri and pemberi:
        raise HakGagal(f"Jalankan perintah ini sebagai pemilik tabel, bukan sebagai {peran}.")


def _tabel(kursor: CursorWrapper) -> list[str]:
    kursor.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm') ORDER BY 1"
    )
    return [nama for (nama,) in kursor.fetchall()]


def _jalan(kursor: CursorWrapper, perintah: str, *bagian: sql.Composable) -> None:
    kursor.execute(sql.SQL(perintah).format(*bagian))  # type: ignore[arg-type]
