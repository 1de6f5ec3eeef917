"""Login, logout, password, step-up and second factor."""

from __future__ import annotations

import time
from typing import Any

from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django_otp import login as login_kode

from . import dua_faktor
from .akses import (
    SANDI_SALAH,
    PermintaanPetugas,
    catat_masuk,
    catat_sandi,
    periksa_sandi,
    sudah_sandi_lagi,
    tujuan_aman,
)
from .forms import TERKUNCI, FormKode, FormMasuk, FormSandi
from .models import Pengguna

UMUR_TUNDA = 5 * 60
"""Seconds between the right password and the code."""

SALAH_KODE = "Kode tidak cocok atau sudah terpakai. Tunggu kode berikutnya di aplikasi, lalu coba lagi."
BACKEND = "haji_portal.akun.backends.BackendPenugasan"


def _ke(nama: str, tujuan: str) -> HttpResponseRedirect:
    return redirect(f"{reverse(nama)}?{urlencode({'next': tujuan})}")


class Masuk(LoginView):
    """The login page. Whoever has a second factor is not logged in before the code is right."""

    form_class = FormMasuk
    template_name = "akun/masuk.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; who is logged in already goes on (or to enrol, where the code is compulsory)."""
        if request.user.is_authenticated:
            return self.lanjut()
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        pengguna = form.get_user()
        if dua_faktor.perangkat(pengguna) is not None:
            tunda = {"pk": pengguna.pk, "saat": int(time.time()), "sesi": pengguna.get_session_auth_hash()}
            self.request.session.cycle_key()
            self.request.session["masuk_tunda"] = tunda
            return _ke("akun:kode", tujuan_aman(self.request, "/kerja/"))
        login(self.request, pengguna)
        catat_masuk(self.request, int(time.time()))
        return self.lanjut()

    def lanjut(self) -> HttpResponse:
        """Go to the safe `next` page, by way of the enrolment where the second factor is compulsory."""
        tujuan = tujuan_aman(self.request, "/kerja/")
        if dua_faktor.kurang(self.request.user):
            return _ke("akun:dua_faktor", tujuan)
        return redirect(tujuan)


def terkunci(request: HttpRequest, *args: Any) -> HttpResponse:
    """Answer of a locked login (429): the same page, the name kept, a sentence that says how long."""
    form = FormMasuk(request, initial={"username": request.POST.get("username", "")[:150]})
    konteks = {"form": form, "terkunci": TERKUNCI, "next": tujuan_aman(request, "/kerja/")}
    return render(request, "akun/masuk.html", konteks, status=429)


def _tertunda(request: HttpRequest) -> Pengguna | None:
    tunda = request.session.get("masuk_tunda") or {}
    if not tunda or time.time() - tunda["saat"] > UMUR_TUNDA:
        return None
    pengguna = Pengguna.objects.filter(pk=tunda["pk"], is_active=True).first()
    # A password changed in the meantime ends the half-finished login too.
    return pengguna if pengguna and pengguna.get_session_auth_hash() == tunda["sesi"] else None


@never_cache
@sensitive_post_parameters("kode")
def kode(request: HttpRequest) -> HttpResponse:
    """Second step of the login: the code of the app or a backup code."""
    pengguna = _tertunda(request)
    if pengguna is None:
        request.session.pop("masuk_tunda", None)
        messages.info(request, "Waktu untuk memasukkan kode sudah habis. Silakan masuk sekali lagi.")
        return _ke("akun:masuk", tujuan_aman(request, "/kerja/"))
    form = FormKode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        alat = dua_faktor.cocokkan(pengguna, form.cleaned_data["kode"])
        if alat is not None:
            saat = request.session.pop("masuk_tunda")["saat"]
            login(request, pengguna, backend=BACKEND)
            catat_masuk(request, saat)
            login_kode(request, alat)
            return redirect(tujuan_aman(request, "/kerja/"))
        form.add_error("kode", SALAH_KODE)
    konteks = {"form": form, "next": tujuan_aman(request, "/kerja/")}
    return render(request, "akun/kode.html", konteks, status=422 if form.errors else 200)


