"""Who calls: a session like the pages (with CSRF), or a bearer key. Both act with the person's assignments of today."""

from __future__ import annotations

from typing import Any

from rest_framework import exceptions as drf
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from haji_portal.akun import token
from haji_portal.akun.models import Pengguna, TokenApi

from .galat import Masalah

TANTANGAN = 'Bearer realm="api"'


class KunciPembawa(BaseAuthentication):
    """`Authorization: Bearer phj_...`. Stands first, so that an answer 401 carries its challenge."""

    def authenticate(self, request: Request) -> tuple[Pengguna, TokenApi] | None:
        """The person behind the key; None without an Authorization header, 401 for a key that is not in force."""
        kepala = request.META.get("HTTP_AUTHORIZATION", "")
        if not kepala:
            return None
        skema, _, rahasia = kepala.partition(" ")
        satu = token.kenali(rahasia.strip()) if skema.lower() == "bearer" else None
        if satu is None:
            raise drf.AuthenticationFailed
        token.catat_pakai(satu)
        return satu.pengguna, satu

    def authenticate_header(self, request: Request) -> str:
        """The challenge of a 401; with a key that was sent it says that the key is the trouble."""
        salah = ', error="invalid_token"' if request.META.get("HTTP_AUTHORIZATION") else ""
        return f"{TANTANGAN}{salah}"


class Sesi(SessionAuthentication):
    """The login of the pages. Who owes the second factor is anonymous here too (WajibDuaFaktor)."""

    def enforce_csrf(self, request: Request) -> None:
        """Refused in words; the reason why goes to nobody."""
        try:
            super().enforce_csrf(request)
        except drf.PermissionDenied as galat:
            raise Masalah("csrf", "Kirim token CSRF pada kepala X-CSRFToken, atau pakai token API.") from galat


class Bertugas(BasePermission):
    """A person with a current assignment; a key that only reads does not write."""

    def has_permission(self, request: Any, view: Any) -> bool:
        """False without a login (401); the other refusals say why."""
        if not request.user.is_authenticated:
            return False
        if not request.user.penugasan_berlaku():
            raise Masalah("tanpa-penugasan", "Anda belum atau tidak lagi memiliki penugasan yang berlaku.")
        if isinstance(request.auth, TokenApi) and request.auth.hanya_baca and request.method not in SAFE_METHODS:
            raise Masalah("hanya-baca", "Buat token lain bila program ini perlu melakukan langkah.")
        return True
