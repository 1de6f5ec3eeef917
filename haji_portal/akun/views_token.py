"""The own API keys: list, make (with the password just typed), revoke."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import dua_faktor, token
from .akses import PermintaanPetugas, perlu_sandi_lagi, petugas
from .forms import FormToken

TERLALU_BANYAK = (
    f"Sudah ada {token.TERBANYAK} token yang berlaku. Cabut yang tidak dipakai lagi, lalu coba sekali lagi."
)


def _kurang_kode(request: HttpRequest) -> HttpResponse | None:
    """The account pages are open without the code of the app; making a key that replaces the login is not."""
    if dua_faktor.kurang(request.user):
        return redirect(f"{reverse('akun:dua_faktor')}?{urlencode({'next': reverse('akun:token')})}")
    return None


@require_safe
@never_cache
@login_required
def daftar(request: PermintaanPetugas) -> HttpResponse:
    """GET /akun/token/."""
    if (ke := _kurang_kode(request)) is not None:
        return ke
    konteks = {"daftar": request.user.token_api.all()[:50], "penuh": token.berlaku(request.user) >= token.TERBANYAK}
    return render(request, "akun/token.html", konteks)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@petugas
@perlu_sandi_lagi
def baru(request: PermintaanPetugas) -> HttpResponse:
    """Make a key: needs an assignment, the second factor where it is compulsory, and a fresh password. Shown once."""
    if (ke := _kurang_kode(request)) is not None:
        return ke
    form = FormToken(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if token.berlaku(request.user) >= token.TERBANYAK:
            form.add_error(None, TERLALU_BANYAK)
        else:
            kode = request.user.is_verified()  # type: ignore[attr-defined]
            satu, rahasia = token.buat(request.user, verifikasi=kode, **form.cleaned_data)
            return render(request, "akun/token_jadi.html", {"token": satu, "rahasia": rahasia})
    return render(request, "akun/token_baru.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@never_cache
@login_required
def cabut(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """Revoke one own key; somebody else's does not exist."""
    if (ke := _kurang_kode(request)) is not None:
        return ke
    if not token.cabut(request.user, pk):
        raise Http404
    messages.success(request, "Token dicabut. Program yang memakainya tidak dapat masuk lagi.")
    return redirect("akun:token")
