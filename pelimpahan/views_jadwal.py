"""The organiser's days of interviews: list, one day, its size, its cancellation, its plan.

A Kanwil sees its own days, the centre those for recipients of other provinces (245/2021 E.2); a day of another
organiser does not exist (404), other roles have no such pages (403).
"""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from haji_portal.akun.akses import PermintaanPetugas, petugas
from haji_portal.akun.models import Kantor, Penugasan, Peran
from haji_portal.alur.galat import IsianSalah
from haji_portal.alur.kalender import kalender_kantor
from haji_portal.alur.tampil_waktu import hari_tanggal
from haji_portal.berkas.models import Lampiran
from haji_portal.meja.views import LihatLain

from .forms_jadwal import FormAbsen, FormBatalHari, FormHari
from .hari import kosongkan, masih_terjadwal, sudah_usai, tulis_slot, tutup_hari
from .hasil import jawab_hasil
from .models import HariWawancara, Janji, Slot
from .rencana import (
    calon_hari,
    jadwalkan_semua,
    menunggu_jadwal,
    sebab_belum_hadir,
    untuk_hari,
    usia_lansia,
    usia_pada,
    usulkan,
)
from .tahap import Status

MENU = {"menu": "wawancara"}
PER_HALAMAN = 20
SEKALIGUS = 200
"""Recipients that one plan may hold; each takes a transaction of some tens of milliseconds."""
PENYELENGGARA = {Peran.KANWIL: Kantor.Jenis.KANWIL, Peran.DIREKTORAT: Kantor.Jenis.PUSAT}
LANJUT = {
    (Status.MENUNGGU_WAWANCARA, Janji.Keadaan.HADIR): ("luluskan", "Isi hasil wawancara"),
    (Status.LULUS, Janji.Keadaan.HADIR): ("ambil_foto", "Ambil foto"),
    (Status.SPH_TERBIT, Janji.Keadaan.HADIR): ("serahkan_sph", "Serahkan SPH"),
}
"""What the interviewer does next with a recipient of the roster: the step and its words."""


def tugas_penyelenggara(request: PermintaanPetugas) -> list[Penugasan]:
    """The assignments under which this person organises interviews. Raises PermissionDenied without one."""
    tugas = [t for t in request.penugasan if PENYELENGGARA.get(Peran(t.peran)) == t.kantor.jenis]
    if not tugas:
        raise PermissionDenied
    return tugas


def hari_saya(request: PermintaanPetugas, pk: int) -> tuple[HariWawancara, Penugasan]:
    """A day of an own organiser and the assignment to act under. Raises Http404."""
    tugas = {t.kantor_id: t for t in tugas_penyelenggara(request)}
    row = HariWawancara.objects.select_related("kantor").filter(pk=pk, kantor__in=tugas).first()
    if row is None:
        raise Http404
    return row, tugas[row.kantor_id]


def terhitung(rows: QuerySet[HariWawancara]) -> QuerySet[HariWawancara]:
    """Days with `banyak` slots, `isi` of them held and `hadir` recipients."""
    return rows.annotate(
        banyak=Count("slot", filter=Q(slot__ditutup=False), distinct=True),
        isi=Count("slot__janji", filter=Q(slot__janji__keadaan__in=Janji.MEMEGANG), distinct=True),
        hadir=Count("slot__janji", filter=Q(slot__janji__keadaan=Janji.Keadaan.HADIR), distinct=True),
    )


@petugas
@require_GET
def daftar(request: PermintaanPetugas) -> HttpResponse:
    """The coming days, who still waits for one, and the days that are over."""
    tugas = tugas_penyelenggara(request)[0]
    kini = timezone.localdate(timezone=tugas.kantor.zona_waktu)
    semua = terhitung(HariWawancara.objects.filter(kantor=tugas.kantor))
    datang = Q(tanggal__gte=kini, dibatalkan__isnull=True)
    lewat = Paginator(semua.exclude(datang).order_by("-tanggal", "-pk"), PER_HALAMAN)
    menunggu = menunggu_jadwal(tugas.kantor).values_list("kantor__nama_pendek", flat=True)
    konteks = MENU | {
        "kantor": tugas.kantor,
        "kini": kini,
        "datang": semua.filter(datang).order_by("tanggal", "pk"),
        "halaman": lewat.get_page(request.GET.get("halaman")),
        "menunggu": sorted(Counter(menunggu).items()),
    }
    return render(request, "pelimpahan/jadwal.html", konteks)


