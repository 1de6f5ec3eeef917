"""Context processor of the staff's shell: office, roles, services, what one may open. Lazy: pages of the public
site and error pages ask nothing of the database."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import IntegerField, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from haji_portal.akun.models import Pengguna
from haji_portal.alur.apps import HalamanKerja, JenisPerkara, SopConfig, nama_perkara, semua_jenis
from haji_portal.alur.models import Giliran
from haji_portal.kabar.models import Pesan

from .alamat import alamat_perkara
from .dana.pantau import boleh_pantau
from .jenis import jenis_menu
from .kerja import giliran_saya
from .pembuka import alamat_buat_banyak
from .persetujuan import PEJABAT
from .setoran import PEREKAM
from .tukar.deklarasi import DANA, PINTU, pertukaran_pintu

MUAT = 4
"""Kinds of cases that stand side by side in one line of 1366 pixels; where there are more, the last are in a menu."""
BANYAK_HALAMAN = 3
"""With so many pages of their own in the line there is room for one kind less."""


def meja(request: HttpRequest) -> dict[str, Any]:
    """`meja` of templates/dasar_petugas.html."""
    return {"meja": SimpleLazyObject(lambda: _isi(request))}


def _isi(request: HttpRequest) -> dict[str, Any]:
    pengguna = getattr(request, "user", None)
    if pengguna is None or not pengguna.is_authenticated:
        return {}
    tugas = pengguna.penugasan_berlaku()
    peran = {t.peran for t in tugas}
    jenis = [m for satu in jenis_menu(tugas) if (m := _menu(satu))]
    halaman = [_halaman(h, pengguna) for h in _halaman_kerja() if peran & set(h.peran)]
    paling = MUAT if len(halaman) < BANYAK_HALAMAN else MUAT - 1
    muat = len(jenis) if len(jenis) <= paling else paling - 1
    kantor = tugas[0].kantor.nama_pendek if tugas else "Portal Layanan Haji"
    return {
        "kantor": kantor,
        "peran": ", ".join(dict.fromkeys(t.get_peran_display() for t in tugas)),
        "penugasan": [t.sebutan for t in tugas],
        "layanan": jenis[:muat],
        "layanan_lain": jenis[muat:],
        "menu_lain": [m["kode"] for m in jenis[muat:]],
        "baru": _menu_baru(pengguna),
        "periksa": [
            {"label": c.pemeriksaan.judul, "url": reverse(c.pemeriksaan.loket)}
            for c in apps.get_app_configs()
            if isinstance(c, SopConfig) and c.pemeriksaan
        ],
        "halaman": halaman,
        "persetujuan": bool(peran & set(PEJABAT)),
        "setoran": bool(peran & PEREKAM),
        "tukar": [
            {"kode": p.kode, "nama": p.nama, "url": reverse(f"meja:{p.kode}")}
            for p in PINTU.values()
            if peran & p.penukar and pertukaran_pintu(p)
        ],
        "rekonsiliasi": bool(peran & DANA.penukar),
        "pantau": boleh_pantau(pengguna),
        **_jumlah(pengguna),
    }


class _Banyak(Subquery):
    """How many rows a queryset has, as a column."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) banyak)"
    output_field = IntegerField()


def _jumlah(pengguna: Pengguna) -> dict[str, int]:
    """The numbers beside the menu, in one query."""
    giliran = giliran_saya(pengguna).filter(pihak=Giliran.Pihak.KANTOR)
    pesan = Pesan.objects.milik(pengguna).belum_dibaca()
    kolom = [_Banyak(semua.order_by().values("pk")) for semua in (pesan, giliran)]
    banyak_pesan, banyak_giliran = Pengguna.objects.filter(pk=pengguna.pk).values_list(*kolom).get()
    return {"pesan": banyak_pesan, "giliran": banyak_giliran}


def _menu(satu: JenisPerkara) -> dict[str, str] | None:
    url = alamat_perkara(satu.jenis, "daftar")
    return {"kode": satu.jenis, "label": satu.pendek or satu.nama, "url": url} if url else None


def _halaman_kerja() -> list[HalamanKerja]:
    return [h for c in apps.get_app_configs() for h in getattr(c, "halaman_kerja", ())]


def _halaman(h: HalamanKerja, pengguna: Pengguna) -> dict[str, Any]:
    jumlah = import_string(h.hitung)(pengguna) if h.hitung else 0
    return {"kode": h.kode, "label": h.judul, "url": reverse(h.alamat), "jumlah": jumlah}


def _menu_baru(pengguna: Pengguna) -> list[dict[str, str]]:
    alamat = alamat_buat_banyak(pengguna, [satu.jenis for satu in semua_jenis()])
    return [{"label": nama_perkara(jenis), "url": url} for jenis, url in alamat.items()]
