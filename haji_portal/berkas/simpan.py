"""Private storage of cleaned files: outside any transaction first, tied to a case inside it."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils import timezone
from PIL import Image

from haji_portal.akun.models import Pengguna
from haji_portal.alur.models import Perkara

from .models import ButirBerkas, Lampiran
from .nama import nama_aman
from .saring import AKHIRAN, KALIMAT, TEKS, TENGAH, Hasil, Potongan, UnggahanDitolak, saring, saring_foto

SEHARI = 24 * 3600
log = logging.getLogger(__name__)
KUNCI_SAH = re.compile(r"(berkas|asli)/[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{32}")

__all__ = [
    "BerkasTersimpan",
    "FotoTersimpan",
    "Potongan",
    "UnggahanDitolak",
    "baca",
    "buang",
    "foto_dari",
    "hapus_yatim",
    "kunci_asli",
    "lampirkan",
    "lampirkan_butir",
    "lampirkan_foto",
    "pemilik_lain",
    "salin",
    "simpan_asli",
    "simpan_foto",
    "simpan_potret",
    "simpan_teks",
    "simpan_unggahan",
    "ukuran_gambar",
]

pemilik_lain: list[Callable[[set[str]], set[str]]] = []
"""Rooms above that keep stored files without a case: each is given keys and answers those it owns."""


@dataclass(frozen=True)
class BerkasTersimpan:
    """A cleaned file on disk that no case owns yet. ukuran in bytes; halaman only for PDF."""

    kunci: str
    mime: str
    ukuran: int
    sha256: str
    nama: str
    halaman: int | None = None


@dataclass(frozen=True)
class FotoTersimpan:
    """A portrait and its crops for print: 3x4 is 354x472 px, 4x6 is 472x709 px, both at 300 dpi."""

    asli: BerkasTersimpan
    foto_3x4: BerkasTersimpan
    foto_4x6: BerkasTersimpan


def simpan_unggahan(berkas: UploadedFile, *, izinkan: tuple[str, ...] = ("jpeg", "png", "pdf")) -> BerkasTersimpan:
    """Clean an upload, store the clean copy and describe it. The original bytes are never written.

    Call it outside any transaction: it takes 0.1-2 s and a file cannot be rolled back (`hapus_yatim` collects what
    no case took). Raises UnggahanDitolak with the sentence for the person.
    """
    return _simpan(saring(berkas, izinkan), berkas.name or "")


def simpan_foto(berkas: UploadedFile, potongan: Potongan = TENGAH) -> FotoTersimpan:
    """Like `simpan_unggahan` for a portrait, with its two crops. Raises UnggahanDitolak."""
    asli, kecil, besar = saring_foto(berkas, potongan)
    nama = berkas.name or "foto.jpg"
    return FotoTersimpan(_simpan(asli, nama), _simpan(kecil, "foto-3x4.jpg"), _simpan(besar, "foto-4x6.jpg"))


def simpan_potret(berkas: UploadedFile) -> BerkasTersimpan:
    """Like `simpan_unggahan` for a picture of which a portrait can be cut later: too small a one is refused now."""
    return _simpan(saring_foto(berkas)[0], berkas.name or "")


def simpan_teks(teks: str, nama: str) -> BerkasTersimpan:
    """A plain text that the portal wrote itself, as a file for `lampirkan`. Call it outside any transaction."""
    return _simpan(Hasil(teks.encode(), TEKS), nama)


def kunci_asli() -> str:
    """A new key for `simpan_asli`: no sweep collects originals, so the row that owns one is written before it."""
    return _kunci_baru("asli")


def simpan_asli(kunci: str, isi: bytes) -> None:
    """Keep bytes exactly as they came, as proof. The one thing here that is not rebuilt: whoever stores it reads it
    only in a limited process and hands it out only to be saved. Raises UnggahanDitolak when the disk refuses.
    """
    _tulis_atau_tolak(kunci, isi)


def salin(tersimpan: BerkasTersimpan) -> BerkasTersimpan:
    """The same clean content under a key of its own: two cases never share one stored file."""
    isi = baca(tersimpan.kunci, tersimpan.sha256)
    kunci = _kunci_baru()
    _tulis(_jalur(kunci), isi)
    return replace(tersimpan, kunci=kunci)


def foto_dari(lampiran: Lampiran, potongan: Potongan) -> FotoTersimpan:
    """A portrait with its crops from a picture that a case has already. Call it outside any transaction, too.

    Raises UnggahanDitolak: too small, or lost from the store.
    """
    try:
        isi = baca(lampiran.kunci, lampiran.sha256)
    except (FileNotFoundError, ValueError) as galat:
        log.error("attachment %s cannot be read: %s", lampiran.pk, type(galat).__name__)
        raise UnggahanDitolak(KALIMAT["hilang"]) from galat
    return simpan_foto(SimpleUploadedFile(lampiran.nama, isi, lampiran.mime), potongan)


def ukuran_gambar(lampiran: Lampiran) -> tuple[int, int]:
    """Width and height of a stored picture in pixels, from the header of our own clean copy; (0, 0) when it is lost."""
    try:
        with Image.open(_jalur(lampiran.kunci), formats=("JPEG",)) as gambar:
            return gambar.size
    except (OSError, ValueError) as galat:
        log.error("attachment %s cannot be measured: %s", lampiran.pk, type(galat).__name__)
        return 0, 0


def lampirkan(
    perkara: Perkara,
    tersimpan: BerkasTersimpan,
    jenis: str,
    oleh: Pengguna | None,
    butir: ButirBerkas | None = None,
) -> Lampiran:
    """Tie a stored file to a case; call it inside the step's transaction.

    A newer file of the same checklist line, or a newer photo, replaces the older one, which is kept with
    `diganti_pada`. Raises ValueError for an unknown kind or a checklist line of another case.
    """
    if jenis not in Lampiran.Jenis.values:
        raise ValueError(f"unknown kind of attachment: {jenis!r}")
    if butir is not None and butir.perkara_id != perkara.pk:
        raise ValueError("the checklist line belongs to another case")
    kini = timezone.now()
    if butir is not None or jenis in Lampiran.TUNGGAL:
        lama = Lampiran.objects.terkini().filter(perkara=perkara.pk, jenis=jenis, butir=butir)
        lama.update(diganti_pada=kini)
    return Lampiran.objects.create(
        perkara_id=perkara.pk,
        butir=butir,
        jenis=jenis,
        nama=tersimpan.nama,
        mime=tersimpan.mime,
        ukuran=tersimpan.ukuran,
        sha256=tersimpan.sha256,
        kunci=tersimpan.kunci,
        halaman=tersimpan.halaman,
        diunggah_oleh=oleh,
        diunggah_pada=kini,
    )


def lampirkan_butir(
    perkara: Perkara, berkas: Mapping[str, BerkasTersimpan], butir: Iterable[ButirBerkas], oleh: Pengguna | None
) -> None:
    """Attach {code: file} to the lines of a checklist. KeyError for a code that is none of them."""
    per_kode = {satu.kode: satu for satu in butir}
    for kode, isi in berkas.items():
        lampirkan(perkara, isi, "berkas", oleh, butir=per_kode[kode])


def lampirkan_foto(perkara: Perkara, foto: FotoTersimpan, oleh: Pengguna | None) -> dict[str, Lampiran]:
    """Attach a portrait and its crops as `foto`, `foto_3x4`, `foto_4x6`; a photo taken again replaces all three."""
    bagian = {"foto": foto.asli, "foto_3x4": foto.foto_3x4, "foto_4x6": foto.foto_4x6}
    return {jenis: lampirkan(perkara, berkas, jenis, oleh) for jenis, berkas in bagian.items()}


def baca(kunci: str, sha256: str) -> bytes:
    """The stored bytes. Raises FileNotFoundError when the file is gone, ValueError when it was changed on disk."""
    isi = _jalur(kunci).read_bytes()
    if hashlib.sha256(isi).hexdigest() != sha256:
        raise ValueError("stored file does not match its hash")
    return isi


def hapus_yatim(umur: float = SEHARI) -> int:
    """Delete stored files that nobody owns and that are older than `umur` seconds; return how many.

    Files are read before the tables, so that one attached meanwhile is seen as owned.
    """
    akar, batas = settings.HAJI_PRIVAT / "berkas", time.time() - umur
    tua = {str(f.relative_to(settings.HAJI_PRIVAT)): f for f in akar.glob("??/??/*") if f.stat().st_mtime < batas}
    kunci, jumlah = list(tua), 0
    for awal in range(0, len(kunci), 500):
        bagian = set(kunci[awal : awal + 500])
        for yatim in bagian - _dimiliki(bagian):
            tua[yatim].unlink(missing_ok=True)
            jumlah += 1
    return jumlah


def buang(kunci: set[str]) -> None:
    """Delete stored files now, but never one that still has an owner."""
    for yatim in kunci - _dimiliki(kunci):
        _jalur(yatim).unlink(missing_ok=True)


def _dimiliki(kunci: set[str]) -> set[str]:
    milik = set(Lampiran.objects.filter(kunci__in=kunci).values_list("kunci", flat=True))
    return milik.union(*(pemilik(kunci) for pemilik in pemilik_lain))


def _simpan(hasil: Hasil, nama: str) -> BerkasTersimpan:
    kunci = _kunci_baru()
    _tulis_atau_tolak(kunci, hasil.isi)
    return BerkasTersimpan(
        kunci=kunci,
        mime=hasil.mime,
        ukuran=len(hasil.isi),
        sha256=hashlib.sha256(hasil.isi).hexdigest(),
        nama=nama_aman(nama, AKHIRAN[hasil.mime]),
        halaman=hasil.halaman,
    )


def _tulis_atau_tolak(kunci: str, isi: bytes) -> None:
    try:
        _tulis(_jalur(kunci), isi)
    except OSError as galat:
        log.error("upload cannot be stored: %s", os.strerror(galat.errno or 0))
        raise UnggahanDitolak(KALIMAT["simpan"]) from galat


def _kunci_baru(ruang: str = "berkas") -> str:
    """Random, not content-addressed: two cases never share a file, so a lawful erasure of one is complete."""
    acak = secrets.token_hex(16)
    return f"{ruang}/{acak[:2]}/{acak[2:4]}/{acak}"


def _jalur(kunci: str) -> Path:
    if not KUNCI_SAH.fullmatch(kunci):
        raise FileNotFoundError("not a storage key")
    return Path(settings.HAJI_PRIVAT) / kunci


def _tulis(tujuan: Path, isi: bytes) -> None:
    """Whole or not at all: temporary name, fsync of file and folder, rename. Mode 0600, folders 0700."""
    folder = tujuan.parent
    for bagian in (folder.parent.parent, folder.parent, folder):
        bagian.mkdir(mode=0o700, parents=True, exist_ok=True)
    sementara = folder / f".{tujuan.name}.{secrets.token_hex(4)}"
    try:
        with open(os.open(sementara, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as tulis:
            tulis.write(isi)
            tulis.flush()
            os.fsync(tulis.fileno())
        sementara.replace(tujuan)
    except BaseException:
        sementara.unlink(missing_ok=True)
        raise
    penanda = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(penanda)
    finally:
        os.close(penanda)
