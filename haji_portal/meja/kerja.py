"""Kotak kerja: one list of what waits for me, sorted by time left; and the search over all cases in my scope."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from haji_portal.akun.akses import petugas
from haji_portal.akun.models import Kantor, Pengguna
from haji_portal.alur.apps import layanan_aktif
from haji_portal.alur.models import Giliran, Perkara
from haji_portal.jemaah.models import hash_nik

from .baris import baris_perkara, untuk_daftar
from .permintaan import PermintaanPetugas

PER_HALAMAN = 25
TAB = {
    "giliran": "Giliran saya",
    "terlambat": "Terlambat",
    "dikembalikan": "Dikembalikan",
    "menunggu": "Menunggu pihak lain",
    "selesai": "Selesai hari ini",
}
KOSONG = {
    "giliran": (
        "Tidak ada yang menunggu Anda",
        "Berkas yang menjadi giliran Anda akan muncul di sini, yang paling dekat tenggatnya di atas.",
    ),
    "terlambat": (
        "Tidak ada yang terlambat",
        "Berkas yang melewati batas waktu SOP akan muncul di sini.",
    ),
    "dikembalikan": (
        "Tidak ada yang dikembalikan",
        "Berkas yang kembali kepada Anda untuk diperbaiki akan muncul di sini.",
    ),
    "menunggu": (
        "Tidak ada yang menunggu pihak lain",
        "Berkas yang sedang di tangan pemohon, BPKH, bank, atau kantor lain akan muncul di sini.",
    ),
    "selesai": (
        "Belum ada yang selesai hari ini",
        "Perkara yang ditutup hari ini akan muncul di sini.",
    ),
}


def pasangan_peran(pengguna: Pengguna) -> set[tuple[str, int]]:
    """(role, office id) of each current assignment: what a turn is matched with."""
    return {(t.peran, t.kantor_id) for t in pengguna.penugasan_berlaku()}


def giliran_saya(pengguna: Pengguna) -> QuerySet[Giliran]:
    """The turns of a person's roles in their offices."""
    q = Q(pk__in=[])
    for peran, kantor in pasangan_peran(pengguna):
        q |= Q(peran=peran, kantor_id=kantor)
    return Giliran.objects.filter(q)


def perkara_tab(pengguna: Pengguna, tab: str) -> QuerySet[Perkara]:
    """The cases of one tab, in the order in which they are to be worked on."""
    if tab == "selesai":
        awal = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return Perkara.objects.untuk(pengguna).filter(ditutup__gte=awal).order_by("-ditutup", "-pk")
    milik = giliran_saya(pengguna).filter(perkara=OuterRef("pk"))
    kantor = milik.filter(pihak=Giliran.Pihak.KANTOR)
    if tab == "menunggu":
        qs = Perkara.objects.filter(Exists(milik.exclude(pihak=Giliran.Pihak.KANTOR)))
    elif tab == "terlambat":
        qs = Perkara.objects.filter(Exists(kantor.filter(tenggat__lt=timezone.now())))
    elif tab == "dikembalikan":
        qs = Perkara.objects.filter(Exists(kantor), putaran__gt=1)
    else:
        qs = Perkara.objects.filter(Exists(kantor))
    batas = Min("giliran__tenggat")
    return qs.annotate(batas=batas).order_by(F("batas").asc(nulls_last=True), "dibuka", "pk")


def hitung_tab(pengguna: Pengguna) -> dict[str, int]:
    """Cases per tab: one query over the turns, one for what was closed today."""
    kantor = Q(pihak=Giliran.Pihak.KANTOR)
    unik = Count("perkara", distinct=True, filter=kantor)
    hasil = giliran_saya(pengguna).aggregate(
        giliran=unik,
        terlambat=Count("perkara", distinct=True, filter=kantor & Q(tenggat__lt=timezone.now())),
        dikembalikan=Count("perkara", distinct=True, filter=kantor & Q(perkara__putaran__gt=1)),
        menunggu=Count("perkara", distinct=True, filter=~kantor),
    )
    return hasil | {"selesai": perkara_tab(pengguna, "selesai").count()}


def saring(qs: QuerySet[Perkara], request: PermintaanPetugas) -> tuple[QuerySet[Perkara], dict[str, str]]:
    """Apply the filters of the address (service, channel, office); unknown values are ignored."""
    pilihan = _aman({n: request.GET.get(n, "") for n in ("layanan", "saluran", "kantor")})
    if pilihan.get("layanan") in {c.label for c in layanan_aktif()}:
        qs = qs.filter(jenis=pilihan["layanan"])
    if pilihan.get("saluran") in Perkara.Saluran.values:
        qs = qs.filter(saluran=pilihan["saluran"])
    if "kantor" in pilihan:
        qs = qs.filter(kantor__slug=pilihan["kantor"])
    return qs, pilihan


