"""Pages of the daily reconciliation under /rekonsiliasi/: the centre sees every partner, a partner its own days.

Other roles 403; a day of another partner does not exist (404).
"""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from haji_portal.akun.akses import petugas
from haji_portal.akun.models import Kantor, Penugasan, Peran
from haji_portal.alur.models import Perkara
from haji_portal.alur.tampil_waktu import rupiah, saat, tanggal
from haji_portal.berkas.saring import UnggahanDitolak
from haji_portal.berkas.tabel import MIME, tulis_tabel
from haji_portal.dana.mitra.tanya import MitraBisu, MitraMati
from haji_portal.dana.models import BarisRekonsiliasi, Mitra, Rekonsiliasi
from haji_portal.dana.rekonsiliasi.harian import ambil, hari_tanpa_mutasi, mitra_terpasang
from haji_portal.dana.rekonsiliasi.jalan import MutasiHilang, jalankan_hari

from ..models import ImporBerkas, UnduhanBerkas
from ..permintaan import PermintaanPetugas
from ..tukar.deklarasi import DANA
from ..tukar.ekspor import catat
from .arahan import ARAHAN

PER_HALAMAN = 50
HILANG = "Mutasi yang disimpan hilang atau berubah, jadi tidak dipakai. Unggah atau ambil mutasinya sekali lagi."
Kelas = BarisRekonsiliasi.Kelas
MITRA = {Peran.BPKH: Mitra.BPKH, Peran.BPS: Mitra.BPS}


def tugas_saya(request: PermintaanPetugas) -> Penugasan:
    """The assignment under which this person sees reconciliations. Raises PermissionDenied."""
    for tugas in request.penugasan:
        if tugas.peran in DANA.penukar and tugas.kantor.jenis in DANA.jenis_kantor:
            return tugas
    raise PermissionDenied


def terlihat(tugas: Penugasan):
    """The reconciliations of an assignment: all for the centre, a partner's own."""
    semua = Rekonsiliasi.objects.select_related("kantor", "pengguna")
    if tugas.kantor.jenis == Kantor.Jenis.PUSAT:
        return semua
    return semua.filter(mitra=MITRA[Peran(tugas.peran)], kantor=tugas.kantor)


def _hari(request: PermintaanPetugas, pk: int) -> Rekonsiliasi:
    return get_object_or_404(terlihat(tugas_saya(request)), pk=pk)


@petugas
@require_GET
def daftar(request: PermintaanPetugas) -> HttpResponse:
    """GET ?kantor=<pk>&beda=1: the days, the latest first."""
    tugas = tugas_saya(request)
    rows = terlihat(tugas).filter(berlaku=True).order_by("-tanggal", "mitra", "kantor")
    kantor = request.GET.get("kantor", "")
    kantor = kantor if kantor.isascii() and kantor.isdigit() and len(kantor) < 10 else ""
    rows = rows.filter(kantor=kantor) if kantor else rows
    beda = request.GET.get("beda") == "1"
    rows = rows.filter(jumlah_beda__gt=0) if beda else rows
    halaman = Paginator(rows, PER_HALAMAN).get_page(request.GET.get("halaman"))
    pusat = tugas.kantor.jenis == Kantor.Jenis.PUSAT
    konteks = {
        "baris": [_baris_hari(r, tugas.kantor) for r in halaman],
        "halaman": halaman,
        "kueri": (f"&kantor={kantor}" if kantor else "") + ("&beda=1" if beda else ""),
        "kantor": kantor,
        "beda": beda,
        "pilihan": _pilihan(tugas) if pusat else [],
        "belum": _belum(tugas),
        "pusat": pusat,
        "menu": "rekonsiliasi",
    }
    return render(request, "rekonsiliasi/daftar.html", konteks)


def _pilihan(tugas: Penugasan) -> list[tuple[str, str]]:
    rows = terlihat(tugas).filter(berlaku=True).order_by("kantor__nama").values_list("kantor", "kantor__nama")
    return [(str(pk), nama) for pk, nama in rows.distinct()]


def _mitra_saya(tugas: Penugasan) -> list[str]:
    """The partners whose system this person may ask, of those that have one."""
    if tugas.kantor.jenis == Kantor.Jenis.PUSAT:
        return mitra_terpasang()
    return [m for m in mitra_terpasang() if m == MITRA[Peran(tugas.peran)]]


def _belum(tugas: Penugasan) -> list[dict[str, str]]:
    """The last days for which a partner's system gave no statement."""
    kini = timezone.localdate()
    return [
        {"nama": str(Mitra(m).label), "nilai": f"{m}:{h.isoformat()}", "hari": tanggal(h)}
        for m in _mitra_saya(tugas)
        for h in hari_tanpa_mutasi(m, kini)
    ]