@require_POST
@never_cache
def keluar(request: HttpRequest) -> HttpResponse:
    """Log out and tell the browser to forget what it kept; the large-type cookie stays."""
    logout(request)
    messages.success(request, "Anda sudah keluar.")
    jawab = redirect("/")
    jawab["Clear-Site-Data"] = '"cache", "storage"'
    return jawab


@never_cache
@login_required
def akun(request: PermintaanPetugas) -> HttpResponse:
    """The own account: assignments in force, password, second factor."""
    konteks = {"penugasan": request.user.penugasan_berlaku(), "perangkat": dua_faktor.perangkat(request.user)}
    return render(request, "akun/akun.html", konteks)


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class GantiSandi(PasswordChangeView):
    """Change the own password. Other sessions of the account end, this one stays."""

    template_name = "akun/ganti_sandi.html"
    success_url = reverse_lazy("akun:akun")

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        for isian in form.fields.values():
            isian.widget.attrs["class"] = "form-control"
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, "Kata sandi sudah diganti. Perangkat lain yang masih masuk kini keluar.")
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


@never_cache
@login_required
@sensitive_post_parameters("sandi")
def sandi_lagi(request: HttpRequest) -> HttpResponse:
    """Step-up: the password once more before something that binds (valid five minutes)."""
    tujuan = tujuan_aman(request, "/kerja/")
    form = FormSandi(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if periksa_sandi(request, form.cleaned_data["sandi"]):
            return redirect(tujuan)
        form.add_error("sandi", SANDI_SALAH)
    konteks = {"form": form, "next": tujuan}
    return render(request, "akun/sandi_lagi.html", konteks, status=422 if form.errors else 200)


def _boleh_atur(request: HttpRequest) -> bool:
    # Changing a factor needs the factor or a fresh password: a session left open must not be enough.
    return sudah_sandi_lagi(request)


@never_cache
@login_required
@sensitive_post_parameters("kode")
def pasang_kode(request: PermintaanPetugas) -> HttpResponse:
    """Enrol the code app: QR, first code, then the backup codes, shown once."""
    if not _boleh_atur(request):
        return _ke("akun:sandi_lagi", request.get_full_path())
    if dua_faktor.perangkat(request.user) is not None and not request.user.is_verified():  # type: ignore[attr-defined]
        logout(request)
        return _ke("akun:masuk", reverse("akun:dua_faktor"))
    alat = dua_faktor.perangkat_baru(request.user)
    form = FormKode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if alat.verify_token("".join(form.cleaned_data["kode"].split())):
            cadangan = dua_faktor.aktifkan(request.user, alat)
            login_kode(request, alat)
            catat_sandi(request)
            selesai = {"cadangan": cadangan, "next": tujuan_aman(request, "akun:akun")}
            return render(request, "akun/kode_cadangan.html", selesai)
        form.add_error("kode", SALAH_KODE)
    konteks = {
        "form": form,
        "qr": dua_faktor.qr(alat),
        "kunci": dua_faktor.kunci_terbaca(alat),
        "next": tujuan_aman(request, "akun:akun"),
        "sudah_aktif": dua_faktor.perangkat(request.user),
    }
    return render(request, "akun/dua_faktor.html", konteks, status=422 if form.errors else 200)


@require_POST
@never_cache
@login_required
def cadangan(request: PermintaanPetugas) -> HttpResponse:
    """New backup codes; the old ones stop working."""
    if dua_faktor.perangkat(request.user) is None:
        return redirect("akun:dua_faktor")
    if not _boleh_atur(request):
        return _ke("akun:sandi_lagi", reverse("akun:akun"))
    konteks = {"cadangan": dua_faktor.cadangan_baru(request.user), "next": reverse("akun:akun")}
    return render(request, "akun/kode_cadangan.html", konteks)
