"""Copies a case with everything that hangs on it, row by row, a hundred thousand times.

A copied case keeps what the real door wrote; only ids, unique numbers, times and the hash chain are new. Rows go in by
COPY on PostgreSQL and by executemany on SQLite: model instances would take ten times as long.
"""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max

from haji_portal.alur.models import Efek, Giliran, Kunci, Perkara, Riwayat, RiwayatIsi, Tenggat
from haji_portal.alur.models.perkara import HURUF_NOMOR
from haji_portal.alur.models.riwayat import sidik
from haji_portal.berkas.models import ButirBerkas, Lampiran
from haji_portal.dana.models import Baris as BarisBuku
from haji_portal.dana.models import Posting
from haji_portal.jemaah.models import Jemaah, PeristiwaPorsi, Porsi, Rekening, Setoran, hash_nik
from haji_portal.surat.models import NomorSurat, Surat
from pendaftaran import contoh
from pendaftaran.models import Pendaftaran

# Owners before those that point at them; the lines of a posting before it, as the book wants them.
URUTAN: tuple[type[models.Model], ...] = (
    Jemaah, Rekening, Porsi, PeristiwaPorsi, Setoran, Perkara, Pendaftaran, ButirBerkas, Lampiran, Riwayat, RiwayatIsi,
    Tenggat, Giliran, Kunci, Efek, Surat, NomorSurat, BarisBuku, Posting,
)  # fmt: skip
MAKS_NOMOR = 32**6
PENGALI = 388_990_391  # odd, so that numbering runs through every six-character number once
# (Kantor or Pengguna, old id) -> new id
Ganti = dict[tuple[type[models.Model], Any], Any]
Kolom = list[models.Field]
ZERO = datetime.timedelta()


@dataclass
class Baris:
    """One row ready to copy: prepared values, and which of them are new in every copy."""

    nilai: list[Any]
    # (column, owner's model, number of the owner's row among the case's rows)
    rujukan: list[tuple[int, type[models.Model], int]] = field(default_factory=list)
    # (column, function of the copy's number and ids)
    khusus: list[tuple[int, Callable[[Salinan], Any]]] = field(default_factory=list)
    # Riwayat only: what its hash covers.
    asli: list[Any] = field(default_factory=list)


@dataclass
class Salinan:
    """One copy in the making: its number, the office's code, and the first id per table."""

    urut: int
    kode: str
    pertama: dict[type[models.Model], int]
    nik_hash: str = ""


@dataclass
class Cetakan:
    """A case read once, its times moved by a number of days; `tabel` follows URUTAN."""

    kode: str
    tabel: list[tuple[type[models.Model], list[Baris]]]


def kolom(model: type[models.Model]) -> Kolom:
    """The columns of a model's own table (a child's table holds only its own and the pointer to the header)."""
    return list(model._meta.local_concrete_fields)


def baca(perkara: Pendaftaran) -> dict[type[models.Model], list[models.Model]]:
    """Every row of a case, per model, in order of its key."""
    pk = perkara.pk
    isi: dict[type[models.Model], list[models.Model]] = {
        Jemaah: [perkara.pemohon],
        Rekening: [perkara.rekening],
        Porsi: [perkara.porsi] if perkara.porsi else [],
        PeristiwaPorsi: list(PeristiwaPorsi.objects.filter(porsi=perkara.porsi_id)),
        Setoran: [perkara.setoran],
        Perkara: [Perkara.objects.get(pk=pk)],
        Pendaftaran: [perkara],
        RiwayatIsi: list(RiwayatIsi.objects.filter(riwayat__perkara=pk).order_by("pk")),
        Efek: list(Efek.objects.filter(riwayat__perkara=pk).order_by("pk")),
        NomorSurat: list(NomorSurat.objects.filter(surat__perkara=pk).order_by("pk")),
        BarisBuku: list(BarisBuku.objects.filter(posting__setoran=perkara.setoran_id).order_by("pk")),
        Posting: list(Posting.objects.filter(setoran=perkara.setoran_id)),
    }
    for model in (ButirBerkas, Lampiran, Riwayat, Tenggat, Giliran, Kunci, Surat):
        isi[model] = list(model._default_manager.filter(perkara=pk).order_by("pk"))
    return isi


def cetakan(
    isi: dict[type[models.Model], list[models.Model]],
    geser: datetime.timedelta,
    batas: datetime.timedelta,
    ganti: Ganti,
    kode: str,
) -> Cetakan:
    """Prepare a case for copying: times moved by `geser`, due instants of what still runs by `batas` more.

    ganti: for an office that copies another one's cases.
    """
    pencetak = _Pencetak({(m, row.pk): n for m in URUTAN for n, row in enumerate(isi[m])}, geser, batas, ganti)
    return Cetakan(kode, [(m, [pencetak.baris(row, n) for n, row in enumerate(isi[m])]) for m in URUTAN])


