"""HTTP to the BSrE client service: three calls, and what its refusals mean.

Every call leaves one PanggilanBsre row with its outcome; the identity, the passphrase and the files leave nothing.
"""

from __future__ import annotations

import base64
import binascii
import enum
import time
from typing import Any

from django.conf import settings
from django.utils import timezone

from haji_portal.akun.models import Pengguna
from haji_portal.jaringan import Jawaban, JawabanHilang, TidakTerjangkau, panggil

from .gambar_cap import LEBAR_MM, TINGGI_MM
from .jawaban import tempat_ttd
from .models import PanggilanBsre

TUNGGU = 60.0  # seconds
BATAS_JAWABAN = 40 * 1024 * 1024  # bytes: a PDF in base64


class Galat(enum.Enum):
    """Why BSrE did not do it."""

    FRASA = "frasa"
    TIDAK_TERDAFTAR = "tidak-terdaftar"
    KEDALUWARSA = "kedaluwarsa"
    DICABUT = "dicabut"
    BELUM_TERBIT = "belum-terbit"
    KUOTA = "kuota"
    JAM = "jam"
    BERKAS = "berkas"
    KREDENSIAL = "kredensial"
    GANGGUAN = "gangguan"
    LAIN = "lain"


KODE = {2031: Galat.FRASA, 2011: Galat.TIDAK_TERDAFTAR, 1110: Galat.TIDAK_TERDAFTAR}
"""Codes that installations in the open have met; the rest of the list is not public, so the words are read too."""
KATA = [
    (("passphrase",), Galat.FRASA),
    (("tidak terdaftar", "belum terdaftar", "not registered", "user not found"), Galat.TIDAK_TERDAFTAR),
    (("kedaluwarsa", "kadaluarsa", "kadaluwarsa", "expired"), Galat.KEDALUWARSA),
    (("dicabut", "revoke", "suspend"), Galat.DICABUT),
    (("kuota", "quota", "rate limit", "too many"), Galat.KUOTA),
    (("clock", "not yet valid", "waktu server", "jam server"), Galat.JAM),
    (("dokumen", "document", "pdf", "file"), Galat.BERKAS),
]
HTTP = {401: Galat.KREDENSIAL, 403: Galat.KREDENSIAL, 413: Galat.BERKAS, 415: Galat.BERKAS, 429: Galat.KUOTA}
STATUS = {
    "ISSUE": None,
    "RENEW": None,
    "EXPIRED": Galat.KEDALUWARSA,
    "REVOKE": Galat.DICABUT,
    "SUSPEND": Galat.DICABUT,
    "NO_CERTIFICATE": Galat.BELUM_TERBIT,
    "NEW": Galat.BELUM_TERBIT,
    "WAITING_FOR_VERIFICATION": Galat.BELUM_TERBIT,
    "NOT_REGISTERED": Galat.TIDAK_TERDAFTAR,
}


class Putus(Exception):
    """No answer. berangkat: the request had left, so it may have been obeyed."""

    def __init__(self, berangkat: bool) -> None:
        super().__init__("no answer")
        self.berangkat = berangkat


