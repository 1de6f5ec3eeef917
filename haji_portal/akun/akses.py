"""Who may open a staff page, and whether the person at the keyboard has just proved the password.

Every staff view uses `PetugasMixin` (class) or `petugas` (function). Both put the person's current
assignments on `request.penugasan`. What a person may do inside stays with `jalankan()` and the scope
of `Perkara.objects.untuk()`; this module only opens the door.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast
from urllib.parse import urlencode

from django.contrib.auth import authenticate
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

if TYPE_CHECKING:
    from .models import Pengguna, Penugasan

UMUR_SANDI = 5 * 60
"""Seconds for which a re-entered password counts."""

SANDI_SALAH = "Kata sandi belum benar. Coba ketik sekali lagi."
SANDI_TERKUNCI = "Kata sandi sudah lima kali salah. Tunggu 10 menit, lalu ketik lagi; belum ada yang berubah."

View = Callable[..., HttpResponse]


class Terlarang(PermissionDenied):
    """403 with a sentence for the person; any other refusal keeps its words to itself."""

    def __init__(self, kalimat: str = "") -> None:
        super().__init__(kalimat)
        self.kalimat = kalimat


Jawab = TypeVar("Jawab", bound=HttpResponseBase)


class PermintaanPetugas(HttpRequest):
    """For annotations: a request that has passed the login and the staff door."""

    user: Pengguna  # type: ignore[assignment]
    penugasan: list[Penugasan]


def tujuan_aman(request: HttpRequest, bawaan: str, nama: str = "next") -> str:
    """The page named by the `next` parameter when it lies on this site, otherwise `bawaan`.

    `bawaan` is a path or a route name. POST wins over GET, so a form can carry the value along.
    """
    tujuan = request.POST.get(nama) or request.GET.get(nama) or ""
    if url_has_allowed_host_and_scheme(tujuan, {request.get_host()}, require_https=request.is_secure()):
        return tujuan
    return resolve_url(bawaan)


def tolak_tanpa_penugasan(request: HttpRequest) -> HttpResponse:
    """The only page that a person without a current assignment sees (403)."""
    jawab = render(request, "akun/tanpa_penugasan.html", status=403)
    add_never_cache_headers(jawab)
    return jawab


def _gerbang(request: HttpRequest) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    masuk = cast(PermintaanPetugas, request)
    masuk.penugasan = masuk.user.penugasan_berlaku()
    if not masuk.penugasan:
        return tolak_tanpa_penugasan(request)
    return None


class PetugasMixin:
    """First base of a staff view: login and at least one current assignment, never cached.

    Sets `request.penugasan` (list of Penugasan with their office). Anonymous: to /masuk/. Without a
    current assignment: 403 with a page that explains it.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if (tolak := _gerbang(request)) is not None:
            return tolak
        jawab = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        add_never_cache_headers(jawab)
        return jawab


def petugas(view: Callable[..., Jawab]) -> Callable[..., Jawab | HttpResponse]:
    """`PetugasMixin` for a function view."""

    @wraps(view)
    def bungkus(request: HttpRequest, *args: Any, **kwargs: Any) -> Jawab | HttpResponse:
        if (tolak := _gerbang(request)) is not None:
            return tolak
        jawab = view(request, *args, **kwargs)
        add_never_cache_headers(jawab)
        return jawab

    return bungkus


def catat_sandi(request: HttpRequest) -> None:
    """Remember in the session that the password was typed just now, and under which assignments."""
    request.session["sandi_lagi"] = int(time.time())
    request.session["sandi_tugas"] = _tugas(request)


def catat_masuk(request: HttpRequest, saat: int) -> None:
    """Remember in the session when the password of this login was typed (seconds since the epoch)."""
    request.session["sandi_masuk"] = saat
    request.session["sandi_tugas"] = _tugas(request)


def _tugas(request: HttpRequest) -> list[int]:
    return sorted(t.pk for t in cast(PermintaanPetugas, request).user.penugasan_berlaku())


def sudah_sandi_lagi(request: HttpRequest, umur: int = UMUR_SANDI) -> bool:
    """Whether this session re-entered the password within `umur` seconds. Logging in does not count."""
    saat = request.session.get("sandi_lagi")
    return isinstance(saat, int) and 0 <= time.time() - saat <= umur


def sandi_segar(request: HttpRequest) -> bool:
    """Whether the password was typed in this session within UMUR_SANDI, at the login or since, and the person holds the
    very assignments of then: a role that came or went asks for it anew. The session lives on the server."""
    saat = [n for n in (request.session.get(k) for k in ("sandi_lagi", "sandi_masuk")) if isinstance(n, int)]
    segar = any(0 <= time.time() - n <= UMUR_SANDI for n in saat)
    return segar and request.session.get("sandi_tugas") == _tugas(request)


def sandi_ditolak(request: HttpRequest, sandi: str) -> str:
    """The sentence why this password does not count, "" when it is right and now counts for UMUR_SANDI.

    For forms that ask for it beside the thing to be released; a locked person keeps the page and what was typed.
    """
    if periksa_sandi(request, sandi):
        return ""
    if getattr(request, "axes_locked_out", False):
        # The login page would answer otherwise.
        request.axes_locked_out = False  # type: ignore[attr-defined]
        return SANDI_TERKUNCI
    return SANDI_SALAH


def periksa_sandi(request: HttpRequest, sandi: str) -> bool:
    """Check the password of the person who is logged in; a right one opens the step-up for UMUR_SANDI.

    For forms that ask for the password beside the thing to be signed. Failures count towards the lock
    of the login page, so this is no place to guess.
    """
    nama = request.user.get_username()
    if not sandi or authenticate(request, username=nama, password=sandi) != request.user:
        return False
    catat_sandi(request)
    return True


def perlu_sandi_lagi(view: View) -> View:
    """Decorator for function views: without a fresh password the person goes to /sandi-lagi/ first.

    A POST cannot be carried over: the person returns to the page the form stood on.
    """

    @wraps(view)
    def bungkus(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if sudah_sandi_lagi(request):
            return view(request, *args, **kwargs)
        kembali = request.get_full_path() if request.method == "GET" else request.META.get("HTTP_REFERER", "/")
        return redirect(f"{reverse('akun:sandi_lagi')}?{urlencode({'next': kembali})}")

    return bungkus
