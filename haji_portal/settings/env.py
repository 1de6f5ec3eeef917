"""Reading the environment: every value is checked, a bad one stops the start with its name.

A secret is read from NAME or, for container secrets, from the file that NAME_FILE points at.
"""

import base64
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured

YA = {"1", "true", "ya", "yes", "on"}
TIDAK = {"0", "false", "tidak", "no", "off"}
OPSI_POSTGRES = {"sslmode", "sslrootcert", "connect_timeout", "application_name"}


def teks(nama: str, bawaan: str = "", lingkungan: Mapping[str, str] = os.environ) -> str:
    """Value of `nama`, or the content of the file named by `nama`_FILE, or `bawaan`.

    Raises ImproperlyConfigured when both are given or when the file cannot be read.
    """
    nilai, berkas = lingkungan.get(nama, ""), lingkungan.get(f"{nama}_FILE", "")
    if nilai and berkas:
        raise ImproperlyConfigured(f"{nama} dan {nama}_FILE tidak boleh diisi bersamaan.")
    if berkas:
        try:
            nilai = Path(berkas).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as galat:
            raise ImproperlyConfigured(f"{nama}_FILE tidak dapat dibaca: {galat}") from galat
        if not nilai:
            raise ImproperlyConfigured(f"{nama}_FILE menunjuk berkas yang kosong.")
    return nilai.strip() or bawaan


def wajib(nama: str, lingkungan: Mapping[str, str] = os.environ) -> str:
    """Like `teks`, but an empty value raises ImproperlyConfigured."""
    nilai = teks(nama, lingkungan=lingkungan)
    if not nilai:
        raise ImproperlyConfigured(f"{nama} wajib diisi.")
    return nilai


def ya_tidak(nama: str, bawaan: bool, lingkungan: Mapping[str, str] = os.environ) -> bool:
    """Boolean. Anything outside 1/0, true/false, ya/tidak, yes/no, on/off raises."""
    nilai = teks(nama, lingkungan=lingkungan).lower()
    if nilai and nilai not in YA | TIDAK:
        raise ImproperlyConfigured(f"{nama} harus 1 atau 0, bukan {nilai!r}.")
    return nilai in YA if nilai else bawaan


def pilihan(nama: str, bawaan: str, boleh: set[str], lingkungan: Mapping[str, str] = os.environ) -> str:
    """One of the given words; anything else raises."""
    nilai = teks(nama, bawaan, lingkungan).lower()
    if nilai not in boleh:
        raise ImproperlyConfigured(f"{nama} harus salah satu dari {', '.join(sorted(boleh))}, bukan {nilai!r}.")
    return nilai


def bilangan(
    nama: str, bawaan: int, paling_kecil: int, paling_besar: int, lingkungan: Mapping[str, str] = os.environ
) -> int:
    """Whole number within the given bounds (inclusive); anything else raises."""
    nilai = teks(nama, str(bawaan), lingkungan)
    if not (nilai.isascii() and nilai.isdigit() and paling_kecil <= int(nilai) <= paling_besar):
        raise ImproperlyConfigured(f"{nama} harus bilangan {paling_kecil} sampai {paling_besar}, bukan {nilai!r}.")
    return int(nilai)


def daftar(nama: str, lingkungan: Mapping[str, str] = os.environ) -> list[str]:
    """Values separated by commas, without empty ones."""
    return [bagian.strip() for bagian in teks(nama, lingkungan=lingkungan).split(",") if bagian.strip()]


def alamat_situs(nama: str, bawaan: str, lingkungan: Mapping[str, str] = os.environ) -> str:
    """Base address of the site without a trailing slash: scheme http or https, host, nothing more."""
    nilai = teks(nama, bawaan, lingkungan).rstrip("/")
    bagian = urlsplit(nilai)
    if bagian.scheme not in {"http", "https"} or not bagian.hostname or bagian.path or bagian.query:
        raise ImproperlyConfigured(f"{nama} harus seperti https://haji.example, bukan {nilai!r}.")
    return nilai


