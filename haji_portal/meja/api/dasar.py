"""The base of every API view: who, how often, which methods, never cached, and what the schema says about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from rest_framework import exceptions as drf
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from haji_portal.akun.models import Pengguna

from .autentikasi import Bertugas, KunciPembawa, Sesi
from .batas import BatasPemakai, periksa_alamat
from .galat import Masalah
from .pengurai import JsonKetat

JSON, MULTIPART = "application/json", "multipart/form-data"


@dataclass(frozen=True)
class Operasi:
    """One method of one address, for the schema.

    kode: operationId. badan: media type -> JSON Schema. jawaban: status -> (words, serializer or schema, headers).
    galat: statuses beyond those that every address has. kueri: JSON Schema and help of each parameter.
    """

    kode: str
    ringkas: str
    jawaban: Mapping[int, tuple[str, Any, tuple[str, ...]]]
    uraian: str = ""
    badan: dict[str, dict[str, Any]] = field(default_factory=dict)
    galat: tuple[int, ...] = ()
    kueri: dict[str, dict[str, Any]] = field(default_factory=dict)
    kepala: tuple[str, ...] = ()
    media: str = JSON
    contoh: dict[str, Any] | None = None


class PandanganApi(APIView):
    """Session or bearer key, a current assignment, limits. `operasi()` is the schema's part of it."""

    authentication_classes: list[Any] = [KunciPembawa, Sesi]
    permission_classes: list[Any] = [Bertugas]
    throttle_classes: list[Any] = [BatasPemakai]
    parser_classes: list[Any] = [JsonKetat]
    http_method_names: list[str] = ["get", "head", "post"]
    tembolok = "no-store"

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """Never a redirect to the address with a slash: it would drop what was sent."""
        view: Any = super().as_view(**initkwargs)
        view.should_append_slash = False
        return view

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """The order of refusals: plain HTTP, method, address, then DRF's own (who, may, how often)."""
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            # A redirect would have sent the key in clear a second time.
            raise Masalah("perlu-https", "Panggil API ini dengan alamat https://.")
        if (request.method or "").lower() not in self.http_method_names or not hasattr(
            self, (request.method or "").lower()
        ):
            raise drf.MethodNotAllowed(request.method or "")
        if request.META.get("HTTP_TRANSFER_ENCODING") and not request.META.get("CONTENT_LENGTH"):
            # WSGI cannot bound such a body, and Django reads it as empty: the sender would be told of missing fields.
            raise Masalah("panjang-wajib", "Kirim Content-Length, bukan Transfer-Encoding: chunked.")
        periksa_alamat(request)
        super().initial(request, *args, **kwargs)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Personal data stays in no cache."""
        jawab = super().finalize_response(request, response, *args, **kwargs)
        if jawab.status_code >= 400 or not jawab.has_header("Cache-Control"):
            jawab["Cache-Control"] = self.tembolok if jawab.status_code < 400 else "no-store"
        return jawab

    @property
    def pengguna(self) -> Pengguna:
        """The person who calls; the permission saw to the login."""
        return self.request.user

    def operasi(self) -> dict[str, Operasi]:
        """What the schema says of each method (lower case) of this address."""
        raise NotImplementedError


def jawab(isi: Any, status: int = 200, kepala: dict[str, str] | None = None) -> Response:
    """A JSON answer."""
    return Response(isi, status=status, headers=kepala)
