"""Home, services, and the small files that robots and researchers look for."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

from haji_portal.akun.models import Kantor
from haji_portal.alur.apps import SopConfig, layanan_aktif
from haji_portal.alur.models import SOP
from haji_portal.alur.penutupan import Pengumuman, pengumuman
from haji_portal.alur.tampil_waktu import durasi
from haji_portal.berkas.models import SyaratBerkas

from .ajukan.daftar import cari_ajuan, semua_ajuan
from .forms import FormKantor


@dataclass(frozen=True)
class KelompokSyarat:
    """The requirements of one case of a service; an empty one holds for every case."""

    kasus: str
    syarat: list[SyaratBerkas]

    @property
    def judul(self) -> str:
        return self.kasus.replace("-", " ").capitalize()


def semua_layanan() -> list[SopConfig]:
    """Services of this portal in INSTALLED_APPS order, open or not yet."""
    return [c for c in apps.get_app_configs() if isinstance(c, SopConfig) and c.nama_layanan]


@require_safe
def beranda(request: HttpRequest) -> HttpResponse:
    """What do you want to do? Services, hours of the chosen office, and that it costs nothing."""
    pilihan = FormKantor(request.GET if "kantor" in request.GET else None)
    kantor = pilihan.terpilih
    layanan = [_kartu(c, kantor) for c in semua_layanan()]
    konteks = {"layanan": layanan, "pilihan": pilihan, "kantor": kantor, "jam": _jam(kantor)}
    konteks["ajuan"] = [a for a in semua_ajuan() if not tutup_di_sini(pengumuman(a.layanan, kantor))]
    konteks["pemeriksaan"] = [c.pemeriksaan for c in semua_layanan() if c.pemeriksaan]
    return render(request, "publik/beranda.html", konteks)


def _kartu(config: SopConfig, kantor: Kantor | None) -> dict[str, Any]:
    """One service in the list."""
    kabar = pengumuman(config.label, kantor)
    return {
        "config": config,
        "buka": config in layanan_aktif(),
        "pengumuman": kabar,
        "tutup": tutup_di_sini(kabar),
    }


@require_safe
def layanan(request: HttpRequest, slug: str) -> HttpResponse:
    """One service: requirements, the steps of the chosen office's SOP, its promise, and the rules it stands on."""
    config = next((c for c in semua_layanan() if c.label == slug), None)
    if config is None:
        raise Http404
    pilihan = FormKantor(request.GET if "kantor" in request.GET else None)
    kantor = pilihan.terpilih
    tabel = _tabel(slug, kantor)
    sop = tabel[0] if tabel else None
    kabar = pengumuman(slug, kantor)
    tutup = tutup_di_sini(kabar)
    konteks = {
        "config": config,
        "buka": config in layanan_aktif(),
        "pengumuman": kabar,
        "tutup": tutup,
        "ajuan": None if tutup else cari_ajuan(slug),
        "pilihan": pilihan,
        "kantor": kantor,
        "jam": _jam(kantor),
        "sop": sop,
        "tabel": tabel,
        "nasional": sop is not None and sop.kantor == "nasional",
        # The variants of one office usually promise the same; each promise is named once.
        "janji": " atau ".join(dict.fromkeys(filter(None, map(janji, tabel)))),
        "syarat": [k for k in kelompok_syarat(slug, kantor) if k.kasus not in config.kasus_susulan],
        "dasar_hukum": (sop.identitas.get("dasar_hukum") or []) if sop else [],
    }
    return render(request, "publik/layanan.html", konteks)


def tutup_di_sini(kabar: Pengumuman | None) -> bool:
    """Whether nobody who reads this page can apply: closed now in the chosen office, without one in all of them."""
    return kabar is not None and kabar.berlaku and not kabar.sebagian


def _tabel(slug: str, kantor: Kantor | None) -> list[SOP]:
    """The table of the chosen office, or where it prints one procedure per cause all of them; [] without any."""
    tempat = kantor.slug if kantor else "nasional"
    rows = SOP.objects.filter(layanan=slug, kantor__in=(tempat, "nasional")).values_list("varian", flat=True)
    kunci = [(slug, tempat, varian) for varian in sorted({"", *rows})]
    ada = SOP.pilih(kunci)
    biasa = ada.get(kunci[0])
    return [biasa] if biasa else sorted(ada.values(), key=lambda s: s.nama)


def _jam(kantor: Kantor | None) -> list[Any]:
    return list(kantor.jamlayanan_set.all()) if kantor else []


def janji(sop: SOP) -> str:
    """How long it takes by the office's own SOP: its printed promise, else the span over all of it, else the sum of its
    rows; "" when it sets none."""
    if sop.jangka_waktu:
        return sop.jangka_waktu
    if seluruhnya := next((r["hari_kerja"] for r in sop.rentang if r["kode"] == "keseluruhan"), None):
        return f"{seluruhnya} hari kerja"
    baris = [b for b in sop.baris() if not b.cabang]
    hari = sum(b.hari_kerja or 0 for b in baris)
    menit = sum(b.menit or 0 for b in baris if not b.menunggu)
    bagian = [f"{hari} hari kerja" if hari else "", f"{durasi(menit)} pelayanan" if menit else ""]
    return " dan ".join(b for b in bagian if b)


def kelompok_syarat(slug: str, kantor: Kantor | None, pada: datetime.date | None = None) -> list[KelompokSyarat]:
    """Requirements by case, general ones first. Without an office only what holds for every office."""
    pada = pada or timezone.localdate()
    berlaku = SyaratBerkas.objects.berlaku(pada).filter(layanan=slug)
    if kantor is None:
        berlaku = berlaku.filter(kantor=None)
    hasil = []
    for kasus in sorted(set(berlaku.values_list("kasus", flat=True))):
        if kantor is None:
            rows = sorted(berlaku.filter(kasus=kasus), key=lambda r: (r.urut, r.kode))
        else:
            rows = [r for r in SyaratBerkas.objects.untuk(slug, kasus, kantor, pada) if r.kasus == kasus]
        hasil.append(KelompokSyarat(kasus, rows))
    return hasil


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it on pages that name no icon (the admin, a PDF)."""
    return redirect(static("gambar/tanda.svg"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Robots may read what is public; lookups and letters are for their owners."""
    tertutup = ("ajukan/konsep", "cek", "verifikasi", "masuk", "survei", "tampilan")
    isi = "".join(["User-agent: *\n", *(f"Disallow: /{satu}/\n" for satu in tertutup)])
    return HttpResponse(isi, content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell about a weakness. Expires is a year away, rolled with every request's day."""
    habis = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + datetime.timedelta(days=365)
    isi = (
        f"Contact: mailto:{settings.DEFAULT_FROM_EMAIL}\n"
        f"Expires: {habis.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}\n"
        "Preferred-Languages: id, en\n"
        f"Canonical: {settings.SITUS_URL}/.well-known/security.txt\n"
    )
    return HttpResponse(isi, content_type="text/plain; charset=utf-8")
