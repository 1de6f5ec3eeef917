"""What the public may ask: is this letter genuine, and does it still stand?"""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass
from typing import Any

from haji_portal.jemaah.models import Jemaah

from .jenis import judul_surat
from .models import Surat
from .pki import akar_dipercaya
from .simpan import sidik

BATAS_UKURAN = 10 * 1024 * 1024  # bytes
BERLAKU = {
    Surat.Status.DITANDATANGANI: "berlaku",
    Surat.Status.DICABUT: "dicabut",
    Surat.Status.DIGANTI: "diganti",
    Surat.Status.BATAL: "batal",
}


@dataclass(frozen=True)
class HasilPeriksa:
    """asli: signature intact, of our authority, and the file is the one on record. surat: what `cari_token` shows."""

    asli: bool
    kalimat: str
    penanda_tangan: str = ""
    waktu: datetime.datetime | None = None
    surat: dict[str, Any] | None = None


def inisial(jemaah: Jemaah | None) -> str:
    """`Siti Aminah` -> `S. A.`: the only personal data on a public page."""
    return " ".join(f"{kata[0].upper()}." for kata in (jemaah.nama if jemaah else "").split() if kata[0].isalpha())


def cari_token(token: str) -> dict[str, Any] | None:
    """What the verification page may show about a letter, or None.

    Drafts and frozen letters do not exist for the public. `status` is berlaku, dicabut, diganti or batal;
    `status_pada` is when it ended; the reason stays inside, it may name people.
    """
    surat = (
        Surat.objects.filter(token=token, status__in=BERLAKU)
        .exclude(nomor="")
        .select_related("kantor", "perkara__pemohon", "pengganti")
        .first()
    )
    return _ringkas(surat) if surat else None


def periksa_pdf(isi: bytes) -> HasilPeriksa:
    """Check an uploaded signed PDF against the local authority and the records; never raises on bad input."""
    if len(isi) > BATAS_UKURAN:
        return HasilPeriksa(False, "Berkas terlalu besar. Unggah PDF surat paling besar 10 MB.")
    if not isi.startswith(b"%PDF-"):
        return HasilPeriksa(False, "Berkas ini bukan PDF. Unggah PDF surat yang Anda terima.")
    try:
        status = _status_tanda_tangan(isi)
    except Exception:  # noqa: BLE001  (a hostile file may break any part of the parser)
        return HasilPeriksa(False, "Berkas ini tidak terbaca. Unggah PDF asli, bukan hasil pindai atau foto.")
    if status is None:
        return HasilPeriksa(False, "PDF ini tidak memuat tanda tangan elektronik.")
    return _simpulkan(status, Surat.objects.filter(hash_ttd=sidik(isi), status__in=BERLAKU).first())


def _simpulkan(status: Any, surat: Surat | None) -> HasilPeriksa:
    nama = status.signing_cert.subject.native.get("common_name", "")
    if not _utuh(status):
        return HasilPeriksa(False, "Isi PDF ini sudah diubah setelah ditandatangani. Jangan dipakai.", nama)
    if not status.trusted:
        return HasilPeriksa(False, "Tanda tangan pada PDF ini bukan terbitan portal ini.", nama)
    if surat is None:
        kalimat = "Tanda tangan sah, tetapi surat ini tidak tercatat. Tanyakan kepada kantor penerbit."
        return HasilPeriksa(False, kalimat, nama, status.signer_reported_dt)
    ringkas = _ringkas(surat)
    kalimat = {
        "berlaku": "Surat ini asli dan berlaku.",
        "dicabut": "Surat ini asli, tetapi sudah dicabut dan tidak berlaku lagi.",
        "diganti": "Surat ini asli, tetapi sudah diganti dengan surat yang baru.",
        "batal": "Surat ini dibatalkan dan tidak berlaku.",
    }[ringkas["status"]]
    return HasilPeriksa(True, kalimat, nama, status.signer_reported_dt, ringkas)


def _utuh(status: Any) -> bool:
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    return bool(status.valid and status.intact and status.coverage == SignatureCoverageLevel.ENTIRE_FILE)


def _status_tanda_tangan(isi: bytes) -> Any:
    """pyHanko's status of the only signature, or None without one; a second signature is not ours and raises."""
    from asn1crypto import x509 as asn1_x509
    from cryptography.hazmat.primitives.serialization import Encoding
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    tanda = PdfFileReader(io.BytesIO(isi)).embedded_signatures
    if not tanda:
        return None
    if len(tanda) > 1:
        raise ValueError("more than one signature")
    dipercaya = [asn1_x509.Certificate.load(satu.public_bytes(Encoding.DER)) for satu in akar_dipercaya()]
    # A letter outlives its signer's certificate: the chain is judged at the moment of signing, and the file must be
    # the recorded one besides.
    konteks = ValidationContext(
        trust_roots=dipercaya, allow_fetching=False, moment=tanda[0].self_reported_timestamp, best_signature_time=None
    )
    return validate_pdf_signature(tanda[0], signer_validation_context=konteks)


def _ringkas(surat: Surat) -> dict[str, Any]:
    pengganti = surat.pengganti
    return {
        "jenis": judul_surat(surat.jenis),
        "nomor": surat.nomor,
        "tanggal": surat.tanggal,
        "kantor": surat.kantor.nama,
        "zona": surat.kantor.zona,
        "penanda_tangan": surat.nama_penanda_tangan,
        "jabatan": surat.jabatan,
        "ditandatangani_pada": surat.ditandatangani_pada,
        "status": BERLAKU[Surat.Status(surat.status)],
        "status_pada": surat.diakhiri_pada,
        "pengganti_nomor": pengganti.nomor if pengganti else "",
        "pengganti_token": pengganti.token if pengganti else "",
        "inisial": inisial(surat.perkara.pemohon),
    }
