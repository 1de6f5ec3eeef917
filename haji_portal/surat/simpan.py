"""PDFs in the private storage, always read back against their recorded hash."""

from __future__ import annotations

import hashlib
import logging
import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from .galat import BerkasRusak

catat = logging.getLogger(__name__)


def sidik(isi: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(isi).hexdigest()


def simpan_pdf(isi: bytes) -> tuple[str, str]:
    """Store under a name that nobody can guess; returns (key, hash). Never call inside a transaction."""
    acak = secrets.token_hex(20)
    return default_storage.save(f"surat/{acak[:2]}/{acak}.pdf", ContentFile(isi)), sidik(isi)


def baca_pdf(kunci: str, hash_tercatat: str) -> bytes:
    """The stored bytes. Raises BerkasRusak when they are gone or are not those that were recorded."""
    try:
        with default_storage.open(kunci) as berkas:
            isi = berkas.read()
    except (OSError, ValueError) as galat:
        raise BerkasRusak("Berkas surat tidak ditemukan di penyimpanan. Laporkan kepada admin portal.") from galat
    if sidik(isi) != hash_tercatat:
        catat.error("stored letter %s does not match its hash", kunci)
        raise BerkasRusak("Berkas surat tidak sama dengan yang tercatat. Jangan dipakai; laporkan kepada admin portal.")
    return isi


def buang_pdf(kunci: str) -> None:
    """Remove a replaced unsigned PDF; a file that is gone already is no error."""
    if kunci:
        default_storage.delete(kunci)
