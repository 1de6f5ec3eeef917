"""PDFs in the private storage, always read back against their recorded hash."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import logging
import os
import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils import timezone

from .galat import TIDAK_TERSIMPAN, BerkasRusak, SuratGagal
from .models import Surat

catat = logging.getLogger(__name__)


def sidik(isi: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(isi).hexdigest()


def simpan_pdf(isi: bytes) -> tuple[str, str]:
    """Store under a name that nobody can guess; returns (key, hash). Never call inside a transaction.

    Raises SuratGagal when the storage cannot be written; a half-written file is removed as far as that still works.
    """
    acak = secrets.token_hex(20)
    nama = f"surat/{acak[:2]}/{acak}.pdf"
    try:
        return default_storage.save(nama, ContentFile(isi)), sidik(isi)
    except OSError as galat:
        catat.error("letter cannot be stored: %s", os.strerror(galat.errno or 0))
        with contextlib.suppress(OSError):
            default_storage.delete(nama)
        raise SuratGagal(TIDAK_TERSIMPAN) from galat


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
        with contextlib.suppress(OSError):  # the letter is done; `hapus_yatim` takes the file later
            default_storage.delete(kunci)


def hapus_yatim(umur: datetime.timedelta = datetime.timedelta(days=1)) -> int:
    """Delete stored PDFs older than `umur` that no letter names; returns how many.

    They are left by a step that was refused after its letter had been signed, or by a killed process. Files are listed
    before the table is read, so one that is recorded meanwhile is seen as owned.
    """
    batas, jumlah = timezone.now() - umur, 0
    for kunci in [k for k in _semua_kunci() if default_storage.get_modified_time(k) < batas]:
        if not Surat.objects.filter(Q(kunci_pdf=kunci) | Q(kunci_pdf_ttd=kunci)).exists():
            default_storage.delete(kunci)
            jumlah += 1
    return jumlah


def _semua_kunci() -> list[str]:
    if not default_storage.exists("surat"):
        return []
    folder, _ = default_storage.listdir("surat")
    return [f"surat/{f}/{nama}" for f in folder for nama in default_storage.listdir(f"surat/{f}")[1]]
