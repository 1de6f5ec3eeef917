"""The day itself: attendance by the QR of the invitation or by hand, who did not come, and the papers of the day."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from haji_portal.akun.akses import PermintaanPetugas, petugas, tujuan_aman
from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.pelaku import Petugas
from haji_portal.berkas.views import KEBIJAKAN
from haji_portal.meja.borongan import kalimat_gagal
from haji_portal.meja.views import LihatLain
from haji_portal.ptsp.jawab import tampil

from .forms_jadwal import FormAbsen
from .hari import sudah_usai
from .hasil import jawab_hasil
from .lembar_hari import gambar_daftar_hadir, gambar_undangan
from .models import Janji
from .rencana import angka, sebab_belum_hadir, tandai_absen
from .views_jadwal import MENU, hari_saya, tugas_penyelenggara


@require_http_methods(["GET", "HEAD", "POST"])
def hadir(request: HttpRequest, token: str) -> HttpResponseBase:
    """The address in the QR code of an invitation. Who is not logged in reads the same page for every code: it looks
    nothing up, so the family learns what the code is for, and a stranger learns nothing."""
    if not request.user.is_authenticated and request.method != "POST":
        return tampil(request, "pelimpahan/hadir_umum.html", {"alamat": request.path})
    return _hadir(request, token)


@petugas
def _hadir(request: PermintaanPetugas, token: str) -> HttpResponse:
    tugas = {t.kantor_id: t for t in tugas_penyelenggara(request)}
    semua = Janji.objects.select_related("slot__hari__kantor", "perkara__pemohon", "perkara__kantor")
    janji = semua.filter(token=token, slot__hari__kantor__in=tugas).first()
    if janji is None:
        raise Http404
    sebab, gagal = sebab_belum_hadir(janji, timezone.now()), ""
    if request.method == "POST" and not sebab:
        pelaku = Petugas(request.user, tugas[janji.slot.hari.kantor_id])
        versi = angka(request.POST.get("versi"))
        try:
            jalankan(janji.perkara, "catat_hadir", oleh=pelaku, versi=versi)
        except LangkahGagal as galat:
            gagal = kalimat_gagal(galat)
        else:
            messages.success(request, f"{janji.perkara.pemohon.nama} hadir.")
            return LihatLain(tujuan_aman(request, request.path))
    kini = janji.perkara.janji_kini
    konteks = MENU | {
        "janji": janji, "hari": janji.slot.hari, "perkara": janji.perkara, "sebab": sebab, "gagal": gagal,
        "pengganti": kini if kini and kini.pk != janji.pk else None,
        "boleh_wawancara": janji.keadaan == Janji.Keadaan.HADIR and janji.perkara.tahap == "menunggu_wawancara",
    }  # fmt: skip
    return render(request, "pelimpahan/hadir.html", konteks, status=409 if gagal else 200)


@petugas
@require_POST
def absen(request: PermintaanPetugas, pk: int) -> HttpResponseBase:
    """Those who were ticked did not come; only when the day is over."""
    hari, tugas = hari_saya(request, pk)
    form = FormAbsen(request.POST)
    nomor = [n for n in dict.fromkeys(request.POST.getlist("perkara")) if "\x00" not in n]
    if not sudah_usai(hari, timezone.now()):
        messages.warning(request, "Hari ini belum selesai; ketidakhadiran dicatat sesudahnya.")
    elif not nomor or not form.is_valid():
        messages.warning(request, "Centang penerima yang tidak datang dan isi alasannya.")
    else:
        antre, jalan = tandai_absen(hari, nomor, form.cleaned_data["alasan"], tugas)
        kata = f"Mencatat {len(antre)} penerima"
        return jawab_hasil(request, hari, "ketidakhadiran", kata, jalan, len(antre), asing=len(nomor) - len(antre))
    return LihatLain("../")


@petugas
@require_GET
def daftar_hadir(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """The roster on paper, with room for signatures."""
    hari, _ = hari_saya(request, pk)
    return _pdf(gambar_daftar_hadir(hari), f"daftar-hadir-{hari.tanggal:%Y-%m-%d}")


@petugas
@require_GET
def undangan(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """The invitations of a day in one file, in the order of the roster; of one desk with `?meja=`."""
    hari, _ = hari_saya(request, pk)
    meja = angka(request.GET.get("meja"))
    isi = gambar_undangan(hari, meja if meja > 0 else None)
    if not isi:
        messages.warning(request, "Belum ada undangan: undangan dibuat sesudah Ditjen membuka blokir porsinya.")
        return LihatLain("../")
    return _pdf(isi, f"undangan-{hari.tanggal:%Y-%m-%d}" + (f"-meja-{meja}" if meja > 0 else ""))


def _pdf(isi: bytes, nama: str) -> HttpResponse:
    jawab = HttpResponse(isi, content_type="application/pdf")
    jawab["Content-Disposition"] = f'inline; filename="{nama}.pdf"'
    jawab["X-Content-Type-Options"] = "nosniff"
    jawab["Content-Security-Policy"] = KEBIJAKAN
    return jawab
