"""Pages of dispositions: inbox and what was sent, one of them, sending and passing on, the lembar."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from haji_portal.akun.akses import PermintaanPetugas, petugas
from haji_portal.akun.models import Kantor, Pengguna, Penugasan
from haji_portal.alur.galat import IsianSalah, LangkahGagal
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Petugas
from haji_portal.alur.tampil_waktu import saat
from haji_portal.meja.langkah import catat_galat
from haji_portal.meja.views import LihatLain

from ..models import Disposisi, SuratMasuk
from . import catat
from .cakupan import PENGIRIM, boleh_baca_isi, surat_terlihat, terlihat, tugas
from .forms import FormKirim, FormTindak
from .hitung import TERBUKA, hitung, kotak
from .kabar import sebut_pokok
from .lembar import gambar_lembar
from .pohon import jalur, lewat, rantai, satu
from .views_surat import _kirim

MENU = {"menu": "disposisi"}
PER_HALAMAN = 25
TAB = {
    "baru": "Belum dibaca", "terbuka": "Belum selesai", "lewat": "Lewat tenggat", "selesai": "Selesai",
    "terkirim": "Terkirim",
}  # fmt: skip


@petugas
@require_GET
def daftar(request: PermintaanPetugas) -> HttpResponse:
    """The inbox in tabs, and what this person sent."""
    _bertugas(request)
    jumlah = hitung(request.user)
    diminta = request.GET.get("tab", "")
    tab = diminta if diminta in TAB else ("baru" if jumlah["baru"] else "terbuka")
    rows = _isi_tab(request.user, tab).select_related("kantor", "surat", "perkara")
    halaman = Paginator(rows, PER_HALAMAN).get_page(request.GET.get("halaman"))
    zona = request.penugasan[0].kantor.zona_waktu
    punya = dict(kotak(request.user).filter(disposisi__in=list(halaman)).values_list("disposisi", "dibaca"))
    baris = [
        {
            "d": d, "pokok": sebut_pokok(d), "saat": saat(d.dibuat, zona), "perintah": "; ".join(d.perintah),
            "perihal": d.surat.perihal if d.surat and boleh_baca_isi(request.user, d.surat) else "",
            "tenggat": saat(d.tenggat, zona) if d.tenggat else "",
            "lewat": tab in ("baru", "terbuka", "lewat") and lewat(d.tenggat, timezone.now()),
            "baru": d.pk in punya and punya[d.pk] is None,
        }
        for d in halaman
    ]  # fmt: skip
    konteks = {
        "baris": baris, "halaman": halaman, "tab": tab, "kueri": f"&tab={tab}",
        "pilihan": [(kode, nama, jumlah.get(kode)) for kode, nama in TAB.items()],
    }  # fmt: skip
    return render(request, "disposisi/daftar.html", MENU | konteks)


def _isi_tab(pengguna: Pengguna, tab: str) -> QuerySet[Disposisi]:
    if tab == "terkirim":
        return Disposisi.objects.filter(pengirim=pengguna)
    saring = {
        "baru": TERBUKA & Q(dibaca__isnull=True), "terbuka": TERBUKA, "selesai": Q(selesai__isnull=False),
        "lewat": TERBUKA & Q(disposisi__tenggat__lt=timezone.now()),
    }  # fmt: skip
    rows = Disposisi.objects.filter(pk__in=kotak(pengguna).filter(saring[tab]).values("disposisi"))
    return rows.order_by("dibuat", "pk") if tab != "selesai" else rows


def _bertugas(request: PermintaanPetugas) -> None:
    """Dispositions live in district offices; elsewhere there is no such page."""
    if all(t.kantor.jenis != Kantor.Jenis.KABKOTA for t in request.penugasan):
        raise PermissionDenied


def _satu(request: PermintaanPetugas, pk: int) -> Disposisi:
    semua = terlihat(request.user).select_related("kantor", "surat__kantor", "perkara__kantor", "induk")
    return get_object_or_404(semua, pk=pk)


@petugas
@require_POST
def buka(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """Open it from the inbox: from now on it is read."""
    catat.baca(_satu(request, pk), request.user)
    return LihatLain(reverse("disposisi:detail", args=[pk]))


@petugas
@require_GET
def detail(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """One disposition, what became of it at each recipient, and the chain around it."""
    return _tampil(request, _satu(request, pk))


def _tampil(
    request: PermintaanPetugas, d: Disposisi, form: FormTindak | None = None, gagal: str = "", status: int = 200
) -> HttpResponse:
    milikku = list(kotak(request.user).filter(disposisi=d))
    terbuka = d.penerima.filter(TERBUKA).exists()
    pokok: SuratMasuk | Perkara | None = d.surat or d.perkara
    url = ""
    if d.perkara and Perkara.objects.untuk(request.user).filter(pk=d.perkara.pk).exists():
        url = d.perkara.get_absolute_url()
    elif d.surat and surat_terlihat(request.user).filter(pk=d.surat.pk).exists():
        url = reverse("surat_masuk:detail", args=[d.surat.pk])
    konteks = {
        "d": d, "simpul": satu(d), "rantai": rantai(pokok) if pokok else [], "pokok": sebut_pokok(d), "url": url,
        "perihal": d.surat.perihal if d.surat and boleh_baca_isi(request.user, d.surat) else "",
        "belum_dibaca": any(p.dibaca is None for p in milikku),
        "boleh_selesai": any(p.selesai is None for p in milikku),
        "boleh_buka_lagi": any(p.selesai for p in milikku) and not d.langkah,
        "boleh_cabut": d.pengirim_id == request.user.pk and not d.langkah and terbuka,
        "boleh_teruskan": bool(milikku) and _penerus(request, d) is not None,
        "form": form or FormTindak(), "gagal": gagal,
    }  # fmt: skip
    return render(request, "disposisi/detail.html", MENU | konteks, status=status)


@petugas
@require_POST
def tindak(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """aksi: selesai | buka_lagi | cabut, each with a note."""
    d = _satu(request, pk)
    form = FormTindak(request.POST)
    if not form.is_valid():
        return _tampil(request, d, form, status=422)
    aksi, catatan = form.cleaned_data["aksi"], form.cleaned_data["catatan"]
    try:
        if aksi == "cabut":
            terjadi = catat.cabut(d, Petugas(request.user, request.penugasan[0]), catatan)
        else:
            kerja = catat.selesaikan if aksi == "selesai" else catat.buka_lagi
            terjadi = kerja(d, request.user, catatan)
    except LangkahGagal as galat:
        return _tampil(request, d, form, galat.kalimat, galat.status_http)
    kata = {"selesai": "Disposisi dinyatakan selesai.", "buka_lagi": "Disposisi dibuka lagi.",
            "cabut": "Disposisi dicabut dari penerima yang belum menyelesaikannya."}[aksi]  # fmt: skip
    messages.success(request, kata) if terjadi else messages.info(request, "Sudah dilakukan sebelumnya.")
    return LihatLain(reverse("disposisi:detail", args=[pk]))


@petugas
@require_http_methods(["GET", "POST"])
def teruskan(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """Pass on what was sent to oneself; it hangs below that one in the chain."""
    d = _satu(request, pk)
    tugasku = _penerus(request, d)
    if tugasku is None or not kotak(request.user).filter(disposisi=d).exists():
        raise PermissionDenied
    return _kirimkan(request, tugasku, {"induk": d}, d, sifat=d.sifat)


def _penerus(request: PermintaanPetugas, d: Disposisi) -> Penugasan | None:
    return next((t for t in tugas(request.user, PENGIRIM) if t.kantor_id == d.kantor_id), None)


@petugas
@require_http_methods(["GET", "POST"])
def kirim_surat(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """A disposition about a letter of the agenda."""
    surat = get_object_or_404(surat_terlihat(request.user).select_related("kantor"), pk=pk)
    tugasku = next((t for t in tugas(request.user, PENGIRIM) if t.kantor_id == surat.kantor_id), None)
    if tugasku is None:
        raise PermissionDenied
    return _kirimkan(request, tugasku, {"surat": surat}, surat, sifat=surat.sifat)


@petugas
@require_http_methods(["GET", "POST"])
def kirim_perkara(request: PermintaanPetugas, nomor: str) -> HttpResponse:
    """A disposition about a case of the own office, beside its SOP."""
    perkara = get_object_or_404(Perkara.objects.untuk(request.user).select_related("kantor"), nomor=nomor)
    tugasku = next((t for t in tugas(request.user, PENGIRIM) if t.kantor_id == perkara.kantor_id), None)
    if tugasku is None:
        raise PermissionDenied
    return _kirimkan(request, tugasku, {"perkara": perkara}, perkara)


def _kirimkan(
    request: PermintaanPetugas, tugasku: Penugasan, pokok: dict[str, Any], asal: Any, sifat: str = "biasa"
) -> HttpResponse:
    form = FormKirim(request.POST or None, kantor=tugasku.kantor, oleh=request.user, sifat=sifat)
    gagal, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                d = catat.kirim(Petugas(request.user, tugasku), form.isi(), **pokok)
            except IsianSalah as galat:
                catat_galat(form, galat)
            except LangkahGagal as galat:
                gagal, status = galat.kalimat, galat.status_http
            else:
                messages.success(request, f"Disposisi untuk {sebut_pokok(d)} dikirim kepada {_sebut_penerima(d)}.")
                return LihatLain(reverse("disposisi:detail", args=[d.pk]))
    konteks = {"form": form, "gagal": gagal, "pokok": _sebut_asal(asal)}
    return render(request, "disposisi/kirim.html", MENU | konteks, status=status)


def _sebut_asal(asal: Any) -> str:
    if isinstance(asal, Disposisi):
        return sebut_pokok(asal)
    return f"surat masuk agenda {asal.nomor_agenda}" if isinstance(asal, SuratMasuk) else f"perkara {asal.nomor}"


def _sebut_penerima(d: Disposisi) -> str:
    return "; ".join(p.nama or p.jabatan for p in d.penerima.all())


@petugas
@require_GET
def lembar(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """The sheet as PDF. A closed letter's subject is on it: only for those who may read the letter."""
    d = _satu(request, pk)
    if d.surat and not boleh_baca_isi(request.user, d.surat):
        raise PermissionDenied
    return _kirim(gambar_lembar(jalur(d)[-1]), "application/pdf", f"lembar-disposisi-{d.pk}.pdf", simpan=False)
