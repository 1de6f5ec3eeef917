"""Kotak kerja: one list of what waits for me, sorted by time left; and the search over all cases in my scope."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from haji_portal.akun.akses import petugas
from haji_portal.akun.models import Kantor, Pengguna, Penugasan
from haji_portal.alur.apps import model_perkara
from haji_portal.alur.models import Giliran, Perkara
from haji_portal.jemaah.models import Setoran, hash_nik

from .baris import HalamanPerkara, baris_perkara
from .jenis import PEMBACA, jenis_terlihat, melihat_banyak_kantor
from .permintaan import PermintaanPetugas
from .porsi import temukan_porsi

PER_HALAMAN = 25
TAB = {
    "giliran": "Giliran saya",
    "terlambat": "Terlambat",
    "dikembalikan": "Dikembalikan",
    "menunggu": "Menunggu pihak lain",
    "berjalan": "Semua yang berjalan",
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
    "berjalan": (
        "Tidak ada perkara yang berjalan",
        "Semua perkara dalam wilayah Anda yang belum selesai akan muncul di sini, yang terbaru di atas.",
    ),
    "selesai": (
        "Belum ada yang selesai hari ini",
        "Perkara yang ditutup hari ini akan muncul di sini.",
    ),
}


def tab_untuk(pengguna: Pengguna) -> dict[str, str]:
    """The tabs of a person: turns for those who can have one, everything under way for those who oversee others."""
    tugas = pengguna.penugasan_berlaku()
    pembaca, banyak = all(t.peran in PEMBACA for t in tugas), melihat_banyak_kantor(tugas)
    return {
        kode: label
        for kode, label in TAB.items()
        if (banyak or pembaca if kode == "berjalan" else kode == "selesai" or not pembaca)
    }


def pasangan_peran(pengguna: Pengguna) -> set[tuple[str, int]]:
    """(role, office id) of each current assignment: what a turn is matched with."""
    return {(t.peran, t.kantor_id) for t in pengguna.penugasan_berlaku()}


def giliran_saya(pengguna: Pengguna) -> QuerySet[Giliran]:
    """The turns of a person's roles in their offices, one per case: whoever holds two roles sees a case once."""
    pasangan = pasangan_peran(pengguna)
    q = Q(pk__in=[])
    for peran, kantor in pasangan:
        q |= Q(peran=peran, kantor_id=kantor)
    semua = Giliran.objects.filter(q)
    if len(pasangan) < 2:
        return semua
    return semua.exclude(Exists(semua.filter(perkara=OuterRef("perkara"), pk__lt=OuterRef("pk"))))


def urutkan(giliran: QuerySet[Giliran]) -> QuerySet[Giliran]:
    """The nearest deadline first, turns without a deadline last; in the order of the index `giliran_kotak`."""
    return giliran.order_by(F("tenggat").asc(nulls_last=True), "perkara_id")


def isi_tab(pengguna: Pengguna, tab: str) -> QuerySet[Any]:
    """What one tab lists, in the order in which it is to be worked on: turns, or cases that were closed today."""
    if tab == "selesai":
        awal = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return Perkara.objects.untuk(pengguna).filter(ditutup__gte=awal).order_by("-ditutup", "-pk")
    if tab == "berjalan":
        return Perkara.objects.untuk(pengguna).terbuka().order_by("-dibuka", "-pk")
    milik = giliran_saya(pengguna)
    if tab == "menunggu":
        return urutkan(milik.exclude(pihak=Giliran.Pihak.KANTOR))
    kantor = milik.filter(pihak=Giliran.Pihak.KANTOR)
    if tab == "terlambat":
        kantor = kantor.filter(tenggat__lt=timezone.now())
    elif tab == "dikembalikan":
        kantor = kantor.filter(putaran__gt=1)
    return urutkan(kantor)


def hitung_tab(pengguna: Pengguna) -> dict[str, int]:
    """Cases per tab: one query over the turns, one for what was closed today; what is under way is not counted."""
    kantor = Q(pihak=Giliran.Pihak.KANTOR)
    hasil = giliran_saya(pengguna).aggregate(
        giliran=Count("pk", filter=kantor),
        terlambat=Count("pk", filter=kantor & Q(tenggat__lt=timezone.now())),
        dikembalikan=Count("pk", filter=kantor & Q(putaran__gt=1)),
        menunggu=Count("pk", filter=~kantor),
    )
    return hasil | {"selesai": isi_tab(pengguna, "selesai").count()}


def saring(qs: QuerySet[Any], request: PermintaanPetugas) -> tuple[QuerySet[Any], dict[str, str]]:
    """Apply the filters of the address (kind, channel, office) to cases or turns; unknown values are ignored."""
    lewat = "" if qs.model is Perkara else "perkara__"
    pilihan = _aman({n: request.GET.get(n, "") for n in ("layanan", "saluran", "kantor")})
    if pilihan.get("layanan") in {satu.jenis for satu in jenis_terlihat(request.penugasan)}:
        qs = qs.filter(**{f"{lewat}jenis": pilihan["layanan"]})
    if pilihan.get("saluran") in Perkara.Saluran.values:
        qs = qs.filter(**{f"{lewat}saluran": pilihan["saluran"]})
    if "kantor" in pilihan:
        qs = qs.filter(**{f"{lewat}kantor__slug": pilihan["kantor"]})
    return qs, pilihan