class KlienBsre:
    """The service that the settings name; `pengguna` is who the calls are made for."""

    def __init__(self, pengguna: Pengguna | None = None) -> None:
        self._pengguna = pengguna
        rahasia = f"{settings.BSRE_PENGGUNA}:{settings.BSRE_SANDI}".encode()
        self._kepala = {"Authorization": f"Basic {base64.b64encode(rahasia).decode('ascii')}"}

    def tandatangani(
        self, surel: str, frasa: str, pdf: bytes, cap: bytes, *, alasan: str, lokasi: str
    ) -> bytes | Galat:
        """The file that the service calls signed, unchecked, or why there is none. Raises Putus."""
        isi = {
            "email": surel,
            "passphrase": frasa,
            "signatureProperties": [_tampilan(pdf, cap, alasan, lokasi)],
            "file": [base64.b64encode(pdf).decode("ascii")],
        }
        mulai = time.monotonic()
        jawab = self._panggil("sign", "/api/v2/sign/pdf", isi)
        hasil = _baca_berkas(jawab)
        self._catat("sign", "selesai" if isinstance(hasil, bytes) else hasil.value, mulai)
        return hasil

    def status(self, surel: str) -> Galat | None:
        """None when the certificate can sign now. Raises Putus."""
        mulai = time.monotonic()
        jawab = self._panggil("status", "/api/v2/user/check/status", {"email": surel})
        isi = _json(jawab)
        galat = _galat(jawab, isi) if jawab.status >= 400 else STATUS.get(str(isi.get("status", "")), Galat.LAIN)
        self._catat("status", galat.value if galat else "selesai", mulai)
        return galat

    def periksa(self, pdf: bytes) -> bool:
        """Whether the service calls every signature of a PDF valid. Raises Putus."""
        mulai = time.monotonic()
        isi = {"file": base64.b64encode(pdf).decode("ascii")}
        jawab = self._panggil("verify", "/api/v2/verify/pdf", isi)
        sah = jawab.status == 200 and _json(jawab).get("conclusion") == "VALID"
        self._catat("verify", "sah" if sah else "tidak-sah", mulai)
        return sah

    def _panggil(self, layanan: str, jalur: str, isi: dict[str, Any]) -> Jawaban:
        mulai = time.monotonic()
        alamat = f"{settings.BSRE_URL}{jalur}"
        try:
            return panggil("POST", alamat, json_=isi, kepala=self._kepala, tunggu=TUNGGU, batas=BATAS_JAWABAN)
        except TidakTerjangkau as galat:
            self._catat(layanan, "tidak-terjangkau", mulai)
            raise Putus(berangkat=False) from galat
        except JawabanHilang as galat:
            self._catat(layanan, "jawaban-hilang", mulai)
            raise Putus(berangkat=True) from galat

    def _catat(self, layanan: str, hasil: str, mulai: float) -> None:
        PanggilanBsre.objects.create(
            waktu=timezone.now(),
            layanan=layanan,
            pengguna=self._pengguna,
            hasil=hasil,
            milidetik=round((time.monotonic() - mulai) * 1000),
        )


def _tampilan(pdf: bytes, cap: bytes, alasan: str, lokasi: str) -> dict[str, Any]:
    """The visible signature at the place that the frozen letter keeps for it."""
    halaman, kiri, bawah, kanan, atas = tempat_ttd(pdf)
    # The stamp keeps its proportions inside the place.
    lebar = min(kanan - kiri, (atas - bawah) * LEBAR_MM / TINGGI_MM)
    return {
        "tampilan": "VISIBLE",
        "page": int(halaman),
        "originX": round(kiri, 2),
        "originY": round(bawah, 2),
        "width": round(lebar, 2),
        "height": round(lebar * TINGGI_MM / LEBAR_MM, 2),
        "location": lokasi,
        "reason": alasan,
        "contactInfo": "",
        "imageBase64": base64.b64encode(cap).decode("ascii"),
    }


def _baca_berkas(jawab: Jawaban) -> bytes | Galat:
    isi = _json(jawab)
    if jawab.status != 200 or isi.get("error"):
        return _galat(jawab, isi)
    berkas = isi.get("file")
    if not isinstance(berkas, list) or len(berkas) != 1 or not isinstance(berkas[0], str):
        return Galat.LAIN
    try:
        return base64.b64decode(berkas[0], validate=True)
    except (binascii.Error, ValueError):
        return Galat.LAIN


def _json(jawab: Jawaban) -> dict[str, Any]:
    try:
        isi = jawab.json()
    except (ValueError, RecursionError):
        return {}
    return isi if isinstance(isi, dict) else {}


def _galat(jawab: Jawaban, isi: dict[str, Any]) -> Galat:
    """What a refusal means: by its code, then by the HTTP status, then by its words."""
    if (kode := isi.get("status_code")) in KODE:
        return KODE[kode]
    if jawab.status in HTTP:
        return HTTP[jawab.status]
    kata = f"{isi.get('error', '')} {isi.get('message', '')}".lower()
    for tanda, galat in KATA:
        if any(t in kata for t in tanda):
            return galat
    return Galat.GANGGUAN if jawab.status >= 500 else Galat.LAIN
