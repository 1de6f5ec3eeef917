"""Lifts the history triggers, only around the flush between transactional tests. Product code has no such door."""

from contextlib import contextmanager

from django.core.management.commands import flush
from django.db import connections, transaction

from haji_portal.alur.pemicu import nama_pemicu, pasang

TETAP = {"django_migrations", "django_content_type", "auth_permission"}


def lepas(using="default"):
    """Drop every history trigger."""
    koneksi = connections[using]
    with koneksi.cursor() as kursor:
        for nama, tabel in nama_pemicu(koneksi.vendor):
            kursor.execute(f"DROP TRIGGER IF EXISTS {nama}" + ("" if koneksi.vendor == "sqlite" else f" ON {tabel}"))


@contextmanager
def tanpa_pemicu(using="default"):
    """For tests that play the intruder with the rights of the table's owner."""
    lepas(using)
    try:
        yield
    finally:
        pasang(using)


def kosongkan(using):
    """Delete the rows of every table that has any, in one transaction.

    Truncating a hundred tables and making content types and rights anew, as Django does, costs twenty times as much;
    those two belong to the code, not to a test, and stay.
    """
    koneksi = connections[using]
    tabel = set(koneksi.introspection.django_table_names(only_existing=True, include_views=False)) - TETAP
    with transaction.atomic(using), koneksi.cursor() as kursor:
        kursor.execute(" UNION ALL ".join(f"SELECT '{t}' WHERE EXISTS (SELECT 1 FROM \"{t}\")" for t in sorted(tabel)))
        berisi = [baris[0] for baris in kursor.fetchall()]
        # The rows point at each other: the keys count again when nothing is left.
        sqlite = koneksi.vendor == "sqlite"
        kursor.execute("PRAGMA defer_foreign_keys = ON" if sqlite else "SET LOCAL session_replication_role = replica")
        for satu in berisi:
            kursor.execute(f'DELETE FROM "{satu}"')


def bungkus_flush():
    """Have `flush`, which empties the tables after a transactional test, do so in spite of the triggers."""

    def handle(self, **options):
        with tanpa_pemicu(options["database"]):
            kosongkan(options["database"])

    flush.Command.handle = handle