@petugas
@require_GET
def kotak_kerja(request: PermintaanPetugas) -> HttpResponse:
    """GET /kerja/?tab=..."""
    daftar_tab = tab_untuk(request.user)
    tab = request.GET.get("tab", "")
    tab = tab if tab in daftar_tab else next(iter(daftar_tab))
    qs, pilihan = saring(isi_tab(request.user, tab), request)
    pasangan = pasangan_peran(request.user)
    hitung = hitung_tab(request.user)
    tumpukan = HalamanPerkara(qs, PER_HALAMAN, jumlah=None if pilihan else hitung.get(tab))
    halaman = tumpukan.get_page(request.GET.get("halaman"))
    konteks = {
        "baris": [baris_perkara(p, pasangan) for p in halaman],
        "halaman": halaman,
        "tab": tab,
        "daftar_tab": [{"kode": k, "label": v, "jumlah": hitung.get(k)} for k, v in daftar_tab.items()],
        "kosong": KOSONG[tab],
        "pilihan": pilihan,
        "kueri": "".join(f"&{k}={v}" for k, v in {"tab": tab, **pilihan}.items()),
        "menu": "kerja",
        **pilihan_saringan(request.user),
    }
    return render(request, "meja/kotak_kerja.html", konteks)


def pilihan_saringan(pengguna: Pengguna) -> dict[str, Any]:
    """What the filter row offers: kinds that this person can meet; offices only to those who see more than one."""
    tugas = pengguna.penugasan_berlaku()
    banyak = melihat_banyak_kantor(tugas)
    return {
        "pilihan_layanan": [(satu.jenis, satu.nama) for satu in jenis_terlihat(tugas)],
        "pilihan_saluran": Perkara.Saluran.choices,
        "pilihan_kantor": [(k.slug, k.nama_pendek) for k in _kantor_terlihat(tugas)] if banyak else [],
    }


def _kantor_terlihat(tugas: list[Penugasan]) -> QuerySet[Kantor]:
    """The offices by which somebody who sees several may filter: those of the own provinces, or all."""
    kantor = Kantor.objects.filter(jenis=Kantor.Jenis.KABKOTA, aktif=True)
    if all(t.kantor.jenis == Kantor.Jenis.KANWIL and t.peran not in PEMBACA for t in tugas):
        kantor = kantor.filter(induk__in=[t.kantor_id for t in tugas])
    return kantor


def _aman(pilihan: dict[str, str]) -> dict[str, str]:
    """Only values that can stand in an address and in a query as they are."""
    return {k: v for k, v in pilihan.items() if v.replace("-", "").isalnum() and v.isascii()}


@petugas
@require_POST
def cari(request: PermintaanPetugas) -> HttpResponse:
    """POST /kerja/cari/: the term waits in the session, so that no NIK or name stands in an address or a log.

    The whole number of a case or of a porsi opens its page at once.
    """
    # PostgreSQL takes no NUL character, and nobody means one.
    kata = " ".join(request.POST.get("q", "").replace("\x00", " ").split())[:80]
    request.session["cari_meja"] = kata
    if kata:
        tepat = Perkara.objects.untuk(request.user).filter(nomor=kata.upper()).first()
        if tepat is not None:
            return redirect(tepat.get_absolute_url())
        if (porsi := temukan_porsi(request.user, kata)) is not None:
            return redirect("meja:porsi", porsi.pk)
    return HttpResponseRedirect(request.path.replace("/cari/", "/hasil/"))


@petugas
@require_GET
def hasil_cari(request: PermintaanPetugas) -> HttpResponse:
    """GET /kerja/hasil/: what the last search of this session finds."""
    kata = request.session.get("cari_meja", "")
    halaman = HalamanPerkara(temukan(request.user, kata), PER_HALAMAN).get_page(request.GET.get("halaman"))
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
    """Cases in scope by number, name of pilgrim or asker, NIK (whole, by its hash), porsi (whole) or nomor validasi."""
    if not kata:
        return Perkara.objects.none()
    angka = kata.replace(" ", "").replace(".", "")
    # Joined to one person and one porsi only, so an office's search reads that office's cases and no others.
    q = Q(nomor__contains=kata.upper()) | Q(pemohon__nama__icontains=kata)
    for satu in jenis_terlihat(pengguna.penugasan_berlaku()):
        model = model_perkara(satu.jenis)
        for nama in model.CARI_NAMA:
            q |= Q(**{f"{model._meta.model_name}__{nama}__icontains": kata})
    if angka.isdigit():
        q |= Q(porsi__nomor=angka)
        if len(angka) == 16:
            q |= Q(pemohon__nik_hash=hash_nik(angka))
    if 6 <= len(angka) <= 30 and angka.isalnum() and any(huruf.isdigit() for huruf in angka):
        setoran = Setoran.objects.filter(nomor_validasi__iexact=angka)
        q |= Q(pemohon__in=setoran.order_by().values("jemaah"))
    return Perkara.objects.untuk(pengguna).filter(q).order_by(F("ditutup").desc(nulls_first=True), "-dibuka")
