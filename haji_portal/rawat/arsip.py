"""One backup is one tar file, plain or encrypted, whose last entry is the manifest that proves all the others.

Beside `haji-<UTC>.tar` lies `haji-<UTC>.tar.sha256`, which `sha256sum -c` reads. Without encryption a person gets
everything out with tar and `cat basis.dump.*`.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from . import sandi

MANIFES = "manifes.json"
BENTUK = 1
"""Version of the layout; a reader refuses what is newer."""
BLOK = 1024 * 1024
POTONG_BASIS = 16 * 1024 * 1024
"""Bytes per piece of a database dump: tar wants sizes in front, and a dump tells its size only at the end."""


class CadanganRusak(Exception):
    """The archive is not whole, was altered, or cannot be opened; the text is a plain sentence for the operator."""


class Arsip:
    """Writes entries and remembers their hashes; `tutup()` adds the manifest."""

    def __init__(self, ke: BinaryIO) -> None:
        self._tar = tarfile.open(fileobj=ke, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self.berkas: dict[str, dict[str, Any]] = {}

    def tambah_berkas(self, nama: str, jalur: Path) -> bool:
        """Add a file of the disk; False when it is gone by now. Raises CadanganRusak when it shrinks while read."""
        try:
            sumber = open(jalur, "rb")  # noqa: SIM115
        except FileNotFoundError:
            return False
        with sumber:
            ukuran = os.fstat(sumber.fileno()).st_size
            pembaca = _Penyidik(sumber, ukuran)
            self._tar.addfile(_kepala(nama, ukuran), pembaca)
        if pembaca.sisa:
            raise CadanganRusak(f"{nama} berubah ketika sedang disalin.")
        self.berkas[nama] = {"ukuran": ukuran, "sha256": pembaca.sidik.hexdigest()}
        return True

    def tambah_aliran(self, nama: str, aliran: BinaryIO) -> None:
        """Add a stream of unknown length as `nama`.0000, `nama`.0001, ...; the hash is of the whole."""
        sidik, ukuran, nomor = hashlib.sha256(), 0, 0
        while potong := _penuh(aliran, POTONG_BASIS):
            self._tar.addfile(_kepala(f"{nama}.{nomor:04d}", len(potong)), io.BytesIO(potong))
            sidik.update(potong)
            ukuran, nomor = ukuran + len(potong), nomor + 1
        self.berkas[nama] = {"ukuran": ukuran, "sha256": sidik.hexdigest(), "potong": nomor}

    def tambah_isi(self, nama: str, isi: bytes) -> None:
        """Add an entry from memory."""
        self._tar.addfile(_kepala(nama, len(isi)), io.BytesIO(isi))
        self.berkas[nama] = {"ukuran": len(isi), "sha256": hashlib.sha256(isi).hexdigest()}

    def tutup(self, manifes: dict[str, Any]) -> None:
        """Write the manifest with its own hash and end the archive."""
        isi = manifes | {"bentuk": BENTUK, "berkas": self.berkas}
        mentah = json.dumps({"isi": isi, "sidik": sidik_json(isi)}, separators=(",", ":")).encode()
        self._tar.addfile(_kepala(MANIFES, len(mentah)), io.BytesIO(mentah))
        self._tar.close()


def sidik_json(isi: object) -> str:
    """SHA-256 (hex) of canonical JSON."""
    return hashlib.sha256(json.dumps(isi, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


@contextmanager
def penulis(jalur: Path, frasa: str) -> Iterator[Arsip]:
    """An archive under a temporary name; on success it and its .sha256 get their final names, else nothing stays."""
    sementara = jalur.with_name(f".{jalur.name}.sementara")
    try:
        with open(os.open(sementara, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as berkas:
            sidik = _Sambung(berkas)
            ke: BinaryIO = sandi.Tulis(sidik, frasa) if frasa else sidik  # type: ignore[assignment,arg-type]
            yield Arsip(ke)
            if frasa:
                ke.close()
            berkas.flush()
            os.fsync(berkas.fileno())
        _tulis_sidik(jalur, sidik.sidik.hexdigest())
        sementara.replace(jalur)
    finally:
        sementara.unlink(missing_ok=True)


def berkas_sidik(jalur: Path) -> Path:
    """The checksum file beside an archive."""
    return jalur.with_name(f"{jalur.name}.sha256")


def periksa_sidik(jalur: Path) -> None:
    """Compare the file with its .sha256. Raises CadanganRusak when they differ or the checksum is missing."""
    try:
        harus = berkas_sidik(jalur).read_text(encoding="ascii").split()[0]
    except (OSError, ValueError, IndexError):
        raise CadanganRusak(f"Berkas sidik {berkas_sidik(jalur).name} tidak ada atau tidak terbaca.") from None
    with open(jalur, "rb") as berkas:
        if hashlib.file_digest(berkas, "sha256").hexdigest() != harus:
            raise CadanganRusak(f"{jalur.name} berbeda dengan sidiknya: terpotong atau telah diubah.")


def baca(jalur: Path, frasa: str, terima: Callable[[str, BinaryIO], None]) -> dict[str, Any]:
    """Read an archive once, giving every entry to `terima`, and prove it; returns the manifest.

    A dump that was cut into pieces reaches `terima` piece by piece under its own name. Raises CadanganRusak unless
    every entry is as the manifest says, none is missing and none is too many.
    """
    sidik: dict[str, Any] = {}
    try:
        manifes = _baca(jalur, frasa, terima, sidik)
    except sandi.SandiSalah as galat:
        raise CadanganRusak(str(galat)) from None
    except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError):
        raise CadanganRusak(f"{jalur.name} tidak dapat dibaca: terpotong atau telah diubah.") from None
    if manifes is None:
        raise CadanganRusak(f"{jalur.name} terpotong: daftar isinya tidak ada.")
    if manifes["bentuk"] > BENTUK:
        raise CadanganRusak("Cadangan ini dibuat oleh versi portal yang lebih baru.")
    harus = {nama: (satu["ukuran"], satu["sha256"]) for nama, satu in manifes["berkas"].items()}
    ada = {nama: (ukuran, h.hexdigest()) for nama, (ukuran, h) in sidik.items()}
    for nama in sorted(harus.keys() | ada.keys()):
        if harus.get(nama) != ada.get(nama):
            raise CadanganRusak(f"{nama} di dalam cadangan tidak cocok dengan daftar isinya.")
    return manifes


def _baca(
    jalur: Path, frasa: str, terima: Callable[[str, BinaryIO], None], sidik: dict[str, Any]
) -> dict[str, Any] | None:
    manifes = None
    with buka(jalur, frasa) as aliran, tarfile.open(fileobj=aliran, mode="r|") as tar:
        for anggota in tar:
            isi = tar.extractfile(anggota) if anggota.isreg() else None
            if isi is None or manifes is not None or not nama_aman(anggota.name):
                raise CadanganRusak("Cadangan berisi sesuatu yang tidak ditulis portal.")
            if anggota.name == MANIFES:
                bungkus = json.loads(isi.read())
                manifes = bungkus["isi"]
                if sidik_json(manifes) != bungkus["sidik"]:
                    raise CadanganRusak("Daftar isi cadangan telah diubah.")
                continue
            nama = anggota.name[:-5] if _potongan(anggota.name) else anggota.name
            ukuran, h = sidik.get(nama, (0, hashlib.sha256()))
            pembaca = _Penyidik(isi, anggota.size, h)  # type: ignore[arg-type]
            terima(nama, pembaca)  # type: ignore[arg-type]
            pembaca.habiskan()
            sidik[nama] = (ukuran + anggota.size, h)
        # What follows the tar's end mark still has to prove itself.
        while aliran.read(BLOK):
            pass
    return manifes


@contextmanager
def buka(jalur: Path, frasa: str) -> Iterator[BinaryIO]:
    """The tar stream of an archive, decrypted when it is encrypted."""
    with open(jalur, "rb") as berkas:
        if not sandi.terenkripsi(berkas.peek(len(sandi.MAGIC))):
            yield berkas
            return
        if not frasa:
            raise CadanganRusak(f"{jalur.name} terenkripsi: perlu berkas frasa sandi (CADANGAN_FRASA_FILE).")
        with io.BufferedReader(sandi.Baca(berkas, frasa), BLOK) as aliran:  # type: ignore[type-var]
            yield aliran


def nama_aman(nama: str) -> bool:
    """Whether an entry stays inside the folder it is unpacked to."""
    bagian = nama.split("/")
    return bool(nama) and not nama.startswith("/") and "\\" not in nama and not {"..", ".", ""} & set(bagian)


def _potongan(nama: str) -> bool:
    return nama.startswith("basis.") and nama[-5] == "." and nama[-4:].isdigit()


def _kepala(nama: str, ukuran: int) -> tarfile.TarInfo:
    kepala = tarfile.TarInfo(nama)
    kepala.size, kepala.mode = ukuran, 0o600
    return kepala


def _penuh(aliran: BinaryIO, jumlah: int) -> bytes:
    """Up to `jumlah` bytes; fewer only at the end of the stream."""
    bagian, sisa = [], jumlah
    while sisa and (isi := aliran.read(sisa)):
        bagian.append(isi)
        sisa -= len(isi)
    return b"".join(bagian)


def _tulis_sidik(jalur: Path, sidik: str) -> None:
    berkas_sidik(jalur).write_text(f"{sidik}  {jalur.name}\n", encoding="ascii")


class _Penyidik:
    """Reads exactly `ukuran` bytes and hashes what passes; a file that grows meanwhile gives its beginning."""

    def __init__(self, dari: BinaryIO, ukuran: int, sidik: Any = None) -> None:
        self._dari, self.sisa, self.sidik = dari, ukuran, sidik or hashlib.sha256()

    def read(self, jumlah: int = -1) -> bytes:
        ambil = self.sisa if jumlah < 0 else min(jumlah, self.sisa)
        isi = self._dari.read(ambil) if ambil else b""
        self.sisa -= len(isi)
        self.sidik.update(isi)
        return isi

    def habiskan(self) -> None:
        """Read what nobody wanted. EOFError when the archive ends early."""
        while self.sisa:
            if not self.read(BLOK):
                raise EOFError


class _Sambung(io.RawIOBase):
    """Passes bytes on and hashes them."""

    def __init__(self, ke: BinaryIO) -> None:
        self._ke, self.sidik = ke, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, isi: bytes) -> int:  # type: ignore[override]
        self.sidik.update(isi)
        return self._ke.write(isi)


def salin(dari: BinaryIO, ke: BinaryIO) -> None:
    """Copy a stream block by block."""
    while isi := dari.read(BLOK):
        ke.write(isi)


def daftar_berkas(folder: Path, abaikan: Iterable[str] = ()) -> list[Path]:
    """Regular files below `folder`, sorted, without what begins with a dot (temporary) and `abaikan` at the top."""
    lewat = set(abaikan)
    hasil = []
    for akar, anak, berkas in os.walk(folder):
        anak[:] = sorted(n for n in anak if not n.startswith(".") and (Path(akar) != folder or n not in lewat))
        for nama in sorted(berkas):
            jalur = Path(akar) / nama
            if not nama.startswith(".") and not jalur.is_symlink() and not (Path(akar) == folder and nama in lewat):
                hasil.append(jalur)
    return hasil
