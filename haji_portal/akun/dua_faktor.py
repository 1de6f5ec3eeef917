"""The second factor: a TOTP app, and backup codes for the day the phone is lost."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import b32encode
from collections.abc import Callable
from typing import Any

import segno
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from .models import Pengguna

JUMLAH_CADANGAN = 8
HURUF_CADANGAN = "23456789abcdefghjkmnpqrstuvwxyz"
BEBAS = ("/masuk/", "/keluar/", "/sandi-lagi/", "/akun/", "/static/", "/sehat/")
"""Addresses that a person who still owes the second factor may open as themselves."""


def kurang(pengguna: Any) -> bool:
    """Whether this logged-in person still owes the second factor that the installation requires."""
    # Right after login() the user object comes without OTPMiddleware's is_verified.
    return settings.HAJI_WAJIB_2FA and not getattr(pengguna, "is_verified", bool)()


def perangkat(pengguna: Pengguna) -> TOTPDevice | None:
    """The confirmed TOTP device of a person, if any."""
    return TOTPDevice.objects.filter(user=pengguna, confirmed=True).order_by("pk").first()


def perangkat_baru(pengguna: Pengguna) -> TOTPDevice:
    """The device that waits for its first code; its key stays the same until it is confirmed."""
    return TOTPDevice.objects.get_or_create(user=pengguna, confirmed=False, defaults={"name": "Aplikasi kode"})[0]


def qr(alat: TOTPDevice) -> str:
    """The enrolment QR as a data URI (the key never becomes an address)."""
    return segno.make(alat.config_url, error="m").svg_data_uri(scale=5, border=2)


def kunci_terbaca(alat: TOTPDevice) -> str:
    """The key in base32 in groups of four, to type where no camera is at hand."""
    kunci = b32encode(alat.bin_key).decode().rstrip("=")
    return " ".join(kunci[i : i + 4] for i in range(0, len(kunci), 4))


def _sidik(kode: str, kunci: str = "") -> str:
    # 16 characters are the column's width: 64 bits of a keyed hash, so a stolen table holds no usable code.
    bersih = "".join(kode.lower().split()).replace("-", "")
    return hmac.new((kunci or settings.SECRET_KEY).encode(), b"cadangan" + bersih.encode(), hashlib.sha256).hexdigest()[
        :16
    ]


def _sidik_dikenal(alat: TOTPDevice | StaticDevice | None, kode: str) -> str:
    """The hash under which a backup code was stored: with the key in use, or with one that was replaced."""
    calon = [_sidik(kode, kunci) for kunci in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    ada = set(alat.token_set.filter(token__in=calon).values_list("token", flat=True)) if alat else set()
    return next((satu for satu in calon if satu in ada), calon[0])


@transaction.atomic
def aktifkan(pengguna: Pengguna, alat: TOTPDevice) -> list[str]:
    """Confirm `alat` as the person's only device and return the new backup codes, shown this one time."""
    TOTPDevice.objects.filter(user=pengguna).exclude(pk=alat.pk).delete()
    alat.confirmed = True
    alat.save(update_fields=["confirmed"])
    return cadangan_baru(pengguna)


@transaction.atomic
def cadangan_baru(pengguna: Pengguna) -> list[str]:
    """Replace all backup codes; only their keyed hashes are stored."""
    StaticDevice.objects.filter(user=pengguna).delete()
    wadah = StaticDevice.objects.create(user=pengguna, name="Kode cadangan")
    kode = ["".join(secrets.choice(HURUF_CADANGAN) for _ in range(10)) for _ in range(JUMLAH_CADANGAN)]
    for satu in kode:
        wadah.token_set.create(token=_sidik(satu))
    return [f"{satu[:5]}-{satu[5:]}" for satu in kode]


@transaction.atomic
def cabut(pengguna: Pengguna) -> None:
    """Take the second factor away (own wish, or an admin after a lost phone), and every API key with it."""
    TOTPDevice.objects.filter(user=pengguna).delete()
    StaticDevice.objects.filter(user=pengguna).delete()
    pengguna.token_api.filter(dicabut__isnull=True).update(dicabut=timezone.now())


def cocokkan(pengguna: Pengguna, kode: str) -> TOTPDevice | StaticDevice | None:
    """The device that accepts the code: six digits ask the TOTP app, anything else the backup codes.

    Wrong codes slow the device down (1, 2, 4 ... seconds), also across sessions.
    """
    bersih = "".join(kode.split())
    angka = len(bersih) == 6 and bersih.isascii() and bersih.isdigit()
    model = TOTPDevice if angka else StaticDevice
    with transaction.atomic():
        alat = model.objects.select_for_update().filter(user=pengguna, confirmed=True).order_by("pk").first()
        if alat is not None and alat.verify_token(bersih if angka else _sidik_dikenal(alat, bersih)):
            return alat
    return None


class WajibDuaFaktor:
    """Middleware: who owes the second factor is nobody outside the account pages.

    Guarding every view by hand would miss one; an anonymous user is refused everywhere by itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if kurang(request.user) and request.user.is_authenticated and not request.path.startswith(BEBAS):
            request.user = AnonymousUser()
        return self.get_response(request)