@dataclass(frozen=True)
class _Pencetak:
    # (model, id) -> number of the row among the case's rows of that model
    letak: dict[tuple[type[models.Model], Any], int]
    geser: datetime.timedelta
    batas: datetime.timedelta
    ganti: Ganti

    def baris(self, row: Any, nomor: int) -> Baris:
        model, hasil = type(row), Baris([])
        for i, k in enumerate(kolom(model)):
            nilai = self._nilai(row, k)
            if (tujuan := self._tujuan(row, k, nomor)) is not None:
                hasil.rujukan.append((i, *tujuan))
            if fungsi := KHUSUS.get((model, k.name)):
                hasil.khusus.append((i, fungsi(row, nomor)))
            hasil.nilai.append(_siap(k, nilai))
            if model is Riwayat and k.attname not in ("id", "hash", "waktu"):
                hasil.asli.append(nilai)
            elif model is Riwayat and k.attname == "waktu":
                hasil.asli.insert(0, nilai.timestamp())
        return hasil

    def _nilai(self, row: Any, k: models.Field) -> Any:
        nilai = getattr(row, k.attname)
        if isinstance(nilai, datetime.datetime):
            berjalan = k.name in ("batas", "tenggat") and getattr(row, "selesai", None) is None
            return nilai + self.geser + (self.batas if berjalan else ZERO)
        if isinstance(k, models.ForeignKey):
            return self.ganti.get((k.related_model, nilai), nilai)
        return nilai

    def _tujuan(self, row: Any, k: models.Field, nomor: int) -> tuple[type[models.Model], int] | None:
        """Whose new id this column takes: the row's own, or that of another copied row."""
        if isinstance(k, models.ForeignKey):
            kunci = (k.related_model, getattr(row, k.attname))
            return (k.related_model, self.letak[kunci]) if kunci in self.letak else None
        return (type(row), nomor) if k.primary_key else None


def _siap(k: models.Field, nilai: Any) -> Any:
    """A value as the bulk door takes it: JSON and times as text, which COPY and SQLite both read."""
    siap = k.get_db_prep_save(nilai, connection)
    if isinstance(siap, datetime.datetime):
        return siap.isoformat()
    return json.dumps(siap.obj) if hasattr(siap, "obj") else siap  # psycopg wraps a JSON value


def nomor_perkara(s: Salinan) -> str:
    """A case number that no other copy has, spread over the whole range like the real ones."""
    sisa, teks = s.urut * PENGALI % MAKS_NOMOR, ""
    for _ in range(6):
        sisa, huruf = divmod(sisa, 32)
        teks += HURUF_NOMOR[huruf]
    return f"{s.kode}-PD-26-{teks}"


def nik(s: Salinan) -> str:
    return f"99{s.urut:014d}"


def nama(s: Salinan) -> str:
    depan = contoh.LAKI + contoh.PEREMPUAN
    satu, sisa = divmod(s.urut, len(depan))
    dua, tiga = divmod(satu, len(contoh.BELAKANG))
    return f"{depan[sisa]} {contoh.BELAKANG[dua % len(contoh.BELAKANG)]} {contoh.BELAKANG[tiga]}"


def _kunci(row: Any, _: int) -> Callable[[Salinan], Any]:
    if row.jenis == "setoran":
        return lambda s: str(s.pertama[Setoran])
    return lambda s: s.nik_hash


def _per_baris(awalan: str) -> Callable[[Any, int], Callable[[Salinan], Any]]:
    return lambda row, n: lambda s: f"{awalan}{s.urut}-{n}"


def _selalu(fungsi: Callable[[Salinan], Any]) -> Callable[[Any, int], Callable[[Salinan], Any]]:
    return lambda row, n: fungsi


def id_posting(s: Salinan) -> Any:
    """One movement per copied deposit, its arrival: the id follows from the copy's number."""
    return Posting._meta.get_field("id").get_db_prep_save(uuid.UUID(int=s.urut), connection)


