"""Encrypted archives: AES-256-GCM over a stream, in pieces, so that an archive of any size needs little memory.

Layout: MAGIC, 16 bytes of salt, 7 bytes of nonce prefix; then pieces of at most POTONG bytes, each with its 16-byte
tag. The nonce of a piece is prefix, its number (4 bytes) and 1 for the last piece, so that pieces cannot be swapped and
a cut end does not pass for the end (the STREAM construction). The key is scrypt(passphrase, salt); the head is
authenticated with every piece.
"""

from __future__ import annotations

import hashlib
import io
import secrets
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"HAJI-CADANGAN-1\n"
POTONG = 1024 * 1024
TAG = 16


class SandiSalah(Exception):
    """The passphrase does not open this archive, or the archive was altered or cut."""


def terenkripsi(awal: bytes) -> bool:
    """Whether a file that begins with `awal` was written by this module."""
    return awal.startswith(MAGIC)


def _kunci(frasa: str, garam: bytes) -> AESGCM:
    turunan = hashlib.scrypt(frasa.encode(), salt=garam, n=2**15, r=8, p=1, maxmem=2**26, dklen=32)
    return AESGCM(turunan)


def _nonce(awalan: bytes, nomor: int, akhir: bool) -> bytes:
    return awalan + struct.pack(">IB", nomor, akhir)


class Tulis(io.RawIOBase):
    """A stream that encrypts into `ke`; `close()` writes the last piece but leaves `ke` open."""

    def __init__(self, ke: BinaryIO, frasa: str) -> None:
        garam, self._awalan = secrets.token_bytes(16), secrets.token_bytes(7)
        self._kepala = MAGIC + garam + self._awalan
        self._ke, self._aead, self._sisa, self._nomor = ke, _kunci(frasa, garam), bytearray(), 0
        ke.write(self._kepala)

    def writable(self) -> bool:
        return True

    def write(self, isi: bytes) -> int:  # type: ignore[override]
        self._sisa += isi
        # One piece always stays behind: only close() knows which is the last.
        while len(self._sisa) > POTONG:
            self._keluarkan(bytes(self._sisa[:POTONG]), akhir=False)
            del self._sisa[:POTONG]
        return len(isi)

    def close(self) -> None:
        if not self.closed:
            self._keluarkan(bytes(self._sisa), akhir=True)
        super().close()

    def _keluarkan(self, isi: bytes, akhir: bool) -> None:
        nonce = _nonce(self._awalan, self._nomor, akhir)
        self._ke.write(self._aead.encrypt(nonce, isi, self._kepala))
        self._nomor += 1


class Baca(io.RawIOBase):
    """A stream that decrypts from `dari`. Raises SandiSalah as soon as a piece does not prove itself."""

    def __init__(self, dari: BinaryIO, frasa: str) -> None:
        self._kepala = dari.read(len(MAGIC) + 23)
        if len(self._kepala) != len(MAGIC) + 23 or not terenkripsi(self._kepala):
            raise SandiSalah("Kepala berkas cadangan rusak.")
        garam, self._awalan = self._kepala[len(MAGIC) : -7], self._kepala[-7:]
        self._dari, self._aead, self._isi, self._nomor = dari, _kunci(frasa, garam), b"", 0
        self._berikut: bytes | None = dari.read(POTONG + TAG)

    def readable(self) -> bool:
        return True

    def readinto(self, wadah: bytearray) -> int:  # type: ignore[override]
        while not self._isi and self._berikut is not None:
            self._maju()
        jumlah = min(len(wadah), len(self._isi))
        wadah[:jumlah], self._isi = self._isi[:jumlah], self._isi[jumlah:]
        return jumlah

    def _maju(self) -> None:
        potong, self._berikut = self._berikut or b"", self._dari.read(POTONG + TAG) or None
        try:
            nonce = _nonce(self._awalan, self._nomor, self._berikut is None)
            self._isi = self._aead.decrypt(nonce, potong, self._kepala)
        except (InvalidTag, ValueError):
            raise SandiSalah("Frasa sandi salah, atau berkas cadangan terpotong atau telah diubah.") from None
        self._nomor += 1
