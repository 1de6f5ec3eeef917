"""The daily seal: per office one Merkle root over the heads of all chains, signed, also written outside the database.

The file `SEGEL_DIR/<kantor>.jsonl` is the witness. Each line carries only the heads that are new or moved on since the
line before, so the sealed heads are all lines laid over each other; growth after a seal is fine, but a sealed head
never disappears. A line names the hash of the line before and is signed as a whole (Ed25519).
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from haji_portal.akun.models import Kantor

from .models import Perkara, Riwayat, SegelHarian
from .rantai import Temuan

# Case id -> (number of its last step, hash of that row).
Daun = dict[int, tuple[int, str]]


@dataclass
class Berkas:
    """What the witness file of an office says, and what is wrong with the file itself."""

    daun: Daun = field(default_factory=dict)
    baris: list[dict[str, Any]] = field(default_factory=list)
    sidik_akhir: str = ""
    rusak: list[str] = field(default_factory=list)


def akar_merkle(daun: Daun) -> str:
    """Root (hex) as in RFC 6962: leaf = H(0x00 | data), node = H(0x01 | left | right), no leaf = H("")."""
    lapis = [hashlib.sha256(f"\0{pk}:{urut}:{h}".encode()).digest() for pk, (urut, h) in sorted(daun.items())]
    if not lapis:
        return hashlib.sha256(b"").hexdigest()
    while len(lapis) > 1:
        # Pairing from the left and passing an odd last node up gives the tree of RFC 6962.
        pasangan = [hashlib.sha256(b"\1" + a + b).digest() for a, b in zip(lapis[::2], lapis[1::2], strict=False)]
        lapis = pasangan + ([lapis[-1]] if len(lapis) % 2 else [])
    return lapis[0].hex()


def segel_semua(zona: str = "") -> int:
    """Seal every office (of one time zone) that has cases or seals; the number of new seals. Repeatable."""
    kantor = Kantor.objects.filter(zona=zona) if zona else Kantor.objects.all()
    return sum(segel(k) is not None for k in kantor.order_by("pk"))


def segel(kantor: Kantor, tanggal: date | None = None) -> SegelHarian | None:
    """Seal one office for a day (today on its clock); None when it is sealed already or has nothing to seal.

    A head that contradicts an earlier seal is not sealed anew, so the finding stays until a person resolves it.
    """
    tanggal = tanggal or timezone.localdate(timezone=ZoneInfo(kantor.zona))
    jalur = _jalur(kantor)
    if not jalur.exists() and not Perkara.objects.filter(kantor=kantor).exists():
        return None
    jalur.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(jalur, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as berkas:
        fcntl.flock(berkas, fcntl.LOCK_EX)
        isi = _urai(berkas.read())
        if isi.baris and date.fromisoformat(isi.baris[-1]["tanggal"]) >= tanggal:
            return _susulkan(kantor, isi.baris[-1])
        kini = _daun_kini(kantor)
        if not kini and not isi.baris:
            return None
        ingkar = {t.perkara for t in _bandingkan(isi.daun)}
        baru = {pk: d for pk, d in kini.items() if isi.daun.get(pk) != d and pk not in ingkar}
        baris = _baris(kantor, tanggal, isi, baru)
        _tambahkan(berkas, baris)
    return _susulkan(kantor, baris)


def periksa_segel(kantor: Kantor) -> Iterator[Temuan]:
    """Compare one office's witness file with the database: the file itself, the seals, then every sealed head."""
    jalur = _jalur(kantor)
    isi = _urai(jalur.read_bytes()) if jalur.exists() else Berkas()
    for kalimat in isi.rusak:
        yield Temuan(None, "", None, f"{kantor.slug}: {kalimat}")
    di_berkas = {b["tanggal"]: (b["akar"], b["jumlah"], b["tanda_tangan"]) for b in isi.baris}
    di_basis = {
        s.tanggal.isoformat(): (s.akar, s.jumlah, s.tanda_tangan) for s in SegelHarian.objects.filter(kantor=kantor)
    }
    for hari in sorted(di_berkas.keys() | di_basis.keys()):
        if di_berkas.get(hari) != di_basis.get(hari):
            yield Temuan(None, "", None, f"{kantor.slug}: segel {hari} di basis data dan di berkas tidak sama")
    yield from _bandingkan(isi.daun)


def kunci_publik() -> Ed25519PublicKey:
    """The key that verifies the seals."""
    return _kunci().public_key()


def _bandingkan(daun: Daun) -> Iterator[Temuan]:
    urutan = sorted(daun)
    for mulai in range(0, len(urutan), 500):
        potong = urutan[mulai : mulai + 500]
        nomor = dict(Perkara.objects.filter(pk__in=potong).values_list("pk", "nomor"))
        rows = Riwayat.objects.filter(perkara_id__in=potong).values_list("perkara_id", "urut", "hash")
        ada = {(pk, urut): h for pk, urut, h in rows}
        for pk in potong:
            urut, h = daun[pk]
            if pk not in nomor:
                yield Temuan(pk, "", None, "sudah disegel, tetapi perkaranya tidak ada lagi")
            elif (pk, urut) not in ada:
                yield Temuan(pk, nomor[pk], urut, "sudah disegel, tetapi langkahnya tidak ada lagi (ekor terpotong)")
            elif ada[pk, urut] != h:
                yield Temuan(pk, nomor[pk], urut, "berbeda dari yang disegel (rantai ditulis ulang)")