# Columns that the database or the portal wants to be unique; by field name.
KHUSUS: dict[tuple[type[models.Model], str], Callable[[Any, int], Callable[[Salinan], Any]]] = {
    (Perkara, "nomor"): _selalu(nomor_perkara),
    (Jemaah, "nik"): _selalu(nik),
    (Jemaah, "nik_hash"): _selalu(lambda s: s.nik_hash),
    (Jemaah, "nama"): _selalu(nama),
    (Setoran, "nomor_validasi"): _selalu(lambda s: f"88{s.urut:010d}"),
    (Porsi, "nomor"): _selalu(lambda s: f"{9_000_000_000 - s.urut}"),
    (PeristiwaPorsi, "rujukan"): _selalu(nomor_perkara),
    (Lampiran, "kunci"): _per_baris("bench/"),
    (Kunci, "nilai"): _kunci,
    (Surat, "token"): _per_baris("bench-"),
    (NomorSurat, "urut"): lambda row, n: lambda s: 1_000_000 + s.urut,
    (Posting, "id"): _selalu(id_posting),
    (Posting, "rujukan"): _selalu(lambda s: f"setoran:{s.pertama[Setoran]}"),
    (BarisBuku, "posting"): _selalu(id_posting),
}


class Penyalin:
    """Writes copies; ids continue after the largest of each table."""

    def __init__(self) -> None:
        berurut = [m for m in URUTAN if m is not Posting]
        self.berikut = {m: (m._default_manager.aggregate(n=Max("pk"))["n"] or 0) + 1 for m in berurut} | {Posting: 0}
        # Children and contents share their owner's key.
        self.induk = {Pendaftaran: Perkara, RiwayatIsi: Riwayat}

    def tulis(self, pekerjaan: Iterable[tuple[int, Cetakan]], sekaligus: int = 4000) -> list[int]:
        """Copy each (number, case); returns the ids of the new cases."""
        semua: list[int] = []
        tampung: dict[type[models.Model], list[list[Any]]] = {m: [] for m in URUTAN}
        for urut, c in pekerjaan:
            semua.append(self._satu(urut, c, tampung))
            if len(tampung[Perkara]) >= sekaligus:
                self._curahkan(tampung)
        self._curahkan(tampung)
        with connection.cursor() as kursor:
            for perintah in connection.ops.sequence_reset_sql(no_style(), list(URUTAN)):
                kursor.execute(perintah)
        return semua

    def _satu(self, urut: int, c: Cetakan, tampung: dict[type[models.Model], list[list[Any]]]) -> int:
        pertama: dict[type[models.Model], int] = {}
        for model, rows in c.tabel:
            if model in self.induk:
                pertama[model] = pertama[self.induk[model]]
            else:
                pertama[model] = self.berikut[model]
                self.berikut[model] += len(rows)
        s = Salinan(urut, c.kode, pertama)
        s.nik_hash = hash_nik(nik(s))
        for model, rows in c.tabel:
            isi = tampung[model]
            for b in rows:
                nilai = b.nilai.copy()
                for i, tujuan, n in b.rujukan:
                    nilai[i] = pertama[tujuan] + n
                for i, fungsi in b.khusus:
                    nilai[i] = fungsi(s)
                isi.append(nilai)
            if model is Riwayat:
                _rantai(isi[len(isi) - len(rows) :], rows, pertama[Perkara])
        return pertama[Perkara]

    def _curahkan(self, tampung: dict[type[models.Model], list[list[Any]]]) -> None:
        with transaction.atomic():
            for model, rows in tampung.items():
                if rows:
                    curahkan(model, rows)
                    rows.clear()


_RIWAYAT = [k.attname for k in kolom(Riwayat)]
_HASH, _SEBELUM = _RIWAYAT.index("hash"), _RIWAYAT.index("hash_sebelum")
_ASLI = [k for k in _RIWAYAT if k not in ("id", "hash", "waktu")]
_A_PERKARA, _A_SEBELUM = _ASLI.index("perkara_id") + 1, _ASLI.index("hash_sebelum") + 1


def _rantai(nilai: list[list[Any]], rows: list[Baris], perkara: int) -> None:
    """Compute the chain of a copy anew, as Riwayat.hitung_hash() does."""
    sebelum = ""
    for satu, b in zip(nilai, rows, strict=True):
        asli = b.asli.copy()
        asli[_A_PERKARA], asli[_A_SEBELUM] = perkara, sebelum
        satu[_SEBELUM], satu[_HASH] = sebelum, sidik(asli)
        sebelum = satu[_HASH]


def curahkan(model: type[models.Model], rows: list[list[Any]]) -> None:
    """Write rows into a model's own table by the database's fastest door."""
    q = connection.ops.quote_name
    nama_kolom = ", ".join(q(str(k.column)) for k in kolom(model))
    with connection.cursor() as kursor:
        if connection.vendor == "postgresql":
            with kursor.copy(f"COPY {q(model._meta.db_table)} ({nama_kolom}) FROM STDIN") as salin:
                for row in rows:
                    salin.write_row(row)
            return
        tanda = ", ".join(["%s"] * len(rows[0]))
        kursor.executemany(f"INSERT INTO {q(model._meta.db_table)} ({nama_kolom}) VALUES ({tanda})", rows)  # noqa: S608
