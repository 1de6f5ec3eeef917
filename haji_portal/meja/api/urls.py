"""Addresses of the API; included at /api/, last, since every other address below it is a problem of 404."""

from __future__ import annotations

from typing import Any

from django.urls import path, re_path, register_converter
from django.urls.converters import StringConverter

from haji_portal.alur.deklarasi import mesin

from .galat import tidak_ada
from .langkah import BerkasView, DaftarLangkahView, LangkahView
from .layanan import LayananApi, semua_layanan
from .pandangan import BerkasSatuView, DaftarView, RinciView, RiwayatView
from .skema import SkemaView


class Nomor(StringConverter):
    """A case number, so that other words never reach a query."""

    regex = "[A-Z]{2,4}-[A-Z]{2}-[0-9]{2}-[0-9A-HJKMNP-TV-Z]{6}"


class Pk(StringConverter):
    """A row's number that fits its column on every database."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> Any:
        return int(value)


register_converter(Nomor, "nomor_perkara")
register_converter(Pk, "pk_baris")


def alamat_layanan(layanan: LayananApi) -> list[Any]:
    """The addresses of one service; every step of its machine has its own, all under one name per kind."""
    label, satu = layanan.label, f"v1/{layanan.label}/<nomor_perkara:nomor>/"
    umum: list[tuple[str, Any, str]] = [
        (f"v1/{label}/", DaftarView, "daftar"),
        (satu, RinciView, "rinci"),
        (f"{satu}langkah/", DaftarLangkahView, "langkah_daftar"),
        (f"{satu}berkas/", BerkasView, "berkas"),
        (f"{satu}berkas/<pk_baris:pk>/", BerkasSatuView, "berkas_satu"),
        (f"{satu}riwayat/", RiwayatView, "riwayat"),
    ]
    hasil = [path(rute, view.as_view(layanan=layanan), name=f"{label}_{nama}") for rute, view, nama in umum]
    for nama in dict.fromkeys(lk.nama for lk in mesin(layanan.model)):
        view = LangkahView.as_view(layanan=layanan, langkah=nama)
        hasil.append(path(f"{satu}langkah/{nama}/", view, name=f"{label}_langkah"))
    return hasil


app_name = "api"

urlpatterns = [
    path("v1/schema/", SkemaView.as_view(), name="skema"),
    *(alamat for layanan in semua_layanan() for alamat in alamat_layanan(layanan)),
    re_path(r"", tidak_ada, name="tidak_ada"),
]
