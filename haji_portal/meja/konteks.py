"""Context processor of the staff's shell: office, roles, services, what one may open. Lazy: pages of the public
site and error pages ask nothing of the database."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from haji_portal.akun.models import Pengguna
from haji_portal.alur.apps import layanan_aktif
from haji_portal.alur.models import Giliran
from haji_portal.kabar.models import Pesan

from .kerja import giliran_saya
from .persetujuan import PEJABAT
from .setoran import PEREKAM
from .siskohat.deklarasi import PENUKAR, pertukaran_layanan
from .views import penugasan_pembuka


def meja(request: HttpRequest) -> dict[str, Any]:
    """`meja` of templates/dasar_petugas.html."""
    return {"meja": SimpleLazyObject(lambda: _isi(request))}


def _isi(request: HttpRequest) -> dict[str, Any]:
    pengguna = getattr(request, "user", None)
    if pengguna is None or not pengguna.is_authenticated:
        return {}
    tugas = pengguna.penugasan_berlaku()
    peran = {t.peran for t in tugas}
    kantor = tugas[0].kantor.nama_pendek if tugas else "Portal Layanan Haji"
    return {
        "kantor": kantor,
        "peran": ", ".join(dict.fromkeys(t.get_peran_display() for t in tugas)),
        "penugasan": [t.sebutan for t in tugas],
        "layanan": [m for c in layanan_aktif() if (m := _menu(c))],
        "baru": [m for c in layanan_aktif() if (m := _menu_baru(pengguna, c))],
        "persetujuan": bool(peran & set(PEJABAT)),
        "setoran": bool(peran & PEREKAM),
        "siskohat": bool(peran & PENUKAR and pertukaran_layanan()),
        "pesan": Pesan.objects.milik(pengguna).belum_dibaca().count(),
        "giliran": giliran_saya(pengguna).filter(pihak=Giliran.Pihak.KANTOR).count(),
    }


def _menu(config: Any) -> dict[str, str] | None:
    try:
        url = reverse(f"{config.label}:daftar")
    except NoReverseMatch:
        return None
    return {"kode": config.label, "label": config.nama_layanan, "url": url}


def _menu_baru(pengguna: Pengguna, config: Any) -> dict[str, str] | None:
    if penugasan_pembuka(pengguna, config.model) is None:
        return None
    try:
        return {"label": config.nama_layanan, "url": reverse(f"{config.label}:buat")}
    except NoReverseMatch:
        return None