def _daun_kini(kantor: Kantor) -> Daun:
    ujung = Riwayat.objects.filter(perkara=OuterRef("pk")).order_by("-urut")
    rows = Perkara.objects.filter(kantor=kantor).annotate(
        ujung_urut=Subquery(ujung.values("urut")[:1]), ujung_hash=Subquery(ujung.values("hash")[:1])
    )
    isi = rows.filter(ujung_urut__isnull=False).order_by().values_list("pk", "ujung_urut", "ujung_hash")
    return {pk: (urut, h) for pk, urut, h in isi}


def _baris(kantor: Kantor, tanggal: date, isi: Berkas, baru: Daun) -> dict[str, Any]:
    semua = isi.daun | baru
    baris: dict[str, Any] = {
        "kantor": kantor.slug,
        "tanggal": tanggal.isoformat(),
        "dibuat": timezone.now().isoformat(),
        "jumlah": len(semua),
        "akar": akar_merkle(semua),
        "sebelum": isi.sidik_akhir,
        "daun": [[pk, urut, h] for pk, (urut, h) in sorted(baru.items())],
    }
    baris["tanda_tangan"] = base64.b64encode(_kunci().sign(_kanonik(baris))).decode()
    return baris


def _tambahkan(berkas: Any, baris: dict[str, Any]) -> None:
    """Append one line and have it on disk; a line torn by a power cut (never confirmed) is dropped first."""
    berkas.seek(0)
    utuh = berkas.read().rfind(b"\n") + 1
    berkas.truncate(utuh)
    berkas.seek(utuh)
    berkas.write(json.dumps(baris, separators=(",", ":")).encode() + b"\n")
    berkas.flush()
    os.fsync(berkas.fileno())


def _susulkan(kantor: Kantor, baris: dict[str, Any]) -> SegelHarian | None:
    """The row of a line; made late when the portal died between the file and the database."""
    row, dibuat = SegelHarian.objects.get_or_create(
        kantor=kantor,
        tanggal=date.fromisoformat(baris["tanggal"]),
        defaults={n: baris[n] for n in ("jumlah", "akar", "tanda_tangan", "dibuat")},
    )
    return row if dibuat else None


def _urai(mentah: bytes) -> Berkas:
    isi = Berkas()
    publik = kunci_publik()
    for no, teks in enumerate(mentah.split(b"\n")[:-1], 1):
        try:
            baris = json.loads(teks)
            publik.verify(base64.b64decode(baris["tanda_tangan"]), _kanonik(baris))
        except (ValueError, KeyError, TypeError):
            isi.rusak.append(f"baris {no} berkas segel tidak terbaca")
            continue
        except InvalidSignature:
            isi.rusak.append(f"baris {no} berkas segel telah diubah (tanda tangan tidak sah)")
            continue
        if baris["sebelum"] != isi.sidik_akhir:
            isi.rusak.append(f"baris {no} berkas segel tidak bersambung dengan baris sebelumnya")
        isi.sidik_akhir = hashlib.sha256(teks).hexdigest()
        isi.daun |= {pk: (urut, h) for pk, urut, h in baris["daun"]}
        isi.baris.append(baris)
    if isi.baris and not isi.rusak and isi.baris[-1]["akar"] != akar_merkle(isi.daun):
        isi.rusak.append("akar segel terakhir tidak cocok dengan daunnya")
    return isi


def _kanonik(baris: dict[str, Any]) -> bytes:
    isi = {k: v for k, v in baris.items() if k != "tanda_tangan"}
    return json.dumps(isi, sort_keys=True, separators=(",", ":")).encode()


def _jalur(kantor: Kantor) -> Path:
    return Path(settings.SEGEL_DIR) / f"{kantor.slug}.jsonl"


def _kunci() -> Ed25519PrivateKey:
    """The signing key, made once with mode 0600; a hard link lets one of several starting processes win."""
    jalur = Path(settings.HAJI_DATA) / "kunci" / "segel-ed25519.pem"
    if not jalur.exists():
        jalur.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        pem = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        sementara = jalur.with_name(f".{secrets.token_hex(8)}")
        with open(os.open(sementara, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as tulis:
            tulis.write(pem)
        try:
            os.link(sementara, jalur)
        except FileExistsError:
            pass
        finally:
            sementara.unlink()
    kunci = serialization.load_pem_private_key(jalur.read_bytes(), password=None)
    if not isinstance(kunci, Ed25519PrivateKey):
        raise TypeError("kunci segel bukan Ed25519")
    return kunci
