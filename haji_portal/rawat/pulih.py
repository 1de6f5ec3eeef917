"""Restoring: prove the archive, refuse what would overwrite, then files, database, and the proof again."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from . import arsip, basis, cadangan
from .arsip import CadanganRusak


def pulihkan(jalur: Path, frasa: str, *, timpa: bool, sidik: bool = True) -> dict[str, Any]:
    """Restore an archive into this installation's database and folders; returns its manifest.

    timpa: what is there is put aside under a name with `sebelum`, never destroyed. Raises CadanganRusak, before
    anything was changed, for a broken archive, a running portal, content that would be overwritten, or another schema.
    """
    with _portal_berhenti():
        manifes = cadangan.periksa(jalur, frasa, sidik)
        lengkap = manifes["jenis"] == "lengkap"
        if lengkap:
            _pastikan_skema(manifes)
        isi = _isi_sekarang(lengkap)
        if isi and not timpa:
            raise CadanganRusak(f"Tujuan tidak kosong: {', '.join(isi)}. Pakai --timpa untuk menyisihkan isi lama.")
        tanda = secrets.token_hex(4)
        panggung = Path(settings.HAJI_DATA) / f".pulih-{tanda}"
        panggung.mkdir(mode=0o700)
        try:
            arsip.baca(jalur, frasa, lambda nama, aliran: _taruh(panggung, nama, aliran))
            if lengkap:
                _basis_data(jalur, frasa, manifes, panggung, tanda)
            _pindahkan(panggung, tanda)
        finally:
            shutil.rmtree(panggung, ignore_errors=True)
    return manifes


def buktikan(manifes: dict[str, Any]) -> None:
    """Bring the schema up to the code's, then prove every chain, every seal and the book of money.

    CommandError when one is not whole.
    """
    call_command("migrate", verbosity=0, interactive=False)
    call_command("periksa_riwayat")
    call_command("periksa_buku", hanya_baca=True)


@contextmanager
def _portal_berhenti() -> Iterator[None]:
    """Hold the data folder as a running portal would; other database clients count as one too."""
    folder = Path(settings.HAJI_DATA)
    pegangan = os.open(folder / "jalan.kunci", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(pegangan, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(pegangan)
        raise CadanganRusak("Portal masih berjalan dengan folder data ini. Hentikan dulu.") from None
    try:
        if lain := basis.sambungan_lain():
            raise CadanganRusak(f"Masih ada {lain} sambungan lain ke basis data. Hentikan portal dulu.")
        yield
    finally:
        os.close(pegangan)


def _pastikan_skema(manifes: dict[str, Any]) -> None:
    jenis = basis.connection.vendor
    if manifes["basis"]["jenis"] != jenis:
        raise CadanganRusak(f"Cadangan ini berisi {manifes['basis']['jenis']}, tujuan memakai {jenis}.")
    dikenal = {f"{app}.{nama}" for app, nama in MigrationLoader(None).disk_migrations}
    if asing := sorted(set(manifes["basis"]["migrasi"]) - dikenal):
        raise CadanganRusak(f"Cadangan ini dari versi portal lain (migrasi {asing[0]}). Pasang versi itu dulu.")
    if manifes["kunci_hash"] != cadangan.sidik_kunci():
        raise CadanganRusak("KUNCI_HASH berbeda dengan ketika cadangan dibuat. Pasang kunci yang lama dulu.")


def _isi_sekarang(lengkap: bool) -> list[str]:
    """What a restore would overwrite, in words."""
    if not lengkap:
        rahasia = Path(settings.HAJI_DATA) / "rahasia"
        return [str(rahasia)] if rahasia.is_dir() and arsip.daftar_berkas(rahasia) else []
    isi = [] if basis.kosong() else ["basis data"]
    return isi + [str(folder) for folder, lewat in cadangan.bagian().values() if arsip.daftar_berkas(folder, lewat)]


def _taruh(panggung: Path, nama: str, aliran: BinaryIO) -> None:
    """Unpack one entry below the stage; a PostgreSQL dump waits for its own pass."""
    if nama == basis.POSTGRES:
        return
    if nama != basis.SQLITE and nama.split("/")[0] not in cadangan.bagian():
        raise CadanganRusak("Cadangan berisi sesuatu yang tidak ditulis portal.")
    tujuan = panggung / nama
    tujuan.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(tujuan, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as tulis:
        arsip.salin(aliran, tulis)


def _basis_data(jalur: Path, frasa: str, manifes: dict[str, Any], panggung: Path, tanda: str) -> None:
    harus = manifes["basis"]
    if harus["jenis"] == "sqlite":
        if basis.periksa_sqlite(panggung / basis.SQLITE) != harus:
            raise CadanganRusak("Isi basis data di dalam cadangan tidak cocok dengan daftar isinya.")
        basis.sisihkan(tanda)
        basis.pulihkan_sqlite(panggung / basis.SQLITE)
        return
    if not basis.kosong():
        basis.sisihkan(tanda)

    def tuang(ke: BinaryIO) -> None:
        arsip.baca(jalur, frasa, lambda nama, isi: arsip.salin(isi, ke) if nama == basis.POSTGRES else None)

    basis.pulihkan_postgres(tuang)
    if basis.fakta_kini() != harus:
        raise CadanganRusak("Isi basis data sesudah dipulihkan tidak cocok dengan daftar isi cadangan.")


def _pindahkan(panggung: Path, tanda: str) -> None:
    """Old content below `.sebelum-...` of its folder, new content in its place. A mount point itself stays."""
    for awal, (folder, lewat) in cadangan.bagian().items():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        baru = panggung / awal
        if not baru.is_dir():
            continue
        satu_folder = {"rahasia"} if (baru / "rahasia").is_dir() else set()
        lama = [f for f in folder.iterdir() if not f.name.startswith(".") and f.name not in lewat - satu_folder]
        if satu_folder:
            lama = [f for f in lama if f.name in satu_folder]
        for satu in lama:
            sisih = folder / f".sebelum-{tanda}"
            sisih.mkdir(mode=0o700, exist_ok=True)
            satu.rename(sisih / satu.name)
        for satu in sorted(baru.iterdir()):
            shutil.move(satu, folder / satu.name)
