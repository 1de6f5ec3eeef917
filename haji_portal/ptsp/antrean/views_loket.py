"""The officer's desk: one key each for calling, calling again, serving, skipping, moving on, done, and the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from haji_portal.akun.akses import PermintaanPetugas, petugas
from haji_portal.alur.apps import nama_perkara, semua_jenis
from haji_portal.alur.galat import Basi, LangkahGagal, Tertutup
from haji_portal.alur.pelaku import Petugas
from haji_portal.alur.penutupan import hari_kantor
from haji_portal.meja.asal import BIDANG
from haji_portal.meja.pembuka import alamat_buat_banyak
from haji_portal.meja.views import LihatLain

from ..models import Loket, PerangkatAntrean, Tiket
from . import panggil
from .izin import MELAYANI, MENGATUR, boleh, pelaku
from .urutan import ATURAN, antrean_loket, menunggu

MENU = {"menu": "antrean"}


@petugas
@require_safe
def loket(request: PermintaanPetugas) -> HttpResponse:
    """GET /antrean/loket/: without a desk the choice of one, else the number at the desk and who waits for it."""
    return _tampil(request, pelaku(request))


def _tampil(request: PermintaanPetugas, oleh: Petugas, gagal: str = "", status: int = 200) -> HttpResponse:
    milik = panggil.loket_saya(oleh)
    kantor = oleh.penugasan.kantor
    umum = MENU | {"kantor": kantor, "gagal": gagal, "boleh_atur": boleh(request, MENGATUR)}
    if milik is None or request.GET.get("ganti"):
        return render(request, "antrean/pilih_loket.html", umum | _pilihan(oleh, milik), status=status)
    konteks = umum | _konteks_loket(request, oleh, milik)
    return render(request, "antrean/loket.html", konteks, status=status)


def _pilihan(oleh: Petugas, milik: Loket | None) -> dict[str, Any]:
    kantor = oleh.penugasan.kantor
    hari = hari_kantor(kantor)
    semua = Loket.objects.filter(kantor=kantor, aktif=True).select_related("petugas", "kantor")
    daftar = [
        {"loket": k, "layanan": list(k.layanan.all()), "oleh": k.petugas if k.dipakai(hari) else None}
        for k in semua.prefetch_related("layanan")
    ]
    perangkat = PerangkatAntrean.objects.filter(kantor=kantor, dicabut=None).exists()
    return {"daftar": daftar, "milik": milik, "tanpa_perangkat": not perangkat}


def _konteks_loket(request: PermintaanPetugas, oleh: Petugas, milik: Loket) -> dict[str, Any]:
    kini, hari = timezone.now(), hari_kantor(milik.kantor)
    tiket = panggil.di_loket(milik)
    antre = antrean_loket(milik, hari)
    semua = Tiket.objects.filter(kantor=milik.kantor, tanggal=hari, keadaan=Tiket.Keadaan.DILEWATI)
    alamat = alamat_buat_banyak(oleh.pengguna, [j.jenis for j in semua_jenis()])
    utama = tiket.layanan.jenis if tiket else ""
    return {
        "loket": milik, "tiket": tiket, "aturan": ATURAN, "antre": [_baris(t, kini) for t in antre],
        "lain": menunggu(milik.kantor, hari).count() - len(antre),
        "dilewati": [_baris(t, kini) for t in semua.select_related("layanan").order_by("dipanggil")],
        "menit_kini": _menit(tiket.dilayani or tiket.dipanggil, kini) if tiket else None,
        "tujuan_layanan": milik.kantor.layanan_antrean.filter(aktif=True).exclude(pk=tiket.layanan_id if tiket else 0),
        "tujuan_loket": Loket.objects.filter(kantor=milik.kantor, aktif=True).exclude(pk=milik.pk),
        "berkas": nama_perkara(utama) if utama in alamat else "",
        "tidak_berhak": nama_perkara(utama) if utama and utama not in alamat else "",
        "berkas_lain": [(jenis, nama_perkara(jenis)) for jenis in alamat if jenis != utama],
    }  # fmt: skip


def _baris(tiket: Tiket, kini: Any) -> dict[str, Any]:
    return {"tiket": tiket, "menit": _menit(tiket.diambil, kini)}


def _menit(sejak: Any, kini: Any) -> int | None:
    return None if sejak is None else int((kini - sejak).total_seconds() // 60)


@petugas
@require_POST
def pilih(request: PermintaanPetugas) -> HttpResponse:
    """Sit down at a desk of the own office."""
    oleh = pelaku(request)
    satu = Loket.objects.filter(kantor=oleh.penugasan.kantor, pk=_angka(request.POST.get("loket"))).first()
    if satu is None:
        raise Http404
    try:
        panggil.duduk(satu, oleh=oleh)
    except LangkahGagal as galat:
        return _tampil(request, oleh, galat.kalimat, galat.status_http)
    return LihatLain(reverse("ptsp:antrean_loket"))


@petugas
@require_POST
def lepas(request: PermintaanPetugas) -> HttpResponse:
    """Leave the desk; a number that is still there must be finished first."""
    oleh = pelaku(request)
    milik = panggil.loket_saya(oleh)
    if milik is not None and (tiket := panggil.di_loket(milik)) is not None:
        return _tampil(request, oleh, f"Selesaikan {tiket.kode} lebih dulu.", 409)
    panggil.lepaskan(oleh)
    return LihatLain(reverse("ptsp:antrean_loket"))


@petugas
@require_POST
def aksi(request: PermintaanPetugas, aksi: str) -> HttpResponse:
    """One of AKSI on the number of the form: 303 done, 409 with the sentence why not, 404 not of this office."""
    if aksi not in AKSI:
        raise Http404
    oleh = pelaku(request)
    try:
        milik = panggil.loket_saya(oleh)
        if milik is None:
            raise Tertutup("Anda belum memakai loket. Pilih loket lebih dulu.")
        return LihatLain(AKSI[aksi](request, milik, oleh) or reverse("ptsp:antrean_loket"))
    except LangkahGagal as galat:
        return _tampil(request, oleh, galat.kalimat, galat.status_http)


def _angka(teks: str | None) -> int:
    """A positive id from a form, 0 for anything else."""
    teks = teks or ""
    return int(teks) if teks.isascii() and teks.isdigit() and len(teks) < 15 else 0


def _tiket(request: PermintaanPetugas, milik: Loket) -> Tiket:
    """The number named by the form, as the page saw it: an old page finds that it has changed."""
    semua = Tiket.objects.filter(kantor=milik.kantor_id, pk=_angka(request.POST.get("tiket")))
    tiket = semua.select_related("layanan", "kantor", "tamu").first()
    if tiket is None:
        raise Http404
    if tiket.versi != _angka(request.POST.get("versi")):
        raise Basi(f"{tiket.kode} sudah berubah: {tiket.get_keadaan_display().lower()}. Periksa keadaan terbaru.")
    return tiket


def _berikutnya(request: PermintaanPetugas, milik: Loket, oleh: Petugas) -> None:
    if panggil.panggil_berikutnya(milik, oleh=oleh, kini=_angka(request.POST.get("tiket")) or None) is None:
        messages.info(request, "Belum ada nomor yang menunggu loket ini.")


def _ulang(request: PermintaanPetugas, milik: Loket, oleh: Petugas) -> None:
    panggil.panggil_ulang(_tiket(request, milik), loket=milik, oleh=oleh)


def _hadir(request: PermintaanPetugas, milik: Loket, oleh: Petugas) -> None:
    panggil.layani(_tiket(request, milik), loket=milik, oleh=oleh)


def _lewati(request: PermintaanPetugas, milik: Loket, oleh: Petugas) -> None:
    panggil.lewati(_tiket(request, milik), loket=milik, oleh=oleh)


def _selesai(request: PermintaanPetugas, milik: Loket, oleh: Petugas) -> None:
    panggil.selesaikan(_tiket(request, milik), loket=milik, oleh=oleh)


def _lagi(request: PermintaanPetugas, milik: Loket, oleh: Petugas) -> None:
    panggil.panggil_lagi(_tiket(request, milik), loket=milik, oleh=oleh)


def _pindah(request: PermintaanPetugas, milik: Loket, oleh: Petugas) -> None:
    """`tujuan`: layanan-<id> or loket-<id>."""
    apa, _, pk = request.POST.get("tujuan", "").partition("-")
    tiket = _tiket(request, milik)
    layanan = milik.kantor.layanan_antrean.filter(pk=_angka(pk)).first() if apa == "layanan" else None
    ke = Loket.objects.filter(kantor=milik.kantor, aktif=True, pk=_angka(pk)).first() if apa == "loket" else None
    panggil.pindahkan(tiket, loket=milik, oleh=oleh, layanan=layanan, ke=ke)
    messages.success(request, f"{tiket.kode} dipindahkan ke {ke.sebutan if ke else tiket.layanan.nama}.")


def _buka(request: PermintaanPetugas, milik: Loket, oleh: Petugas) -> str:
    """The intake of a service for this number; whoever is at the desk counts as present."""
    tiket = _tiket(request, milik)
    jenis = request.POST.get("jenis") or tiket.layanan.jenis
    alamat = alamat_buat_banyak(oleh.pengguna, [j.jenis for j in semua_jenis() if j.jenis == jenis])
    if jenis not in alamat:
        raise Tertutup("Permohonan ini tidak dapat Anda buka di kantor ini.")
    if tiket.keadaan == Tiket.Keadaan.DIPANGGIL:
        panggil.layani(tiket, loket=milik, oleh=oleh)
    return f"{alamat[jenis]}?{urlencode({BIDANG: tiket.pk})}"


AKSI: dict[str, Callable[[PermintaanPetugas, Loket, Petugas], str | None]] = {
    "panggil": _berikutnya, "ulang": _ulang, "hadir": _hadir, "lewati": _lewati, "selesai": _selesai, "lagi": _lagi,
    "pindah": _pindah, "buka": _buka,
}  # fmt: skip


@petugas
@require_safe
def pintu(request: PermintaanPetugas) -> HttpResponse:
    """GET /antrean/: whoever calls to the desk, everybody else to the figures."""
    return redirect("ptsp:antrean_loket" if boleh(request, MELAYANI) else "ptsp:antrean_angka")
