"""How the visitor wants to see the site: large type and light or dark, kept in a cookie without a session."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from haji_portal.akun.akses import tujuan_aman

KUKI = "tampilan"
HURUF = ("biasa", "besar")
TEMA = ("otomatis", "terang", "gelap")
SETAHUN = 365 * 24 * 3600


def baca(request: HttpRequest) -> dict[str, str]:
    """`{"huruf": ..., "tema": ...}`; whatever the cookie holds, only known words come out."""
    huruf, _, tema = request.COOKIES.get(KUKI, "").partition(".")
    return {
        "huruf": huruf if huruf in HURUF else HURUF[0],
        "tema": tema if tema in TEMA else TEMA[0],
    }


def tampilan(request: HttpRequest) -> dict[str, dict[str, str]]:
    """Context processor: `tampilan.huruf` and `tampilan.tema` in every template."""
    return {"tampilan": baca(request)}


@require_GET
def atur(request: HttpRequest) -> HttpResponse:
    """GET /tampilan/?huruf=besar&tema=gelap&next=/cek/: keep what is known, go back to a page of this site."""
    pilihan = baca(request)
    for nama, boleh in (("huruf", HURUF), ("tema", TEMA)):
        if request.GET.get(nama) in boleh:
            pilihan[nama] = request.GET[nama]
    jawab = redirect(tujuan_aman(request, "/"))
    jawab.set_cookie(
        KUKI,
        f"{pilihan['huruf']}.{pilihan['tema']}",
        max_age=SETAHUN,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return jawab
