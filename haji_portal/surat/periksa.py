"""What the public may ask: is this letter genuine, and does it still stand?"""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from haji_portal.jemaah.models import Jemaah

from .jawaban import akar_bsre, status_tanda, utuh
from .jenis import judul_surat
from .klien_bsre import KlienBsre, Putus
from .models import CaraTtd, Surat
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
    """asli: signature intact, of the authority on record, and the file is the one on record.

    surat: what `cari_token` shows. cara: which authority vouches for the signature, "" when none that we know.
    """

    asli: bool
    kalimat: str
    penanda_tangan: str = ""
    waktu: datetime.datetime | None = None
    surat: dict[str, Any] | None = None
    cara: str = ""


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
    surat = Surat.objects.filter(hash_ttd=sidik(isi), status__in=BERLAKU).first()
    try:
        status, cara = _status_tanda_tangan(isi, surat)
    except Exception:  # noqa: BLE001  (a hostile file may break any part of the parser)
        return HasilPeriksa(False, "Berkas ini tidak terbaca. Unggah PDF asli, bukan hasil pindai atau foto.")
    if status is None:
        return HasilPeriksa(False, "PDF ini tidak memuat tanda tangan elektronik.")
    return _simpulkan(isi, status, cara, surat)


def _simpulkan(isi: bytes, status: Any, cara: CaraTtd, surat: Surat | None) -> HasilPeriksa:
    nama = status.signing_cert.subject.native.get("common_name", "")
    if not _utuh(status, cara):
        return HasilPeriksa(False, "Isi PDF ini sudah diubah setelah ditandatangani. Jangan dipakai.", nama)
    if not status.trusted and not _dibenarkan_bsre(isi, surat):
        return HasilPeriksa(False, "Tanda tangan pada PDF ini bukan terbitan portal ini atau BSrE.", nama)
    if surat is None:
        kalimat = "Tanda tangan sah, tetapi surat ini tidak tercatat. Tanyakan kepada kantor penerbit."
        return HasilPeriksa(False, kalimat, nama, status.signer_reported_dt, None, cara)
    ringkas = _ringkas(surat)
    kalimat = {
        "berlaku": "Surat ini asli dan berlaku.",
        "dicabut": "Surat ini asli, tetapi sudah dicabut dan tidak berlaku lagi.",
        "diganti": "Surat ini asli, tetapi sudah diganti dengan surat yang baru.",
        "batal": "Surat ini dibatalkan dan tidak berlaku.",
    }[ringkas["status"]]
    return HasilPeriksa(True, kalimat, nama, status.signer_reported_dt, ringkas, cara)


def _utuh(status: Any, cara: CaraTtd) -> bool:
    """Our own signatures cover the file to its last byte; BSrE may have added what proves their age."""
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if cara == CaraTtd.LOKAL and status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        return False
    return utuh(status)


def _dibenarkan_bsre(isi: bytes, surat: Surat | None) -> bool:
    """Ask BSrE about a letter of ours whose root is not in the configured file; strangers' files go nowhere."""
    if surat is None or surat.cara_ttd != CaraTtd.BSRE or not (settings.BSRE_URL and settings.BSRE_VERIFIKASI):
        return False
    try:
        return KlienBsre().periksa(isi)
    except Putus:
        return False


def _status_tanda_tangan(isi: bytes, surat: Surat | None) -> tuple[Any, CaraTtd]:
    """pyHanko's status of the only signature, or None without one, and whose signature it is.

    A recorded letter is judged against the authority on record only. A second signature is not ours and raises.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    tanda = PdfFileReader(io.BytesIO(isi)).embedded_regular_signatures
    cara = CaraTtd(surat.cara_ttd) if surat else CaraTtd.BSRE if settings.BSRE_AKAR else CaraTtd.LOKAL
    if not tanda:
        return None, cara
    if len(tanda) > 1:
        raise ValueError("more than one signature")
    status = status_tanda(tanda[0], _akar(cara))
    if surat is None and not status.trusted:
        return status_tanda(tanda[0], _akar(CaraTtd.LOKAL)), CaraTtd.LOKAL
    return status, cara


def _akar(cara: CaraTtd) -> tuple[Any, ...]:
    """The roots of an authority; without a file for BSrE's our own, which no BSrE signature leads to."""
    from asn1crypto import x509 as asn1_x509
    from cryptography.hazmat.primitives.serialization import Encoding

    bsre = akar_bsre(settings.BSRE_AKAR) if cara == CaraTtd.BSRE else ()
    return bsre or tuple(asn1_x509.Certificate.load(satu.public_bytes(Encoding.DER)) for satu in akar_dipercaya())


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
        "cara_ttd": surat.cara_ttd,
        "pengganti_nomor": pengganti.nomor if pengganti else "",
        "pengganti_token": pengganti.token if pengganti else "",
        "inisial": inisial(surat.perkara.pemohon),
    }
