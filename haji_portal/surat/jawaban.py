"""Is what a signing service sent back really our letter, signed by the right person, and nothing else?

A signature says that a file is whole, not that the file is ours: an honest signature over another letter, or over
ours with one more line, is refused here. So the pages are compared, not only the signature.
"""

from __future__ import annotations

import datetime
import hashlib
import io
import logging
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from .galat import LayananTtdMenolak
from .gambar import TEMPAT_TTD

if TYPE_CHECKING:
    import pikepdf

SELISIH_JAM = datetime.timedelta(minutes=15)
RENGGANG = 3.0  # points by which the signature may stand beside its place
AKTIF = ("/OpenAction", "/AA", "/OCProperties")
ABAIKAN = {"/Parent", "/P", "/Annots", "/StructParent", "/StructParents", "/PieceInfo", "/LastModified", "/Metadata"}
ALIRAN = {"/Length", "/Filter", "/DecodeParms"}
BUKAN_SURAT = (
    "Berkas yang dikembalikan BSrE bukan surat ini. Berkas itu ditolak dan tidak dicatat; beri tahu admin portal."
)
BUKAN_ORANG = "Sertifikat yang dipakai BSrE bukan atas nama Anda. Tanda tangan ditolak; beri tahu admin portal."
TIDAK_SAH = (
    "Tanda tangan yang dikembalikan BSrE tidak sah atau bukan terbitan BSrE. Berkas ditolak; beri tahu admin portal."
)
JAM_BEDA = (
    "Waktu tanda tangan BSrE berbeda {menit} menit dari jam portal. Berkas ditolak; minta admin memeriksa jam server."
)
log = logging.getLogger(__name__)


@cache
def akar_bsre(berkas: str) -> tuple[Any, ...]:
    """The certificates (asn1crypto) of a PEM file that BSrE signatures must lead to; () without a file."""
    from asn1crypto import pem, x509

    if not berkas:
        return ()
    return tuple(x509.Certificate.load(der) for _, _, der in pem.unarmor(Path(berkas).read_bytes(), multiple=True))