def gerbang(awalan: str, lingkungan: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Settings of one message gateway: url, token, pengirim (sender's name) and laporan (secret of its reports).

    Empty without `awalan`_URL. Raises when the address is not http(s), carries a password, or has no token.
    """
    url = teks(f"{awalan}_URL", lingkungan=lingkungan)
    if not url:
        return {}
    bagian = urlsplit(url)
    if bagian.scheme not in {"http", "https"} or not bagian.hostname or bagian.username or bagian.query:
        raise ImproperlyConfigured(f"{awalan}_URL harus seperti https://gerbang.example/v1.")
    hasil = {
        "url": url.rstrip("/"),
        "token": wajib(f"{awalan}_TOKEN", lingkungan),
        "pengirim": teks(f"{awalan}_PENGIRIM", lingkungan=lingkungan),
        "laporan": teks(f"{awalan}_LAPORAN", lingkungan=lingkungan),
    }
    if hasil["laporan"] and len(hasil["laporan"]) < 32:
        raise ImproperlyConfigured(f"{awalan}_LAPORAN terlalu pendek: paling sedikit 32 karakter.")
    return hasil


def alamat_layanan(nama: str, lingkungan: Mapping[str, str] = os.environ) -> str:
    """Base address of a service that is sent secrets, or "": https, or http on this machine only."""
    nilai = teks(nama, lingkungan=lingkungan).rstrip("/")
    bagian = urlsplit(nilai)
    setempat = bagian.scheme == "http" and bagian.hostname in {"127.0.0.1", "localhost", "::1"}
    if nilai and (not bagian.hostname or bagian.query or not (bagian.scheme == "https" or setempat)):
        raise ImproperlyConfigured(f"{nama} harus beralamat https:// (http:// hanya untuk 127.0.0.1).")
    return nilai


def kunci_mitra(nama: str, lingkungan: Mapping[str, str] = os.environ, *, wajib: bool = False) -> tuple[bytes, ...]:
    """The one or two live signing keys of a partner, base64 of 24-64 bytes each; () when none is set nor `wajib`.

    The prefix `whsec_` of the Standard Webhooks scheme may stand before them. Raises, without quoting a key.
    """
    hasil = tuple(_kunci_mitra(nama, satu) for satu in daftar(nama, lingkungan))
    if wajib and not hasil:
        raise ImproperlyConfigured(f"{nama} wajib diisi bila alamat mitranya diisi.")
    if len(hasil) > 2:
        raise ImproperlyConfigured(f"{nama} memuat lebih dari dua kunci: yang baru dan, selama pergantian, yang lama.")
    if len(set(hasil)) != len(hasil):
        raise ImproperlyConfigured(f"{nama} memuat kunci yang sama dua kali.")
    return hasil


def _kunci_mitra(nama: str, tulisan: str) -> bytes:
    try:
        kunci = base64.b64decode(tulisan.removeprefix("whsec_"), validate=True)
    except ValueError:
        raise ImproperlyConfigured(f"{nama} harus base64, koma di antara dua kunci.") from None
    if not 24 <= len(kunci) <= 64:
        raise ImproperlyConfigured(f"{nama}: panjang kunci harus 24 sampai 64 byte, bukan {len(kunci)}.")
    return kunci


def kunci_bank(awalan: str, lingkungan: Mapping[str, str] = os.environ) -> dict[str, tuple[bytes, ...]]:
    """Keys of single banks: <awalan>_<SLUG> (or ..._FILE) -> slug of the bank's office, `_` standing for `-`."""
    pola = re.compile(rf"{awalan}_(?!FILE\Z)([A-Z0-9_]+?)(_FILE)?")
    nama = sorted({cocok[1] for kunci, nilai in lingkungan.items() if nilai and (cocok := pola.fullmatch(kunci))})
    return {satu.lower().replace("_", "-"): kunci_mitra(f"{awalan}_{satu}", lingkungan) for satu in nama}


def pastikan_kunci_beda(**kunci: tuple[bytes, ...]) -> None:
    """A key names one partner: shared, each could sign as the other. Raises with the names of the two settings."""
    pemilik: dict[bytes, str] = {}
    for nama, banyak in kunci.items():
        for satu in banyak:
            if pemilik.setdefault(satu, nama) != nama:
                raise ImproperlyConfigured(f"{nama} dan {pemilik[satu]} memuat kunci yang sama.")


def rahasia(nama: str, folder: Path, lingkungan: Mapping[str, str] = os.environ) -> str:
    """Secret from the environment, else from `folder`, where it is made once with mode 0600.

    Several processes may start at the same moment: a hard link lets exactly one of their values
    win, and a half-written file is never seen under the final name.
    """
    nilai = teks(nama, lingkungan=lingkungan)
    if nilai:
        if len(nilai) < 32:
            raise ImproperlyConfigured(f"{nama} terlalu pendek: paling sedikit 32 karakter.")
        return nilai
    tujuan = folder / nama.lower()
    if not tujuan.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sementara = folder / f".{nama.lower()}.{secrets.token_hex(8)}"
        with open(os.open(sementara, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as tulis:
            tulis.write(secrets.token_urlsafe(48))
        try:
            os.link(sementara, tujuan)
        except FileExistsError:
            pass
        finally:
            sementara.unlink()
    return tujuan.read_text(encoding="ascii").strip()


def frasa(nama: str, lingkungan: Mapping[str, str] = os.environ) -> str:
    """A passphrase of at least 16 characters, or "" when none is set; a shorter one stops the start."""
    nilai = teks(nama, lingkungan=lingkungan)
    if nilai and len(nilai) < 16:
        raise ImproperlyConfigured(f"{nama} terlalu pendek: paling sedikit 16 karakter.")
    return nilai


def basis_data(url: str, sandi: str = "") -> dict[str, Any]:
    """DATABASES entry for postgres://user:password@host:port/name; `sandi` is the password when it is kept apart.

    A socket folder goes into the query: postgres://user@/name?host=/var/run/postgresql. Raises
    ImproperlyConfigured for another scheme, a missing name, two passwords or an unknown option; the
    message never quotes the address, which may hold a password.
    """
    bagian = urlsplit(url)
    nama = unquote(bagian.path.lstrip("/"))
    opsi = dict(parse_qsl(bagian.query))
    host = opsi.pop("host", "") or unquote(bagian.hostname or "")
    try:
        port = bagian.port
    except ValueError as galat:
        raise ImproperlyConfigured("DATABASE_URL: nomor port tidak sah.") from galat
    if bagian.scheme not in {"postgres", "postgresql"} or not nama or "/" in nama:
        raise ImproperlyConfigured("DATABASE_URL harus seperti postgres://pengguna:sandi@host:5432/nama.")
    if sandi and bagian.password:
        raise ImproperlyConfigured("Kata sandi basis data tertulis dua kali: di DATABASE_URL dan di DATABASE_SANDI.")
    if asing := set(opsi) - OPSI_POSTGRES:
        raise ImproperlyConfigured(f"DATABASE_URL: opsi tidak dikenal {sorted(asing)}.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": nama,
        "USER": unquote(bagian.username or ""),
        "PASSWORD": sandi or unquote(bagian.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": opsi,
    }


def redis(url: str, sandi: str = "") -> str:
    """REDIS_URL with the password that is kept apart put in: redis://:password@host:port/number.

    Raises ImproperlyConfigured when both hold a password, or there is a password but no address.
    """
    bagian = urlsplit(url)
    if not sandi:
        return url
    if bagian.scheme not in {"redis", "rediss"} or not bagian.hostname:
        raise ImproperlyConfigured("REDIS_URL harus seperti redis://host:6379/0 bila REDIS_SANDI diisi.")
    if bagian.password:
        raise ImproperlyConfigured("Kata sandi Redis tertulis dua kali: di REDIS_URL dan di REDIS_SANDI.")
    return urlunsplit(bagian._replace(netloc=f"{bagian.username or ''}:{quote(sandi, safe='')}@{bagian.netloc}"))


def sqlite(berkas: Path) -> dict[str, Any]:
    """DATABASES entry for SQLite.

    IMMEDIATE takes the write lock at the start of each transaction: WAL alone makes read-then-write
    transactions fail at once. FULL, since official records must survive a power cut.
    recursive_triggers makes INSERT OR REPLACE fire the DELETE trigger that guards the history.
    """
    pragma = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA recursive_triggers=ON;"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": berkas,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragma},
    }
