"""Signing a frozen letter, through a port: the portal's own authority (`lokal.py`) or BSrE (`bsre.py`).

The password or passphrase lives in one request: it is never stored, never logged, never put into an effect.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

from haji_portal.akun.models import Pengguna

from .galat import TIDAK_TERSIMPAN, BukanPenandaTangan, SuratBerubah, SuratGagal
from .gambar import buat_pdf
from .gambar_cap import cap_png
from .isi import Cap
from .jenis import judul_surat
from .models import CaraTtd, Surat
from .simpan import baca_pdf, simpan_pdf


class BerkasTtd(NamedTuple):
    """A stored signed PDF: its key, its SHA-256, and the SHA-256 of the frozen PDF that it signs."""

    kunci: str
    hash_ttd: str
    hash_asal: str


class SesiTtd(Protocol):
    """An official's key or passphrase, held for this request."""

    cara: CaraTtd

    def tandatangani(self, pdf: bytes, cap: bytes, *, alasan: str, lokasi: str) -> bytes:
        """Sign `pdf` and show `cap` in the place it keeps for that (`gambar_cap()` of the same `cara`)."""


class Penandatangan(Protocol):
    """The port: each kind of signature is a class with this method."""

    def buka(self, pengguna: Pengguna, sandi: str) -> SesiTtd:
        """Open the official's key. Raises SandiSalah, SuratGagal."""


def penandatangan(cara: CaraTtd) -> Penandatangan:
    """The adapter of a kind of signature."""
    from .bsre import PenandatanganBsre
    from .lokal import PenandatanganLokal

    return PenandatanganBsre() if cara == CaraTtd.BSRE else PenandatanganLokal()


def buka_sesi(pengguna: Pengguna, sandi: str, cara: CaraTtd = CaraTtd.LOKAL) -> SesiTtd:
    """Open the official's key once for a batch of letters.

    Raises SandiSalah (also after too many wrong ones: five for the account password, three for a BSrE passphrase,
    which may show only at the first letter) and SuratGagal with the sentence why the service does not sign now.
    """
    try:
        return penandatangan(cara).buka(pengguna, sandi)
    except OSError as galat:
        raise SuratGagal(TIDAK_TERSIMPAN) from galat


def gambar_cap(cap: Cap, cara: CaraTtd) -> bytes:
    """The visible signature: a PDF page for the own authority, a PNG picture for BSrE."""
    return cap_png(cap) if cara == CaraTtd.BSRE else buat_pdf(cap.html())


def tandatangani_pdf(
    surat: Surat, pengguna: Pengguna, sandi: str = "", *, sesi: SesiTtd | None = None, cap: bytes = b""
) -> BerkasTtd:
    """Sign the frozen PDF and store the result; the letter's row stays as it is until `sahkan()`.

    For a batch open one `buka_sesi()` and pass it as `sesi`; cap: the stamp when it is drawn already.
    Raises SandiSalah, SuratBerubah (not frozen, or frozen for another kind of signature), BukanPenandaTangan,
    BerkasRusak. Takes tens of milliseconds or a call to a service, and writes a file: never inside a transaction.
    """
    if surat.status != Surat.Status.DIBEKUKAN:
        raise SuratBerubah("Surat ini belum siap ditandatangani. Muat ulang halaman ini.")
    if surat.pengguna_id != pengguna.pk:
        raise BukanPenandaTangan("Surat ini disiapkan untuk penanda tangan lain. Buka kembali suratnya.")
    sesi = sesi or buka_sesi(pengguna, sandi, CaraTtd(surat.cara_ttd))
    if sesi.cara != surat.cara_ttd:
        raise SuratBerubah("Cara tanda tangan kantor ini baru saja berubah. Muat ulang halaman ini, lalu ulangi.")
    pdf = baca_pdf(surat.kunci_pdf, surat.hash_pdf)
    cap = cap or gambar_cap(Cap.dari(surat), sesi.cara)
    alasan = f"{judul_surat(surat.jenis)} nomor {surat.nomor}"
    try:
        hasil = sesi.tandatangani(pdf, cap, alasan=alasan, lokasi=surat.kantor.nama)
    except OSError as galat:
        raise SuratGagal(TIDAK_TERSIMPAN) from galat
    kunci, hash_ttd = simpan_pdf(hasil)
    return BerkasTtd(kunci, hash_ttd, surat.hash_pdf)