@petugas
@require_http_methods(["GET", "POST"])
def baru(request: PermintaanPetugas) -> HttpResponse:
    """A new day; its slots are written with it."""
    tugas = tugas_penyelenggara(request)[0]
    return _isi(request, HariWawancara(kantor=tugas.kantor), tugas, "Hari wawancara baru")


@petugas
@require_http_methods(["GET", "POST"])
def ubah(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """Another size of a day: more slots, or fewer where nobody holds them."""
    row, tugas = hari_saya(request, pk)
    if row.dibatalkan:
        raise Http404
    return _isi(request, row, tugas, f"Ubah {hari_tanggal(row.tanggal)}")


def _isi(request: PermintaanPetugas, row: HariWawancara, tugas: Penugasan, judul: str) -> HttpResponse:
    form = FormHari(request.POST if request.method == "POST" else None, instance=row, kantor=tugas.kantor)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                hari_baru = form.save()
                tulis_slot(hari_baru)
        except IsianSalah as galat:
            for nama, kalimat in galat.galat.items():
                form.add_error(None if nama == "__all__" else nama, kalimat)
        else:
            banyak = hari_baru.slot.filter(ditutup=False).count()
            messages.success(request, f"{hari_tanggal(hari_baru.tanggal)}: {banyak} slot tersedia.")
            if not kalender_kantor(tugas.kantor).hari_kerja(hari_baru.tanggal):
                messages.warning(request, "Hari itu bukan hari kerja. Periksa lagi tanggalnya sebelum mengundang.")
            return LihatLain(f"../{hari_baru.pk}/" if judul.startswith("Hari") else "../")
    konteks = MENU | {"form": form, "judul": judul, "hari": row if row.pk else None}
    return render(request, "pelimpahan/jadwal_isi.html", konteks, status=422 if form.errors else 200)


@petugas
@require_http_methods(["GET", "POST"])
def batal(request: PermintaanPetugas, pk: int) -> HttpResponseBase:
    """Cancel a day, or go on with a cancellation that was cut off: its recipients move, or wait for a new schedule."""
    row, tugas = hari_saya(request, pk)
    antre = list(masih_terjadwal(row))
    if row.dibatalkan and not antre:
        messages.info(request, "Hari ini sudah dibatalkan, dan tidak ada lagi penerima yang terjadwal.")
        return redirect("wawancara:hari", row.pk)
    form = FormBatalHari(request.POST if request.method == "POST" else None, hari=row)
    if request.method == "POST" and form.is_valid():
        tutup_hari(row)
        if not antre:
            messages.success(request, "Hari wawancara dibatalkan. Tidak ada penerima yang terjadwal.")
            return LihatLain("../")
        jalan = kosongkan(row, form.cleaned_data["ke"], form.cleaned_data["alasan"], tugas)
        return jawab_hasil(request, row, "pembatalan hari", f"Memindahkan {len(antre)} penerima", jalan, len(antre))
    konteks = MENU | {"form": form, "hari": row, "antre": antre}
    return render(request, "pelimpahan/jadwal_batal.html", konteks, status=422 if form.errors else 200)


@petugas
@require_http_methods(["GET", "POST"])
def rencana(request: PermintaanPetugas, pk: int) -> HttpResponseBase:
    """Who waits, with a slot proposed to each; POST confirms the ticked ones, each in its own transaction."""
    row, tugas = hari_saya(request, pk)
    if row.dibatalkan:
        return redirect("wawancara:hari", row.pk)
    if request.method == "POST":
        nomor = [n for n in dict.fromkeys(request.POST.getlist("perkara")) if "\x00" not in n][:SEKALIGUS]
        if nomor:
            antre, jalan = jadwalkan_semua(row, nomor, request.POST, tugas)
            kata = f"Menjadwalkan {len(antre)} penerima"
            return jawab_hasil(request, row, "penjadwalan", kata, jalan, len(antre), asing=len(nomor) - len(antre))
        messages.warning(request, "Centang dulu penerima yang akan dijadwalkan.")
    rows = untuk_hari(row)
    pilihan = sorted(set(rows.values_list("kantor__slug", "kantor__nama_pendek")), key=lambda p: p[1])
    kantor = request.GET.get("kantor", "")
    kantor = kantor if kantor in dict(pilihan) else ""
    calon = usulkan(row, calon_hari(row, rows.filter(kantor__slug=kantor) if kantor else rows))
    usulan = [c for c in calon if c.slot][:SEKALIGUS]
    konteks = MENU | {
        "hari": row,
        "usulan": usulan,
        "luar": any(c.luar for c in usulan),
        "sisa": [c for c in calon if not c.slot],
        "pilihan": pilihan,
        "kantor": kantor,
    }
    return render(request, "pelimpahan/jadwal_rencana.html", konteks)


@petugas
@require_GET
def hari(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """The roster of a day: who comes when, who is there, and what is to be done next with each."""
    row, _ = hari_saya(request, pk)
    kini = timezone.now()
    batas = usia_lansia(row)
    baris = [_baris(j, kini, batas) for j in daftar_janji(row)]
    absen = [b for b in baris if b["belum"]] if sudah_usai(row, kini) else []
    isi = Counter(b["janji"].keadaan for b in baris)
    kosong = Slot.objects.filter(hari=row, ditutup=False).count() - sum(isi[k] for k in Janji.MEMEGANG)
    konteks = MENU | {
        "hari": row,
        "untuk": [k.nama_pendek for k in row.untuk.all()],
        "baris": baris,
        "hadir": isi[Janji.Keadaan.HADIR],
        "kosong": max(kosong, 0),
        "menunggu": 0 if row.dibatalkan else untuk_hari(row).count(),
        "nomor_meja": range(1, row.meja + 1),
        "undangan": sum(b["diundang"] for b in baris),
        "absen": absen,
        "form_absen": FormAbsen(),
        "lewat": sudah_usai(row, kini),
        "terjadwal": sum(b["terjadwal"] for b in baris),
    }
    return render(request, "pelimpahan/jadwal_hari.html", konteks)


def daftar_janji(row: HariWawancara) -> QuerySet[Janji]:
    """The appointments of a day that count, in the order in which people come; `foto`: the new photo is taken."""
    foto = Lampiran.objects.filter(perkara=OuterRef("perkara"), jenis="foto_3x4", diganti_pada__isnull=True)
    janji = Janji.objects.filter(slot__hari=row, keadaan__in=Janji.MEMEGANG).annotate(foto=Exists(foto))
    janji = janji.select_related("slot__hari__kantor", "perkara__pemohon", "perkara__kantor", "perkara__porsi")
    return janji.order_by(F("slot__jam"), "slot__meja")


def _baris(janji: Janji, kini: datetime.datetime, batas: int) -> dict[str, Any]:
    p = janji.perkara
    langkah, kata = LANJUT.get((Status(p.tahap), Janji.Keadaan(janji.keadaan)), ("", ""))
    if langkah == "ambil_foto" and janji.foto:  # type: ignore[attr-defined]
        langkah, kata = "", ""
    berlaku = janji.keadaan in Janji.BERLAKU
    terjadwal = berlaku and p.tahap in (Status.DIJADWALKAN, Status.MENUNGGU_WAWANCARA)
    return {
        "janji": janji,
        "perkara": p,
        "lansia": usia_pada(p.pemohon.tanggal_lahir, janji.slot.hari.tanggal) >= batas,
        "langkah": langkah,
        "kata": kata,
        "sebab": sebab_belum_hadir(janji, kini),
        "belum": janji.keadaan == Janji.Keadaan.TERJADWAL and p.tahap == Status.MENUNGGU_WAWANCARA,
        "diundang": berlaku and p.tahap == Status.MENUNGGU_WAWANCARA,
        "terjadwal": terjadwal,
        "tahap": p.info_tahap.label,
    }