def _baris_hari(r: Rekonsiliasi, kantor: Kantor) -> dict[str, Any]:
    return {
        "r": r,
        "url": reverse("rekonsiliasi:hari", args=[r.pk]),
        "hari": tanggal(r.tanggal),
        "jumlah": _titik(r.jumlah_baris),
        "beda": _titik(r.jumlah_beda),
        "kelas": [(k.label, _titik(n)) for k in Kelas if k != Kelas.COCOK and (n := r.hitungan.get(k.value, 0))],
        "dijalankan": saat(r.dijalankan, kantor.zona_waktu) if r.dijalankan else "",
    }


def _titik(n: int) -> str:
    return f"{n:,}".replace(",", ".")


@petugas
@require_GET
def hari(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """GET <pk>/?kelas=...: what does not match on one day; kelas=cocok shows what does."""
    return _tampil(request, _hari(request, pk))


def _tampil(request: PermintaanPetugas, r: Rekonsiliasi, *, gagal: str = "", status: int = 200) -> HttpResponse:
    tugas = tugas_saya(request)
    kelas = request.GET.get("kelas", "")
    kelas = kelas if kelas in Kelas.values else ""
    rows = r.baris.order_by("urut", "pk").select_related("perkara")
    rows = rows.filter(kelas=kelas) if kelas else rows.filter(kelas__in=BarisRekonsiliasi.BEDA)
    halaman = Paginator(rows, PER_HALAMAN).get_page(request.GET.get("halaman"))
    lihat = _boleh_dilihat(request, [b.perkara_id for b in halaman if b.perkara_id])
    konteks = {
        **_baris_hari(r, tugas.kantor),
        "baris": [_baris(b, lihat) for b in halaman],
        "halaman": halaman,
        "kueri": f"&kelas={kelas}" if kelas else "",
        "tab": _tab(r),
        "pilih": kelas,
        "arahan": ARAHAN[kelas] if kelas else "",
        "asal": _asal(r, tugas),
        "lain": _lain(r, tugas),
        "gagal": gagal,
        "menu": "rekonsiliasi",
    }
    return render(request, "rekonsiliasi/hari.html", konteks, status=status)


def _tab(r: Rekonsiliasi) -> list[dict[str, str]]:
    semua = {"kode": "", "label": "Semua yang tidak cocok", "jumlah": _titik(r.jumlah_beda)}
    kelas = [k for k in Kelas if k != Kelas.COCOK and r.hitungan.get(k.value)] + [Kelas.COCOK]
    satu = ({"kode": k.value, "label": str(k.label), "jumlah": _titik(r.hitungan.get(k.value, 0))} for k in kelas)
    return [semua, *satu]


def _boleh_dilihat(request: PermintaanPetugas, pk: list[int]) -> set[int]:
    return set(Perkara.objects.untuk(request.user).filter(pk__in=pk).values_list("pk", flat=True))


def _baris(b: BarisRekonsiliasi, lihat: set[int]) -> dict[str, Any]:
    return {
        "b": b,
        "rujukan": b.rujukan or "(tanpa rujukan)",
        "url": b.perkara.get_absolute_url() if b.perkara and b.perkara_id in lihat else "",
        "hari": tanggal(b.tanggal) if b.tanggal else "",
        "jumlah": "" if b.jumlah is None else rupiah(b.jumlah) if b.mata_uang == "IDR" else _asing(b),
        "seharusnya": "" if b.seharusnya is None else rupiah(b.seharusnya),
        "arahan": ARAHAN[b.kelas],
        "nada": "baik" if b.kelas == Kelas.COCOK else "buruk",
    }


def _asing(b: BarisRekonsiliasi) -> str:
    return f"{b.mata_uang} {_titik(b.jumlah or 0)}"


def _asal(r: Rekonsiliasi, tugas: Penugasan) -> dict[str, str]:
    """Where the statement came from, and the page of the uploaded file for those who may see it."""
    impor = None
    if r.berkas_sha256:
        milik = ImporBerkas.objects.filter(kantor=tugas.kantor, layanan="mutasi", sha256=r.berkas_sha256)
        impor = milik.order_by("-pk").first()
    return {
        "kata": f"sistem {r.get_mitra_display()}"
        if r.sumber == Rekonsiliasi.Sumber.HTTP
        else f"berkas {r.berkas_nama}",
        "saat": saat(r.dibuat, tugas.kantor.zona_waktu),
        "url": reverse("meja:dana_impor", args=[impor.pk]) if impor else "",
    }


def _lain(r: Rekonsiliasi, tugas: Penugasan) -> list[dict[str, str]]:
    """Other statements of the same day."""
    rows = terlihat(tugas).filter(mitra=r.mitra, kantor=r.kantor, tanggal=r.tanggal).exclude(pk=r.pk)
    return [
        {
            "url": reverse("rekonsiliasi:hari", args=[lain.pk]),
            "kata": f"{lain.get_sumber_display()}, {saat(lain.dibuat, tugas.kantor.zona_waktu)}",
            "berlaku": "berlaku" if lain.berlaku else "",
        }
        for lain in rows.order_by("-pk")[:10]
    ]


def _hasil(semua: list[Rekonsiliasi]) -> str:
    """How days came out, in one sentence."""
    if beda := sum(r.jumlah_beda for r in semua):
        return f"{_titik(beda)} baris tidak cocok."
    return "Semua baris cocok." if any(r.jumlah_baris for r in semua) else "Tidak ada gerakan dana."


@petugas
@require_POST
def jalankan_lagi(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """POST <pk>/jalankan/: class the kept statement against the book as it is now; 303 to the day."""
    r = _hari(request, pk)
    try:
        r = jalankan_hari(r)
    except MutasiHilang:
        return _tampil(request, r, gagal=HILANG, status=409)
    messages.success(request, f"Mutasi dicocokkan lagi dengan buku dana sekarang. {_hasil([r])}")
    return _ke(reverse("rekonsiliasi:hari", args=[r.pk]))


@petugas
@require_POST
def ambil_hari(request: PermintaanPetugas) -> HttpResponse:
    """POST ambil/ with `hari` = <partner>:<day>: ask its system for one past day now; 303 to the list."""
    tugas = tugas_saya(request)
    mitra, _, teks = request.POST.get("hari", "").partition(":")
    hari_ = _tanggal(teks)
    if mitra not in _mitra_saya(tugas) or hari_ is None or hari_ >= timezone.localdate():
        raise Http404
    try:
        hasil = ambil(mitra, hari_)
    except (MitraBisu, MitraMati, UnggahanDitolak) as galat:
        messages.error(request, getattr(galat, "kalimat", str(galat)))
    else:
        kalimat = f"Mutasi {Mitra(mitra).label} {tanggal(hari_)} didapat dan dicocokkan. {_hasil(hasil)}"
        messages.success(request, kalimat)
    return _ke(reverse("rekonsiliasi:daftar"))


def _tanggal(teks: str) -> datetime.date | None:
    try:
        return parse_date(teks)
    except ValueError:
        return None


JUDUL = (
    "Kelas", "Baris", "Nomor pengembalian atau rujukan", "Rujukan bank", "Tanggal mutasi", "Jumlah pada mutasi",
    "Jumlah menurut buku", "Mata uang", "Status pada mutasi", "Rekening (disamarkan)", "Keterangan",
    "Yang perlu dilakukan",
)  # fmt: skip


@petugas
@require_GET
def unduh(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """GET <pk>/unduh/?format=xlsx|csv: what does not match on one day; who took it is written down."""
    r, format_ = _hari(request, pk), "csv" if request.GET.get("format") == "csv" else "xlsx"
    rows = list(r.baris.filter(kelas__in=BarisRekonsiliasi.BEDA).order_by("urut", "pk"))
    baris = (
        [
            b.get_kelas_display(), b.urut or "", b.rujukan, b.rujukan_bank, b.tanggal, b.jumlah, b.seharusnya,
            b.mata_uang, b.status, b.rekening, b.kalimat, ARAHAN[b.kelas],
        ]
        for b in rows
    )  # fmt: skip
    isi = tulis_tabel(format_, JUDUL, baris, "Tidak cocok")
    perkara = sorted({b.perkara_id for b in rows if b.perkara_id})
    kantor = tugas_saya(request).kantor
    catat(UnduhanBerkas.Apa.HASIL, "mutasi", kantor, request.user, format_, isi, perkara)
    nama = f"rekonsiliasi-{r.mitra}-{r.kantor.slug}-{r.tanggal:%Y-%m-%d}.{format_}"
    return HttpResponse(
        isi,
        content_type=MIME[format_],
        headers={
            "Content-Disposition": content_disposition_header(True, nama) or "attachment",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def _ke(alamat: str) -> HttpResponse:
    jawab = HttpResponseRedirect(alamat)
    jawab.status_code = 303
    return jawab
