"""Fills a database: reference data, offices with people, and N invented cases in the shares of an office that works."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, models
from django.db.models import Case, When
from django.utils import timezone

from haji_portal.akun.demo import LOKAL, isi_akun
from haji_portal.akun.models import Kantor, Pengguna, Penugasan
from haji_portal.alur.models import Efek, Tenggat
from haji_portal.meja.contoh import Pelaksana
from pendaftaran import contoh as contoh_layanan

from . import contoh
from .salin import Cetakan, Ganti, Penyalin, baca, cetakan

KANTOR_UKUR = "lombok-timur"
PEKAN = 44
"""Closed cases lie up to so many weeks back, open ones up to three."""


@dataclass(frozen=True)
class Rencana:
    """jumlah: cases; terbuka: share of open ones; kantor: number of kabupaten/kota offices that share them."""

    jumlah: int
    terbuka: float = 0.3
    kantor: int = 5


def siapkan_basis() -> None:
    """Schema, reference data and accounts of an empty database; until `siap()` nothing waits for the disk."""
    with connection.cursor() as kursor:
        sqlite = connection.vendor == "sqlite"
        kursor.execute("PRAGMA synchronous=OFF" if sqlite else "SET synchronous_commit = off")
    call_command("migrate", verbosity=0)
    call_command("muat_acuan", verbosity=0)
    isi_akun(settings.HAJI_DEMO_SANDI)


def siap() -> None:
    """From here on every commit is on the disk before it counts, as in an office."""
    with connection.cursor() as kursor:
        kursor.execute("PRAGMA synchronous=FULL" if connection.vendor == "sqlite" else "SET synchronous_commit = on")


class Pengisi:
    """Keeps the originals, so that more copies of one kind can be made while measuring."""

    def __init__(self, rencana: Rencana) -> None:
        self.rencana, self.urut = rencana, 0
        self.acak = contoh_layanan.acak_tetap(rencana.jumlah)
        self.asli: dict[tuple[str, str], dict[type[models.Model], list[Any]]] = {}
        self._cetakan: dict[tuple[str, str, int], Cetakan] = {}
        utama = Kantor.objects.filter(jenis=Kantor.Jenis.KABKOTA).order_by(
            Case(When(slug=KANTOR_UKUR, then=0), default=1), "pk"
        )
        dasar = list(utama[: rencana.kantor])
        self.kantor: list[tuple[Kantor, Kantor, Ganti]] = [(k, k, {}) for k in dasar]
        self.kantor += [_kantor_baru(dasar[n % len(dasar)], n) for n in range(rencana.kantor - len(dasar))]
        self._tulis_asli(dasar)

    def _tulis_asli(self, dasar: list[Kantor]) -> None:
        """One original per reference office and stage, through the real door."""
        pelaksana = Pelaksana(settings.HAJI_DEMO_SANDI)
        tujuan = [*contoh.TERBUKA, *contoh.TERTUTUP]
        for urut, (k, satu) in enumerate(product(dasar, tujuan), start=1):
            self.asli[k.slug, satu] = baca(contoh.buat(k, satu, urut, pelaksana))

    def isi(self) -> None:
        """Write the cases of the plan."""
        self.tulis(self._pekerjaan(self.rencana.jumlah))
        kini = timezone.now()
        Efek.objects.filter(selesai__isnull=True).update(selesai=kini)
        # What is late has been warned of; what is not due yet has not.
        Tenggat.objects.filter(selesai__isnull=True, batas__lt=kini).update(peringatan=3)
        with connection.cursor() as kursor:
            kursor.execute("ANALYZE")

    def tambah(self, tujuan: str, jumlah: int) -> list[int]:
        """More open cases of the measured office in one stage, as of this week; returns their ids."""
        return self.tulis([self._satu(self.kantor[0], tujuan, 0) for _ in range(jumlah)])

    def tulis(self, pekerjaan: Iterable[tuple[int, Cetakan]]) -> list[int]:
        with _cepat() if self.rencana.jumlah > 10_000 else nullcontext():
            return Penyalin().tulis(pekerjaan)

    def _pekerjaan(self, jumlah: int) -> Iterator[tuple[int, Cetakan]]:
        for n in range(jumlah):
            buka = self.acak.random() < self.rencana.terbuka
            bagian = contoh.TERBUKA if buka else contoh.TERTUTUP
            tujuan = self.acak.choices(list(bagian), list(bagian.values()))[0]
            pekan = self.acak.randrange(4 if buka else PEKAN)
            yield self._satu(self.kantor[n % len(self.kantor)], tujuan, pekan)

    def _satu(self, kantor: tuple[Kantor, Kantor, Ganti], tujuan: str, pekan: int) -> tuple[int, Cetakan]:
        baru, dasar, ganti = kantor
        kunci = (baru.slug, tujuan, pekan)
        if kunci not in self._cetakan:
            geser = datetime.timedelta(weeks=-pekan)
            # Half of what is open is not due yet: its limit lies one to three weeks ahead.
            batas = datetime.timedelta(weeks=2 + 2 * pekan) if pekan % 2 == 0 else datetime.timedelta()
            self._cetakan[kunci] = cetakan(self.asli[dasar.slug, tujuan], geser, batas, ganti, baru.kode_perkara)
        self.urut += 1
        return self.urut, self._cetakan[kunci]


def _kantor_baru(dasar: Kantor, n: int) -> tuple[Kantor, Kantor, Ganti]:
    """Another office like `dasar`, with its own people; the map says who stands where."""
    huruf = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    baru = Kantor.objects.get(pk=dasar.pk)
    baru.pk, baru.slug, baru.nama_pendek = None, f"{dasar.slug}-{n}", f"{dasar.nama_pendek} {n}"
    baru.kode_perkara = "Z" + "".join(huruf[n // 26**i % 26] for i in range(3))
    baru.save()
    for nama in ("jamlayanan_set", "kopsurat_set", "penandatangansurat_set"):
        for row in getattr(dasar, nama).all():
            row.pk, row.kantor = None, baru
            row.save()
    ganti: Ganti = {(Kantor, dasar.pk): baru.pk}
    for tugas in Penugasan.objects.filter(kantor=dasar, peran__in=LOKAL).select_related("pengguna"):
        orang, lama = tugas.pengguna, tugas.pengguna_id
        orang.pk, orang.username, orang.nip = None, f"{tugas.peran}.{baru.slug}", None
        orang.save()
        ganti[Pengguna, lama] = orang.pk
        tugas.pk, tugas.kantor, tugas.pengguna = None, baru, orang
        tugas.save()
    return baru, dasar, ganti


@contextmanager
def _cepat() -> Iterator[None]:
    """A large fill leaves foreign keys unchecked (the small one in the tests checks them); the guards of history and
    book stay. Committed in portions: the book locks each posting until the end of its transaction.

    Only outside a transaction, and on PostgreSQL only as a superuser: this is a throw-away database.
    """
    with connection.cursor() as kursor:
        if connection.vendor == "sqlite":
            kursor.execute("PRAGMA foreign_keys=OFF")
        else:
            kursor.execute("SET session_replication_role = replica")
    yield
    with connection.cursor() as kursor:
        if connection.vendor == "sqlite":
            kursor.execute("PRAGMA foreign_keys=ON")
        else:
            kursor.execute("SET session_replication_role = DEFAULT")
