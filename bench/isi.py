"""Fills a database: reference data, offices with people, and N invented cases in the shares of an office that works."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone

from haji_portal.akun.demo import LOKAL, isi_akun
from haji_portal.akun.models import Kantor, Pengguna, Penugasan
from haji_portal.alur.models import Efek, Tenggat
from haji_portal.meja.contoh import Pelaksana

from . import contoh
from .salin import URUTAN, Cetakan, Penyalin, baca, cetakan

KANTOR_UKUR = "lombok-timur"
PEKAN = 44
"""Closed cases lie up to so many weeks back, open ones up to three."""


@dataclass(frozen=True)
class Rencana:
    """jumlah: cases; terbuka: share of open ones; kantor: number of kabupaten/kota offices that share them."""

    jumlah: int
    terbuka: float = 0.3
    kantor: int = 5


class Pengisi:
    """Keeps the originals, so that more copies of one kind can be made while measuring."""

    def __init__(self, rencana: Rencana) -> None:
        self.rencana = rencana
        self.acak = random.Random(rencana.jumlah)
        self.pelaksana = Pelaksana(settings.HAJI_DEMO_SANDI)
        self.asli: dict[tuple[str, str], dict[type[models.Model], list[Any]]] = {}
        self._cetakan: dict[tuple[str, str, int], Cetakan] = {}
        self.urut = 0

    def siapkan(self) -> None:
        """Schema, reference data, accounts, offices, and one original per reference office and stage."""
        call_command("migrate", verbosity=0)
        call_command("muat_acuan", verbosity=0)
        isi_akun(settings.HAJI_DEMO_SANDI)
        self.dasar = list(Kantor.objects.filter(jenis=Kantor.Jenis.KABKOTA).order_by("pk"))
        self.kantor = [(k, k, {}) for k in self.dasar]
        for n in range(self.rencana.kantor - len(self.dasar)):
            self.kantor.append(_kantor_baru(self.dasar[n % len(self.dasar)], n))
        tujuan = [*contoh.TERBUKA, *contoh.TERTUTUP]
        dasar = self.dasar if self.rencana.jumlah > 50 else self.dasar[:1]
        self.kantor = [k for k in self.kantor if k[1] in dasar]
        for i, k in enumerate(dasar):
            for j, satu in enumerate(tujuan):
                self.asli[k.slug, satu] = baca(contoh.buat(k, satu, 1 + i * len(tujuan) + j, self.pelaksana))

    def isi(self) -> None:
        """Write the cases of the plan."""
        self.tambah_semua(self._pekerjaan(self.rencana.jumlah))
        kini = timezone.now()
        Efek.objects.filter(selesai__isnull=True).update(selesai=kini)
        # What is late has been warned of; what is not due yet has not.
        Tenggat.objects.filter(selesai__isnull=True, batas__lt=kini).update(peringatan=3)
        with connection.cursor() as kursor:
            kursor.execute("ANALYZE")

    def tambah(self, tujuan: str, jumlah: int, kantor: str = KANTOR_UKUR) -> list[int]:
        """More open cases of one office and stage, as of this week; returns their ids."""
        k = next(k for k in self.kantor if k[0].slug == kantor)
        return self.tambah_semua([self._satu(k, tujuan, 0) for _ in range(jumlah)])

    def tambah_semua(self, pekerjaan: Any) -> list[int]:
        with _cepat():
            ids = Penyalin().tulis(pekerjaan)
        return ids

    def _pekerjaan(self, jumlah: int) -> Iterator[tuple[int, Cetakan]]:
        for n in range(jumlah):
            kantor = self.kantor[n % len(self.kantor)]
            buka = self.acak.random() < self.rencana.terbuka
            bagian = contoh.TERBUKA if buka else contoh.TERTUTUP
            tujuan = self.acak.choices(list(bagian), list(bagian.values()))[0]
            yield self._satu(kantor, tujuan, self.acak.randrange(4 if buka else PEKAN))

    def _satu(self, kantor: tuple[Kantor, Kantor, dict], tujuan: str, pekan: int) -> tuple[int, Cetakan]:
        baru, dasar, ganti = kantor
        kunci = (baru.slug, tujuan, pekan)
        if kunci not in self._cetakan:
            geser = datetime.timedelta(weeks=-pekan)
            # Half of what is open is not due yet: its limit lies one to three weeks ahead.
            batas = datetime.timedelta(weeks=2 + 2 * pekan) if pekan % 2 == 0 else datetime.timedelta()
            self._cetakan[kunci] = cetakan(self.asli[dasar.slug, tujuan], geser, batas, ganti, baru.kode_perkara)
        self.urut += 1
        return self.urut, self._cetakan[kunci]


def _kantor_baru(dasar: Kantor, n: int) -> tuple[Kantor, Kantor, dict]:
    """Another office like `dasar`, with its own people; the map says who stands where."""
    huruf = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    kode = "Z" + "".join(huruf[n // 26**i % 26] for i in range(3))
    baru = Kantor.objects.get(pk=dasar.pk)
    baru.pk, baru.slug, baru.kode_perkara = None, f"{dasar.slug}-{n}", kode
    baru.nama_pendek = f"{dasar.nama_pendek} {n}"
    baru.save()
    for nama in ("jamlayanan_set", "kopsurat_set", "penandatangansurat_set"):
        for row in getattr(dasar, nama).all():
            row.pk, row.kantor = None, baru
            row.save()
    ganti: dict[tuple[type[models.Model], Any], Any] = {(Kantor, dasar.pk): baru.pk}
    for tugas in Penugasan.objects.filter(kantor=dasar, peran__in=LOKAL).select_related("pengguna"):
        orang = tugas.pengguna
        ganti[Pengguna, orang.pk] = None
        lama = orang.pk
        orang.pk, orang.username, orang.nip = None, f"{tugas.peran}.{baru.slug}", None
        orang.save()
        ganti[Pengguna, lama] = orang.pk
        tugas.pk, tugas.kantor, tugas.pengguna = None, baru, orang
        tugas.save()
    return baru, dasar, ganti


@contextmanager
def _cepat() -> Iterator[None]:
    """Leave foreign keys to `connection.check_constraints()` while copies are written; the history's guards stay."""
    with connection.cursor() as kursor:
        if connection.vendor == "sqlite":
            kursor.execute("PRAGMA foreign_keys=OFF")
            kursor.execute("PRAGMA synchronous=OFF")
    with transaction.atomic(), connection.cursor() as kursor:
        if connection.vendor == "postgresql":
            kursor.execute("SET LOCAL session_replication_role = replica")
        yield
    with connection.cursor() as kursor:
        if connection.vendor == "sqlite":
            kursor.execute("PRAGMA foreign_keys=ON")
            kursor.execute("PRAGMA synchronous=FULL")
        for perintah in connection.ops.sequence_reset_sql(no_style(), list(URUTAN)):
            kursor.execute(perintah)
