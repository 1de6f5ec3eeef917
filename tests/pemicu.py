"""Lifts the history triggers, only around the flush between transactional tests. Product code has no such door."""

from contextlib import contextmanager

from django.core.management.commands import flush
from django.db import connections

from haji_portal.alur.pemicu import nama_pemicu, pasang


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


def bungkus_flush():
    """Make `flush`, which empties the tables after a transactional test, work in spite of the triggers."""
    asli = flush.Command.handle
    if getattr(asli, "membungkus", False):
        return

    def handle(self, **options):
        with tanpa_pemicu(options["database"]):
            return asli(self, **options)

    handle.membungkus = True
    flush.Command.handle = handle
