"""Making, checking and pruning backups.

Order: files, database, then the files that came meanwhile. The portal writes a file before the row that names it, so a
dump may only name files that exist by its moment: those copied before it or found after it. Files that no row names are
harmless (the nightly sweep collects them); a row without its file would be a loss.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from haji_portal.alur.models import SegelHarian

from . import arsip, basis
from .arsip import Arsip, CadanganRusak

POLA = re.compile(r"haji-(\d{8}T\d{6}Z)\.tar(?:\.enk)?")
BENTUK_WAKTU = "%Y%m%dT%H%M%SZ"
# What an installation makes again by itself, or what has a place of its own in the archive.
BUKAN_DATA = {
    "privat", "segel", "cadangan", "rahasia", "staticfiles", "tembolok", "broker", "surel", "metrik", "jalan.kunci",
    "haji.sqlite3", "haji.sqlite3-wal", "haji.sqlite3-shm", "beat", "beat.db", "beat.dat", "beat.dir", "beat.bak",
}  # fmt: skip
BARU = datetime.timedelta(days=2)


def buat(tujuan: Path, frasa: str, kini: datetime.datetime) -> Path:
    """Write one archive into `tujuan` and read it back; returns its path. Raises CadanganRusak."""
    tujuan.mkdir(mode=0o700, parents=True, exist_ok=True)
    jalur = _nama(tujuan, "haji", frasa, kini)
    with arsip.penulis(jalur, frasa) as tulis:
        fakta = _salin(tulis)
        tulis.tutup({"jenis": "lengkap", "dibuat": kini.isoformat(), "basis": fakta, "kunci_hash": sidik_kunci()})
    periksa(jalur, frasa)
    return jalur


def buat_rahasia(tujuan: Path, frasa: str, kini: datetime.datetime) -> Path:
    """The secrets of HAJI_DATA in an archive of their own, always encrypted. Raises CadanganRusak."""
    folder = settings.HAJI_DATA / "rahasia"
    berkas = arsip.daftar_berkas(folder) if folder.is_dir() else []
    if not berkas or not frasa:
        raise CadanganRusak("Tidak ada rahasia di folder data." if frasa else "Cadangan rahasia perlu frasa sandi.")
    tujuan.mkdir(mode=0o700, parents=True, exist_ok=True)
    jalur = _nama(tujuan, "rahasia", frasa, kini)
    with arsip.penulis(jalur, frasa) as tulis:
        for satu in berkas:
            tulis.tambah_berkas(f"data/rahasia/{satu.relative_to(folder)}", satu)
        tulis.tutup({"jenis": "rahasia", "dibuat": kini.isoformat(), "kunci_hash": sidik_kunci()})
    periksa(jalur, frasa)
    return jalur


def sidik_kunci() -> str:
    """Tells whether two installations share KUNCI_HASH, without telling the key."""
    return hmac.new(settings.KUNCI_HASH.encode(), b"sidik-kunci", hashlib.sha256).hexdigest()[:16]


def periksa(jalur: Path, frasa: str, sidik: bool = True) -> dict[str, Any]:
    """Prove an archive without restoring it; returns the manifest. Raises CadanganRusak with a plain sentence."""
    if not jalur.is_file():
        raise CadanganRusak(f"{jalur.name} tidak ada.")
    if sidik:
        arsip.periksa_sidik(jalur)
    return arsip.baca(jalur, frasa, lambda nama, isi: None)


def bagian() -> dict[str, tuple[Path, set[str]]]:
    """First segment in the archive -> (folder on disk, names at its top that are not copied)."""
    return {
        "privat": (Path(settings.HAJI_PRIVAT), set()),
        "segel": (Path(settings.SEGEL_DIR), set()),
        "data": (Path(settings.HAJI_DATA), BUKAN_DATA),
    }


def daftar(tujuan: Path) -> list[tuple[datetime.datetime, Path]]:
    """The archives in a folder with their moments, oldest first."""
    hasil = []
    for jalur in tujuan.iterdir() if tujuan.is_dir() else ():
        if cocok := POLA.fullmatch(jalur.name):
            waktu = datetime.datetime.strptime(cocok[1], BENTUK_WAKTU).replace(tzinfo=datetime.UTC)
            hasil.append((waktu, jalur))
    return sorted(hasil)


def disimpan(waktu: Iterable[datetime.datetime], harian: int, mingguan: int, bulanan: int) -> set[datetime.datetime]:
    """Which moments stay: the newest of each of the last days, ISO weeks and months that have one.

    All of the last two days before the newest stay too: a backup made by hand must not push out the one of the night.
    """
    urut = sorted(waktu, reverse=True)
    simpan = {satu for satu in urut if urut[0] - satu < BARU}
    for jumlah, masa in (
        (harian, lambda w: w.date()),
        (mingguan, lambda w: w.isocalendar()[:2]),
        (bulanan, lambda w: (w.year, w.month)),
    ):
        terbaru: dict[Any, datetime.datetime] = {}
        for satu in urut:
            terbaru.setdefault(masa(satu), satu)
        simpan |= set(list(terbaru.values())[:jumlah])
    return simpan


def pangkas(tujuan: Path, harian: int, mingguan: int, bulanan: int) -> list[str]:
    """Delete the archives that need not stay; returns their names. Call it only after a new one was proved."""
    semua = daftar(tujuan)
    simpan = disimpan((waktu for waktu, _ in semua), harian, mingguan, bulanan)
    hapus = [jalur for waktu, jalur in semua if waktu not in simpan]
    for jalur in hapus:
        jalur.unlink(missing_ok=True)
        arsip.berkas_sidik(jalur).unlink(missing_ok=True)
    return [jalur.name for jalur in hapus]


def _salin(tulis: Arsip) -> dict[str, Any]:
    """Files, database, files that came meanwhile; returns the facts of the database."""
    for nama, jalur in _berkas({"privat", "data"}):
        tulis.tambah_berkas(nama, jalur)
    segel = SegelHarian.objects.count()
    isi_segel = {nama: jalur.read_bytes() for nama, jalur in _berkas({"segel"})}
    fakta = basis.salin_basis(tulis)
    if fakta["segel"] != segel or SegelHarian.objects.count() != segel:
        # The witness and its rows must tell of the same night; the sealing takes seconds.
        raise CadanganRusak("Riwayat sedang disegel ketika disalin; ulangi beberapa menit lagi.")
    for nama, isi in isi_segel.items():
        tulis.tambah_isi(nama, isi)
    for nama, jalur in _berkas({"privat", "data"}):
        if nama not in tulis.berkas:
            tulis.tambah_berkas(nama, jalur)
    return fakta


def _nama(tujuan: Path, jenis: str, frasa: str, kini: datetime.datetime) -> Path:
    """A free name for this moment; the second of two backups within a second takes the next second."""
    while True:
        jalur = tujuan / f"{jenis}-{kini.astimezone(datetime.UTC).strftime(BENTUK_WAKTU)}.tar{'.enk' if frasa else ''}"
        if not jalur.exists():
            return jalur
        kini += datetime.timedelta(seconds=1)


def _berkas(pilih: set[str]) -> Iterator[tuple[str, Path]]:
    for awal, (folder, abaikan) in bagian().items():
        if awal in pilih and folder.is_dir():
            for jalur in arsip.daftar_berkas(folder, abaikan):
                yield f"{awal}/{jalur.relative_to(folder).as_posix()}", jalur