@petugas
@require_GET
def kotak_kerja(request: PermintaanPetugas) -> HttpResponse:
    """GET /kerja/?tab=..."""
    tab = request.GET.get("tab", "")
    tab = tab if tab in TAB else "giliran"
    qs, pilihan = saring(perkara_tab(request.user, tab), request)
    halaman = Paginator(untuk_daftar(qs), PER_HALAMAN).get_page(request.GET.get("halaman"))
    pasangan = pasangan_peran(request.user)
    hitung = hitung_tab(request.user)
    konteks = {
        "baris": [baris_perkara(p, pasangan) for p in halaman],
        "halaman": halaman,
        "tab": tab,
        "daftar_tab": [{"kode": k, "label": v, "jumlah": hitung[k]} for k, v in TAB.items()],
        "kosong": KOSONG[tab],
        "pilihan": pilihan,
        "kueri": "".join(f"&{k}={v}" for k, v in {"tab": tab, **pilihan}.items()),
        "menu": "kerja",
        **pilihan_saringan(request.user),
    }
    return render(request, "meja/kotak_kerja.html", konteks)


def pilihan_saringan(pengguna: Pengguna) -> dict[str, Any]:
    """What the filter row offers; offices only to those who see more than one."""
    wilayah = [t.kantor for t in pengguna.penugasan_berlaku() if t.kantor.jenis != Kantor.Jenis.KABKOTA]
    kantor = Kantor.objects.filter(jenis=Kantor.Jenis.KABKOTA, aktif=True)
    if wilayah and all(k.jenis == Kantor.Jenis.KANWIL for k in wilayah):
        kantor = kantor.filter(induk__in=wilayah)
    return {
        "pilihan_layanan": [(c.label, c.nama_layanan) for c in layanan_aktif()],
        "pilihan_saluran": Perkara.Saluran.choices,
        "pilihan_kantor": [(k.slug, k.nama_pendek) for k in kantor] if wilayah else [],
    }


def _aman(pilihan: dict[str, str]) -> dict[str, str]:
    """Only values that can stand in an address and in a query as they are."""
    return {k: v for k, v in pilihan.items() if v.replace("-", "").isalnum() and v.isascii()}


@petugas
@require_POST
def cari(request: PermintaanPetugas) -> HttpResponse:
    """POST /kerja/cari/: the term waits in the session, so that no NIK or name stands in an address or a log."""
    # PostgreSQL takes no NUL character, and nobody means one.
    kata = " ".join(request.POST.get("q", "").replace("\x00", " ").split())[:80]
    request.session["cari_meja"] = kata
    if kata:
        tepat = Perkara.objects.untuk(request.user).filter(nomor__iexact=kata).first()
        if tepat is not None:
            return redirect(tepat.get_absolute_url())
    return HttpResponseRedirect(request.path.replace("/cari/", "/hasil/"))


@petugas
@require_GET
def hasil_cari(request: PermintaanPetugas) -> HttpResponse:
    """GET /kerja/hasil/: what the last search of this session finds."""
    kata = request.session.get("cari_meja", "")
    halaman = Paginator(untuk_daftar(temukan(request.user, kata)), PER_HALAMAN).get_page(request.GET.get("halaman"))
    pasangan = pasangan_peran(request.user)
    konteks = {
        "q": kata,
        "baris": [baris_perkara(p, pasangan) for p in halaman],
        "halaman": halaman,
        "kueri": "",
        "menu": "kerja",
    }
    return render(request, "meja/hasil_cari.html", konteks)


def temukan(pengguna: Pengguna, kata: str) -> QuerySet[Perkara]:
    """Cases in scope by number, name, NIK (whole, by its hash), porsi (whole) or nomor validasi."""
    if not kata:
        return Perkara.objects.none()
    angka = kata.replace(" ", "").replace(".", "")
    q = Q(nomor__icontains=kata) | Q(pemohon__nama__icontains=kata)
    if angka.isdigit():
        q |= Q(porsi__nomor=angka)
        if len(angka) == 16:
            q |= Q(pemohon__nik_hash=hash_nik(angka))
    if 6 <= len(angka) <= 30 and angka.isalnum():
        q |= Q(pemohon__setoran__nomor_validasi__iexact=angka)
    cocok = Perkara.objects.filter(q).order_by().values("pk")
    return Perkara.objects.untuk(pengguna).filter(pk__in=cocok).order_by(F("ditutup").desc(nulls_first=True), "-dibuka")
