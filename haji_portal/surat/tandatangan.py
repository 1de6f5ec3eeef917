"""Signing a frozen letter: PAdES B-B with a visible stamp, through a port.

The passphrase lives in one request: it is never stored, never logged, never put into an effect.
"""

from __future__ import annotations

import io
import logging
import os
import tempfile
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from django.conf import settings
from django.core.cache import cache
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.utils.module_loading import import_string

from haji_portal.akun.models import Pengguna

from .galat import TIDAK_TERSIMPAN, BukanPenandaTangan, SandiSalah, SuratBerubah, SuratGagal
from .gambar import BIDANG_TTD
from .isi import gambar_cap
from .jenis import judul_surat
from .models import Surat
from .pki import buka_p12
from .simpan import baca_pdf, simpan_pdf

BATAS_SALAH = 5
JEDA_SALAH = 10 * 60  # seconds
_cadangan = LocMemCache("surat-sandi", {})
log = logging.getLogger(__name__)


class BerkasTtd(NamedTuple):
    """A stored signed PDF: its key, its SHA-256, and the SHA-256 of the frozen PDF that it signs."""

    kunci: str
    hash_ttd: str
    hash_asal: str


class SesiTtd(Protocol):
    """An official's key, opened for this request."""

    def tandatangani(self, pdf: bytes, cap: bytes, *, alasan: str, lokasi: str) -> bytes:
        """Sign the empty field of `pdf` and show `cap` (a one-page PDF of the field's size) in it."""


class Penandatangan(Protocol):
    """The port: a national signing service (BSrE) is another class with this method."""

    def buka(self, pengguna: Pengguna, sandi: str) -> SesiTtd:
        """Open the official's key. Raises SandiSalah."""


def penandatangan() -> Penandatangan:
    """The adapter that settings name."""
    return import_string(settings.SURAT_PENANDATANGAN)()


def buka_sesi(pengguna: Pengguna, sandi: str) -> SesiTtd:
    """Verify the password once for a batch of letters. Raises SandiSalah, also after five wrong ones in ten minutes."""
    kunci = f"surat-sandi:{pengguna.pk}"
    if (_hitung(lambda c: c.get(kunci)) or 0) >= BATAS_SALAH:
        raise SandiSalah("Sandi salah beberapa kali. Tunggu 10 menit, lalu coba lagi.")
    try:
        sesi = penandatangan().buka(pengguna, sandi)
    except SandiSalah:
        _hitung(lambda c: (c.add(kunci, 0, JEDA_SALAH), c.incr(kunci)))
        raise
    except OSError as galat:
        raise SuratGagal(TIDAK_TERSIMPAN) from galat
    _hitung(lambda c: c.delete(kunci))
    return sesi


def _hitung(fungsi: Callable[[BaseCache], Any]) -> Any:
    """Count in the shared cache; while it is out of reach each process counts for itself, and nobody waits to sign."""
    try:
        return fungsi(cache)
    except Exception as galat:  # noqa: BLE001  (every backend has its own errors)
        log.warning("Tembolok tidak terjangkau (%s).", type(galat).__name__)
        return fungsi(_cadangan)


def tandatangani_pdf(surat: Surat, pengguna: Pengguna, sandi: str = "", *, sesi: SesiTtd | None = None) -> BerkasTtd:
    """Sign the frozen PDF and store the result; the letter's row stays as it is until `sahkan()`.

    For a batch open one `buka_sesi()` and pass it as `sesi`. Raises SandiSalah, SuratBerubah (not frozen),
    BukanPenandaTangan, BerkasRusak. Takes tens of milliseconds and writes a file: never inside a transaction.
    """
    if surat.status != Surat.Status.DIBEKUKAN:
        raise SuratBerubah("Surat ini belum siap ditandatangani. Muat ulang halaman ini.")
    if surat.pengguna_id != pengguna.pk:
        raise BukanPenandaTangan("Surat ini disiapkan untuk penanda tangan lain. Buka kembali suratnya.")
    sesi = sesi or buka_sesi(pengguna, sandi)
    pdf = baca_pdf(surat.kunci_pdf, surat.hash_pdf)
    alasan = f"{judul_surat(surat.jenis)} nomor {surat.nomor}"
    try:
        hasil = sesi.tandatangani(pdf, gambar_cap(surat), alasan=alasan, lokasi=surat.kantor.nama)
    except OSError as galat:
        raise SuratGagal(TIDAK_TERSIMPAN) from galat
    kunci, hash_ttd = simpan_pdf(hasil)
    return BerkasTtd(kunci, hash_ttd, surat.hash_pdf)


class PenandatanganLokal:
    """Adapter with the local certificate authority; the passphrase is the account password."""

    def buka(self, pengguna: Pengguna, sandi: str) -> SesiTtd:
        if not sandi or not pengguna.check_password(sandi):
            raise SandiSalah("Sandi salah. Surat belum ditandatangani; ketik ulang sandi akun Anda.")
        return _SesiLokal(*buka_p12(pengguna, sandi))


class _SesiLokal:
    def __init__(self, p12: bytes, frasa: bytes) -> None:
        from pyhanko.sign.signers import SimpleSigner

        self._kunci = SimpleSigner.load_pkcs12_data(p12, other_certs=[], passphrase=frasa)

    def tandatangani(self, pdf: bytes, cap: bytes, *, alasan: str, lokasi: str) -> bytes:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import signers
        from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

        keterangan = signers.PdfSignatureMetadata(
            field_name=BIDANG_TTD,
            subfilter=SigSeedSubFilter.PADES,
            md_algorithm="sha256",
            reason=alasan,
            location=lokasi,
            # A certification that permits no change: a page or signature added later shows as tampering.
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        tulis = IncrementalPdfFileWriter(io.BytesIO(pdf))
        # pyHanko imports a stamp page by file name only.
        with tempfile.TemporaryDirectory(prefix="cap-") as folder:
            nama = os.path.join(folder, "cap.pdf")
            with open(nama, "wb") as berkas:
                berkas.write(cap)
            juru = signers.PdfSigner(keterangan, signer=self._kunci, stamp_style=_gaya_cap(nama))
            return juru.sign_pdf(tulis, existing_fields_only=True).getvalue()


def _gaya_cap(nama: str):
    from pyhanko.pdf_utils import layout
    from pyhanko.stamp import StaticStampStyle

    tengah = layout.AxisAlignment.ALIGN_MID
    return StaticStampStyle.from_pdf_file(
        nama,
        border_width=0,
        background_opacity=1,
        background_layout=layout.SimpleBoxLayoutRule(x_align=tengah, y_align=tengah, margins=layout.Margins.uniform(0)),
    )
