"""The local certificate authority: a root made on first use, one certificate per official.

Everything lies in `HAJI_DATA/pki` (0700). An official's private key is encrypted with the account password stretched by
scrypt; without that password nobody, the portal included, can sign in the official's name.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import secrets
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings

from haji_portal.akun.models import Pengguna

PENERBIT = "Otoritas Sertifikat Lokal Portal Layanan Haji"
UMUR_AKAR = datetime.timedelta(days=3652)
UMUR_PEGAWAI = datetime.timedelta(days=730)
GARAM = 16


def folder_pki() -> Path:
    """The key folder, made with mode 0700."""
    folder = Path(settings.HAJI_DATA) / "pki"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def akar() -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """Root key and certificate. Several processes may start at once: a hard link lets one of their roots win."""
    tujuan = folder_pki() / "akar.pem"
    if not tujuan.exists():
        sementara = _tulis(_akar_baru())
        try:
            os.link(sementara, tujuan)
        except FileExistsError:
            pass
        finally:
            sementara.unlink()
    pem = tujuan.read_bytes()
    kunci = serialization.load_pem_private_key(pem, None)
    if not isinstance(kunci, ec.EllipticCurvePrivateKey):
        raise TypeError("pki/akar.pem does not hold an EC key")
    return kunci, x509.load_pem_x509_certificate(pem)


def akar_dipercaya() -> list[x509.Certificate]:
    """The root in use and those before it: letters signed under an earlier root stay valid."""
    lama = sorted(folder_pki().glob("akar-lama-*.pem"))
    return [akar()[1], *(x509.load_pem_x509_certificate(satu.read_bytes()) for satu in lama)]


def ganti_akar() -> x509.Certificate:
    """Start a new root. Of the old one only the certificate stays: nobody can sign with its key again.

    Officials get certificates of the new root at their next signature (`buka_p12`).
    """
    _, lama = akar()
    berkas = folder_pki() / f"akar-lama-{lama.serial_number:x}.pem"
    # First what verifies old letters, then what signs new ones: a crash in between loses neither.
    os.replace(_tulis(lama.public_bytes(serialization.Encoding.PEM)), berkas)
    os.replace(_tulis(_akar_baru()), folder_pki() / "akar.pem")
    return akar()[1]


def buka_p12(pengguna: Pengguna, sandi: str) -> tuple[bytes, bytes]:
    """(PKCS#12, its passphrase) of an official; the password must have been verified already.

    A missing, expired or renamed certificate is issued anew, and so is one whose key the password does not open: the
    password was changed, and the old key is gone with the old password. Letters signed before stay valid.
    """
    berkas = folder_pki() / f"pegawai-{pengguna.pk}.kunci"
    if berkas.exists():
        isi = berkas.read_bytes()
        garam, p12 = isi[:GARAM], isi[GARAM:]
        frasa = _frasa(sandi, garam)
        if _masih_cocok(p12, frasa, pengguna):
            return p12, frasa
    garam = secrets.token_bytes(GARAM)
    frasa = _frasa(sandi, garam)
    p12 = _terbitkan(pengguna, frasa)
    os.replace(_tulis(garam + p12), berkas)
    return p12, frasa


def _tulis(isi: bytes) -> Path:
    """A new file with mode 0600 under a temporary name in the key folder."""
    sementara = folder_pki() / f".{secrets.token_hex(8)}"
    with open(os.open(sementara, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as tulis:
        tulis.write(isi)
    return sementara


def _frasa(sandi: str, garam: bytes) -> bytes:
    turunan = hashlib.scrypt(sandi.encode(), salt=garam, n=2**14, r=8, p=1, maxmem=2**26, dklen=32)
    return turunan.hex().encode()


def _masih_cocok(p12: bytes, frasa: bytes, pengguna: Pengguna) -> bool:
    try:
        _, sertifikat, _ = pkcs12.load_key_and_certificates(p12, frasa)
    except ValueError:
        return False
    if sertifikat is None:
        return False
    nama = sertifikat.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    besok = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
    penerbit_sama = sertifikat.issuer == akar()[1].subject
    return penerbit_sama and nama == _nama_sertifikat(pengguna) and sertifikat.not_valid_after_utc > besok


def _nama_sertifikat(pengguna: Pengguna) -> str:
    # X.520 allows 64 characters in a common name.
    return (pengguna.nama or pengguna.username)[:64]


def _bangun(
    subjek: x509.Name, penerbit: x509.Name, kunci: ec.EllipticCurvePrivateKey, umur: datetime.timedelta, ca: bool
) -> x509.CertificateBuilder:
    kini = datetime.datetime.now(datetime.UTC)
    guna = x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=not ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subjek)
        .issuer_name(penerbit)
        .public_key(kunci.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(kini - datetime.timedelta(minutes=5))
        .not_valid_after(kini + umur)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=0 if ca else None), critical=True)
        .add_extension(guna, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(kunci.public_key()), critical=False)
    )


def _akar_baru() -> bytes:
    kunci = ec.generate_private_key(ec.SECP256R1())
    # The random part keeps two installations' roots apart for readers that compare names.
    nama = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Portal Layanan Haji"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{PENERBIT} {secrets.token_hex(4)}"),
        ]
    )
    sertifikat = _bangun(nama, nama, kunci, UMUR_AKAR, ca=True).sign(kunci, hashes.SHA256())
    pem = kunci.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return pem + sertifikat.public_bytes(serialization.Encoding.PEM)


def _terbitkan(pengguna: Pengguna, frasa: bytes) -> bytes:
    kunci_akar, sertifikat_akar = akar()
    kunci = ec.generate_private_key(ec.SECP256R1())
    subjek = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Portal Layanan Haji"),
            x509.NameAttribute(NameOID.COMMON_NAME, _nama_sertifikat(pengguna)),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, f"pegawai-{pengguna.pk}"),
        ]
    )
    bangunan = _bangun(subjek, sertifikat_akar.subject, kunci, UMUR_PEGAWAI, ca=False).add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(kunci_akar.public_key()), critical=False
    )
    sertifikat = bangunan.sign(kunci_akar, hashes.SHA256())
    return pkcs12.serialize_key_and_certificates(
        b"tte", kunci, sertifikat, [sertifikat_akar], serialization.BestAvailableEncryption(frasa)
    )