def tempat_ttd(pdf: bytes) -> tuple[float, float, float, float, float]:
    """(page from 1, left, bottom, right, top) that our frozen letter keeps for its signature. Raises LookupError."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as dokumen:
        if f"/{TEMPAT_TTD}" not in dokumen.Root:
            raise LookupError("the letter was not frozen for a signing service")
        halaman, kiri, bawah, kanan, atas = (float(n) for n in dokumen.Root[f"/{TEMPAT_TTD}"])
    return halaman, kiri, bawah, kanan, atas


def periksa_jawaban(beku: bytes, hasil: bytes, *, nama: str) -> None:
    """Raise LayananTtdMenolak unless `hasil` is `beku` with one valid signature of `nama`, made now, in its place."""
    try:
        status, kotak = _tanda_tangan(hasil)
        sama = _isi_sama(beku, hasil)
        tempat = tempat_ttd(beku)
    except Exception as galat:  # noqa: BLE001  (a broken or hostile file may break any part of the parsers)
        log.warning("signed file cannot be read (%s)", type(galat).__name__)
        raise LayananTtdMenolak(BUKAN_SURAT) from None
    if not (utuh(status) and status.trusted):
        raise LayananTtdMenolak(TIDAK_SAH)
    if not sama or not _di_tempat(kotak, tempat):
        raise LayananTtdMenolak(BUKAN_SURAT)
    if _rapikan(status.signing_cert.subject.native.get("common_name", "")) != _rapikan(nama):
        raise LayananTtdMenolak(BUKAN_ORANG)
    waktu = status.signer_reported_dt
    selisih = abs(timezone.now() - waktu) if waktu else datetime.timedelta.max
    if selisih > SELISIH_JAM:
        menit = "lebih dari 60" if selisih > datetime.timedelta(hours=1) else str(selisih.seconds // 60)
        raise LayananTtdMenolak(JAM_BEDA.format(menit=menit))


def status_tanda(tanda: Any, akar: tuple[Any, ...]) -> Any:
    """pyHanko's judgement of an embedded signature against these roots, at the moment it names itself.

    A letter outlives its signer's certificate: the chain is judged at the moment of signing.
    """
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    konteks = ValidationContext(
        trust_roots=list(akar), allow_fetching=False, moment=tanda.self_reported_timestamp, best_signature_time=None
    )
    return validate_pdf_signature(tanda, signer_validation_context=konteks)


def utuh(status: Any) -> bool:
    """The signature holds and covers the file; after it only what proves its age may stand (PAdES-LTA)."""
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if not (status.valid and status.intact):
        return False
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    tingkat = status.modification_level
    return bool(tingkat is not None and tingkat <= ModificationLevel.LTA_UPDATES and status.docmdp_ok)


def _tanda_tangan(hasil: bytes) -> tuple[Any, list[float]]:
    from pyhanko.pdf_utils.reader import PdfFileReader

    (tanda,) = PdfFileReader(io.BytesIO(hasil)).embedded_regular_signatures
    kotak = [float(n) for n in tanda.sig_field["/Rect"]]
    return status_tanda(tanda, akar_bsre(settings.BSRE_AKAR)), kotak


def _di_tempat(kotak: list[float], tempat: tuple[float, float, float, float, float]) -> bool:
    """Inside its place, or without any size: a stamp as large as the page could say anything."""
    if kotak[0] == kotak[2] or kotak[1] == kotak[3]:
        return True
    _, kiri, bawah, kanan, atas = tempat
    x1, x2, y1, y2 = min(kotak[::2]), max(kotak[::2]), min(kotak[1::2]), max(kotak[1::2])
    return kiri - RENGGANG <= x1 and x2 <= kanan + RENGGANG and bawah - RENGGANG <= y1 and y2 <= atas + RENGGANG


def _rapikan(nama: str) -> str:
    return re.sub(r"[^\w]+", " ", nama).strip().casefold()


def _isi_sama(beku: bytes, hasil: bytes) -> bool:
    """Every page shows the same and the document does nothing by itself, the one new signature field apart."""
    import pikepdf

    with pikepdf.open(io.BytesIO(beku)) as asal, pikepdf.open(io.BytesIO(hasil)) as baru:
        if len(asal.pages) != len(baru.pages) or any(nama in baru.Root for nama in AKTIF):
            return False
        if "/Names" in baru.Root and "/JavaScript" in baru.Root.Names:
            return False
        pasangan = zip(asal.pages, baru.pages, strict=True)
        if any(_sidik_halaman(a) != _sidik_halaman(b) for a, b in pasangan):
            return False
        catatan = [len(_catatan(dokumen)) for dokumen in (asal, baru)]
        return catatan[1] - catatan[0] == 1


def _catatan(dokumen: pikepdf.Pdf) -> list[Any]:
    return [c for halaman in dokumen.pages for c in halaman.obj.get("/Annots", [])]


def _sidik_halaman(halaman: pikepdf.Page) -> bytes:
    """A digest of all that a page draws: content, resources, box, and its annotations without form fields."""
    sidik = hashlib.sha256()
    catatan = [c for c in halaman.obj.get("/Annots", []) if c.get("/Subtype") != "/Widget"]
    import pikepdf

    isi = halaman.obj.get("/Contents")
    aliran = isi if isinstance(isi, pikepdf.Array) else [isi]
    sidik.update(b"\n".join(a.read_bytes() for a in aliran if a is not None))
    for bagian in (halaman.resources, halaman.mediabox, halaman.cropbox, halaman.obj.get("/Rotate", 0), *catatan):
        _urai(bagian, sidik, set())
    return sidik.digest()


def _urai(benda: Any, sidik: Any, jalur: set[tuple[int, int]]) -> None:
    """Feed an object and all that it refers to, in one order; a reference back to an ancestor is only marked."""
    import pikepdf

    nomor = benda.objgen if isinstance(benda, pikepdf.Object) and benda.is_indirect else None
    if nomor in jalur:
        sidik.update(b"(kembali)")
        return
    turun = jalur | {nomor} if nomor else jalur
    if isinstance(benda, (pikepdf.Dictionary, pikepdf.Stream)):
        lewat = ABAIKAN | ALIRAN if isinstance(benda, pikepdf.Stream) else ABAIKAN
        for kunci in sorted(set(benda.keys()) - lewat):
            sidik.update(kunci.encode())
            _urai(benda[kunci], sidik, turun)
        if isinstance(benda, pikepdf.Stream):
            sidik.update(_isi_aliran(benda))
    elif isinstance(benda, pikepdf.Array):
        sidik.update(b"[%d" % len(benda))
        for satu in benda:
            _urai(satu, sidik, turun)
    else:
        sidik.update(f"{type(benda).__name__}:{benda!s}".encode())


def _isi_aliran(aliran: pikepdf.Stream) -> bytes:
    import pikepdf

    try:
        return aliran.read_bytes()
    except pikepdf.PdfError:  # a picture whose coding qpdf does not undo: its bytes as they are
        return aliran.read_raw_bytes()
