"""The small authority of `simulator_bsre`: a root, a certificate per name, and signatures that are right or wrong."""

from __future__ import annotations

import base64
import datetime
import io
import os
import threading
from pathlib import Path
from typing import Any

import pikepdf
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from PIL import Image
from pyhanko.pdf_utils import generic, images, layout
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

UMUR = datetime.timedelta(days=730)
ORANG_LAIN = "Orang Lain"
DER = serialization.Encoding.DER


class Otoritas:
    """A root kept in `folder`, so that what was signed yesterday verifies today; certificates live in memory."""

    def __init__(self, folder: Path, nama: str = "Simulator BSrE, bukan untuk dipakai") -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.berkas_akar = folder / "akar.pem"
        berkas_kunci = folder / "akar.kunci"
        if not berkas_kunci.exists():
            kunci = ec.generate_private_key(ec.SECP256R1())
            akar = _sertifikat(nama, kunci, None, None)
            self.berkas_akar.write_bytes(akar.public_bytes(serialization.Encoding.PEM))
            with open(os.open(berkas_kunci, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as tulis:
                tulis.write(_der_kunci(kunci))
        kunci_akar = serialization.load_der_private_key(berkas_kunci.read_bytes(), None)
        if not isinstance(kunci_akar, ec.EllipticCurvePrivateKey):
            raise TypeError("the root's key is no EC key")
        self._kunci = kunci_akar
        self.akar = x509.load_pem_x509_certificate(self.berkas_akar.read_bytes())
        self._orang: dict[str, signers.SimpleSigner] = {}
        self._gembok = threading.Lock()

    def penanda(self, nama: str) -> signers.SimpleSigner:
        """The signer of a name; its certificate is made when first needed."""
        with self._gembok:
            if nama not in self._orang:
                kunci = ec.generate_private_key(ec.SECP256R1())
                sertifikat = _sertifikat(nama, kunci, self._kunci, self.akar)
                gudang = SimpleCertificateStore()
                gudang.register(asn1_x509.Certificate.load(self.akar.public_bytes(DER)))
                self._orang[nama] = signers.SimpleSigner(
                    signing_cert=asn1_x509.Certificate.load(sertifikat.public_bytes(DER)),
                    signing_key=asn1_keys.PrivateKeyInfo.load(_der_kunci(kunci)),
                    cert_registry=gudang,
                )
            return self._orang[nama]

    def periksa(self, pdf: bytes) -> bool:
        """Whether every signature of a file is whole and of this authority."""
        try:
            tanda = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
            akar = asn1_x509.Certificate.load(self.akar.public_bytes(DER))
            konteks = ValidationContext(trust_roots=[akar], allow_fetching=False)
            return bool(tanda) and all(validate_pdf_signature(t, konteks).bottom_line for t in tanda)
        except Exception:  # noqa: BLE001  (whatever was sent)
            return False


def tanda_tangani(otoritas: Otoritas, pdf: bytes, tampilan: dict[str, Any], nama: str, mode: str = "biasa") -> bytes:
    """Sign a PDF as the service does, in a field of its own; `mode` names what goes wrong (simulator_bsre.MODE)."""
    if mode == "berkas_polos":
        return pdf
    if mode == "berkas_lain":
        pdf, tampilan = _surat_lain(), {**tampilan, "page": 1}
    elif mode == "berkas_diubah":
        pdf = _tambah_tulisan(pdf)
    elif mode == "akar_lain":
        otoritas = Otoritas(otoritas.berkas_akar.parent / "lain", "Otoritas lain")
    hasil = _bubuhkan(
        otoritas.penanda(ORANG_LAIN if mode == "orang_lain" else nama), pdf, tampilan, mode == "cap_besar", mode
    )
    if mode == "berkas_rusak":
        rusak = bytearray(hasil)
        rusak[len(pdf) // 2] ^= 1
        return bytes(rusak)
    return hasil


def _bubuhkan(penanda: signers.SimpleSigner, pdf: bytes, tampilan: dict[str, Any], besar: bool, mode: str) -> bytes:
    kiri, bawah = float(tampilan["originX"]), float(tampilan["originY"])
    kotak: Any = (kiri, bawah, kiri + float(tampilan["width"]), bawah + float(tampilan["height"]))
    tulis = IncrementalPdfFileWriter(io.BytesIO(pdf))
    seluruh = (0, 0, 595, 842)
    bidang = fields.SigFieldSpec("Signature1", on_page=int(tampilan["page"]) - 1, box=seluruh if besar else kotak)
    fields.append_signature_field(tulis, bidang)
    keterangan = signers.PdfSignatureMetadata(
        field_name="Signature1",
        subfilter=fields.SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        reason=tampilan.get("reason") or None,
        location=tampilan.get("location") or None,
    )
    waktu = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=2 if mode == "jam_maju" else 0)
    juru = _PenandaBerjam(keterangan, signer=penanda, stamp_style=_gaya(tampilan), waktu=waktu)
    return juru.sign_pdf(tulis, bytes_reserved=16384).getvalue()


class _PenandaBerjam(signers.PdfSigner):
    """A signer whose clock can be wrong."""

    def __init__(self, *args: Any, waktu: datetime.datetime, **lain: Any) -> None:
        super().__init__(*args, **lain)
        self._waktu = waktu

    def init_signing_session(self, *args: Any, **lain: Any) -> Any:
        sesi = super().init_signing_session(*args, **lain)
        sesi.system_time = self._waktu
        return sesi


def _gaya(tampilan: dict[str, Any]) -> StaticStampStyle:
    gambar = Image.open(io.BytesIO(base64.b64decode(tampilan["imageBase64"])))
    tengah = layout.AxisAlignment.ALIGN_MID
    return StaticStampStyle(
        background=images.PdfImage(gambar),
        border_width=0,
        background_opacity=1,
        background_layout=layout.SimpleBoxLayoutRule(x_align=tengah, y_align=tengah, margins=layout.Margins.uniform(0)),
    )


def _surat_lain() -> bytes:
    tampung = io.BytesIO()
    with pikepdf.new() as lain:
        lain.add_blank_page(page_size=(595, 842))
        lain.save(tampung)
    return tampung.getvalue()


def _tambah_tulisan(pdf: bytes) -> bytes:
    """The same letter with one more line, as an honest incremental update: the old bytes stay in front."""
    tulis = IncrementalPdfFileWriter(io.BytesIO(pdf))
    halaman = tulis.root["/Pages"]["/Kids"][0]
    tambah = tulis.add_object(generic.StreamObject(stream_data=b"q 1 0 0 RG 80 400 m 500 400 l S Q"))
    isi = halaman.get_object().raw_get("/Contents")
    halaman.get_object()["/Contents"] = generic.ArrayObject([isi, tambah])
    tulis.mark_update(halaman.get_object().container_ref)
    tampung = io.BytesIO()
    tulis.write(tampung)
    return tampung.getvalue()


def _der_kunci(kunci: ec.EllipticCurvePrivateKey) -> bytes:
    return kunci.private_bytes(DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def _sertifikat(
    nama: str,
    kunci: ec.EllipticCurvePrivateKey,
    kunci_penerbit: ec.EllipticCurvePrivateKey | None,
    penerbit: x509.Certificate | None,
) -> x509.Certificate:
    """A certificate for two years; without an issuer a root."""
    kini, ca = datetime.datetime.now(datetime.UTC), penerbit is None
    subjek = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, nama[:64])])
    guna = x509.KeyUsage(not ca, not ca, False, False, False, ca, ca, False, False)
    bangunan = (
        x509.CertificateBuilder()
        .subject_name(subjek)
        .issuer_name(penerbit.subject if penerbit else subjek)
        .public_key(kunci.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(kini - datetime.timedelta(days=1))
        .not_valid_after(kini + UMUR)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=0 if ca else None), critical=True)
        .add_extension(guna, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(kunci.public_key()), critical=False)
    )
    return bangunan.sign(kunci_penerbit or kunci, hashes.SHA256())
