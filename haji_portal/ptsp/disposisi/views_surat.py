"""Pages of the agenda of incoming letters: list, new line, one letter, its scan, corrections, the book."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseServerError
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from haji_portal.akun.akses import PermintaanPetugas, petugas
from haji_portal.akun.models import Penugasan
from haji_portal.alur.galat import IsianSalah, LangkahGagal
from haji_portal.alur.models import Perkara
from haji_portal.alur.tampil_waktu import BULAN, saat, tanggal
from haji_portal.berkas.simpan import baca
from haji_portal.berkas.views import KEBIJAKAN
from haji_portal.meja.langkah import catat_galat
from haji_portal.meja.views import LihatLain
from haji_portal.ptsp.models import AksesSurat, BerkasSurat, Sifat, SuratMasuk

from . import agenda
from .cakupan import PENCATAT, PENGIRIM, boleh_baca_isi, surat_terlihat, tugas
from .forms import FormBatal, FormKaitkan, FormSurat
from .lembar import gambar_agenda, tabel_agenda
from .pohon import rantai

MENU = {"menu": "surat_masuk"}
PER_HALAMAN = 25
PALING_BANYAK = 5_000
TIPE = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def pencatat(request: PermintaanPetugas) -> Penugasan:
    """The assignment under which this person keeps the agenda of an office; PermissionDenied without one."""
    milik = tugas(request.user, PENCATAT)
    if not milik:
        raise PermissionDenied
    return milik[0]


def _angka(teks: str | None, paling: int) -> int:
    """A number from the address, 0 for anything else."""
    return int(teks) if teks and teks.isascii() and teks.isdigit() and len(teks) <= 4 and int(teks) <= paling else 0


def _saringan(request: PermintaanPetugas) -> dict[str, Any]:
    sifat = request.GET.get("sifat", "")
    return {
        "q": request.GET.get("q", "").replace("\x00", "")[:80].strip(),
        "tahun": _angka(request.GET.get("tahun"), 9999), "bulan": _angka(request.GET.get("bulan"), 12),
        "sifat": sifat if sifat in Sifat.values else "",
    }  # fmt: skip


@petugas
@require_GET
def daftar(request: PermintaanPetugas) -> HttpResponse:
    """The agenda of the person's office, newest first; by year, month, sifat and words."""
    kantor = pencatat(request).kantor
    saring = _saringan(request)
    semua = SuratMasuk.objects.filter(kantor=kantor)
    rows = agenda.cari(semua, **saring).select_related("perkara")
    halaman = Paginator(rows, PER_HALAMAN).get_page(request.GET.get("halaman"))
    kini = timezone.localdate(timezone=kantor.zona_waktu)
    tahun = sorted({*semua.order_by().values_list("tahun", flat=True).distinct(), kini.year}, reverse=True)
    kueri = urlencode({k: v for k, v in saring.items() if v})
    konteks = {
        "halaman": halaman, "saring": saring, "tahun": tahun, "bulan": list(enumerate(BULAN, start=1)),
        "sifat": Sifat.choices, "kueri": f"&{kueri}" if kueri else "", "kueri_buku": kueri, "kantor": kantor,
    }  # fmt: skip
    return render(request, "surat_masuk/daftar.html", MENU | konteks)


@petugas
@require_http_methods(["GET", "POST"])
def buat(request: PermintaanPetugas) -> HttpResponse:
    """Register a letter; `?perkara=` fills in the case it comes with."""
    kantor = pencatat(request).kantor
    if request.method != "POST":
        nomor = request.GET.get("perkara", "")[:30].replace("\x00", "")
        return _isi_surat(request, FormSurat(kantor=kantor, initial={"perkara": nomor}))
    form = FormSurat(request.POST, request.FILES, kantor=kantor)
    if not form.is_valid():
        return _isi_surat(request, form, 422)
    berkas = [satu for satu in [form.cleaned_data["berkas"]] if satu]
    surat = agenda.catat_surat(kantor, request.user, form.isi(), berkas)
    messages.success(request, f"Surat dicatat dengan nomor agenda {surat.nomor_agenda}.")
    return LihatLain(reverse("surat_masuk:detail", args=[surat.pk]))


def _isi_surat(
    request: PermintaanPetugas, form: FormSurat, status: int = 200, surat: SuratMasuk | None = None, gagal: str = ""
) -> HttpResponse:
    konteks = {"form": form, "surat": surat, "gagal": gagal}
    return render(request, "surat_masuk/isi.html", MENU | konteks, status=status)


def _surat(request: PermintaanPetugas, pk: int) -> SuratMasuk:
    return get_object_or_404(surat_terlihat(request.user).select_related("kantor", "perkara", "dicatat_oleh"), pk=pk)


def _milik_kantor(request: PermintaanPetugas, pk: int) -> SuratMasuk:
    """A letter whose line this person may change: of the office whose agenda they keep."""
    surat = _surat(request, pk)
    if all(t.kantor_id != surat.kantor_id for t in tugas(request.user, PENCATAT)):
        raise PermissionDenied
    return surat


@petugas
@require_GET
def detail(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """One letter: its line, its scan, the chain of dispositions."""
    return _tampil(request, _surat(request, pk))


def _tampil(
    request: PermintaanPetugas, surat: SuratMasuk, batal: FormBatal | None = None, gagal: str = "", status: int = 200
) -> HttpResponse:
    zona = surat.kantor.zona_waktu
    perkara = surat.perkara
    if perkara and not Perkara.objects.untuk(request.user).filter(pk=perkara.pk).exists():
        perkara = None
    kena = {t.kantor_id for t in tugas(request.user, PENCATAT)}
    konteks = {
        "surat": surat, "fakta": _fakta(surat), "berkas": surat.berkas.all(), "perkara": perkara,
        "isi_terbuka": boleh_baca_isi(request.user, surat), "rantai": rantai(surat),
        "boleh_ubah": surat.kantor_id in kena and not surat.dibatalkan,
        "boleh_kirim": not surat.dibatalkan
        and any(t.kantor_id == surat.kantor_id for t in tugas(request.user, PENGIRIM)),
        "koreksi": [(k, saat(k.waktu, zona)) for k in surat.koreksi.select_related("oleh")],
        "batal": batal or FormBatal(), "gagal": gagal,
    }  # fmt: skip
    return render(request, "surat_masuk/detail.html", MENU | konteks, status=status)


def _fakta(s: SuratMasuk) -> list[tuple[str, str]]:
    zona = s.kantor.zona_waktu
    return [
        ("Nomor agenda", s.nomor_agenda), ("Diterima", tanggal(s.diterima)), ("Pengirim", s.pengirim),
        ("Nomor surat", s.nomor_surat or "tanpa nomor"),
        ("Tanggal surat", tanggal(s.tanggal_surat) if s.tanggal_surat else "tanpa tanggal"),
        ("Perihal", s.perihal), ("Sifat", str(s.get_sifat_display())),
        ("Dicatat", f"{s.dicatat_oleh}, {saat(s.dicatat_pada, zona)}"),
    ]  # fmt: skip


@petugas
@require_http_methods(["GET", "POST"])
def ubah(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """Put the line right, link it to a case, add a scan; what it said before is kept."""
    surat = _milik_kantor(request, pk)
    # The form writes into its instance; what the page says must stay what the database says.
    asal = SuratMasuk.objects.select_related("perkara", "kantor").get(pk=pk)
    if request.method != "POST":
        return _isi_surat(request, FormSurat(kantor=surat.kantor, instance=asal), surat=surat)
    form = FormSurat(request.POST, request.FILES, kantor=surat.kantor, instance=asal)
    if not form.is_valid():
        return _isi_surat(request, form, 422, surat)
    try:
        berkas = [satu for satu in [form.cleaned_data["berkas"]] if satu]
        agenda.koreksi(surat, request.user, form.isi(), berkas)
    except IsianSalah as galat:
        catat_galat(form, galat)
        return _isi_surat(request, form, 422, surat)
    except LangkahGagal as galat:
        return _isi_surat(request, form, galat.status_http, surat, galat.kalimat)
    messages.success(request, f"Agenda {surat.nomor_agenda} diperbaiki; isinya yang lama tersimpan.")
    return LihatLain(reverse("surat_masuk:detail", args=[pk]))


@petugas
@require_POST
def batal(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """Cancel a line that should not be there; its number stays."""
    surat = _milik_kantor(request, pk)
    form = FormBatal(request.POST)
    if not form.is_valid():
        return _tampil(request, surat, batal=form, status=422)
    try:
        agenda.batalkan(surat, request.user, form.cleaned_data["alasan"])
    except LangkahGagal as galat:
        return _tampil(request, surat, gagal=galat.kalimat, status=galat.status_http)
    messages.success(request, f"Nomor agenda {surat.nomor_agenda} dibatalkan.")
    return LihatLain(reverse("surat_masuk:detail", args=[pk]))


@petugas
@require_POST
def kaitkan(request: PermintaanPetugas, nomor: str) -> HttpResponse:
    """From the page of a case: a letter of the same office that is registered already belongs to it."""
    perkara = get_object_or_404(Perkara.objects.untuk(request.user), nomor=nomor)
    if all(t.kantor_id != perkara.kantor_id for t in tugas(request.user, PENCATAT)):
        raise PermissionDenied
    form = FormKaitkan(request.POST)
    surat = None
    if form.is_valid() and (baca_nomor := agenda.baca_agenda(form.cleaned_data["agenda"])):
        urut, tahun = baca_nomor
        tahun = tahun or timezone.localdate(timezone=perkara.kantor.zona_waktu).year
        surat = SuratMasuk.objects.filter(kantor=perkara.kantor_id, urut=urut, tahun=tahun).first()
    if surat is None:
        messages.error(request, "Nomor agenda itu tidak ada di kantor ini. Tulis seperti 12/2026.")
        return LihatLain(perkara.get_absolute_url())
    try:
        if surat.perkara_id not in (None, perkara.pk):
            raise LangkahGagal("Surat itu sudah terkait perkara lain; ubah dari halaman suratnya.")
        agenda.koreksi(surat, request.user, {"perkara": perkara})
    except LangkahGagal as galat:
        messages.error(request, galat.kalimat)
    else:
        messages.success(request, f"Surat agenda {surat.nomor_agenda} dikaitkan dengan perkara ini.")
    return LihatLain(perkara.get_absolute_url())


@petugas
@require_GET
def unduh(request: PermintaanPetugas, pk: int, berkas: int) -> HttpResponse:
    """The scan, and a row that says who opened it; a closed letter's opens for few."""
    surat = _surat(request, pk)
    row = get_object_or_404(BerkasSurat, pk=berkas, surat=surat)
    if not boleh_baca_isi(request.user, surat):
        raise PermissionDenied
    try:
        isi = baca(row.kunci, row.sha256)
    except (FileNotFoundError, ValueError):
        kalimat = "Berkas ini tidak dapat dibuka karena simpanannya rusak. Laporkan kepada admin portal."
        return HttpResponseServerError(kalimat, content_type="text/plain; charset=utf-8")
    AksesSurat.objects.create(berkas=row, pengguna=request.user, waktu=timezone.now())
    return _kirim(isi, row.mime, row.nama, simpan=request.GET.get("unduh") == "1")


@petugas
@require_GET
def buku(request: PermintaanPetugas, bentuk: str) -> HttpResponse:
    """The agenda book as it is filtered: to print (pdf), or as a table (csv, xlsx)."""
    if bentuk not in TIPE:
        raise Http404
    kantor = pencatat(request).kantor
    saring = _saringan(request)
    if not saring["tahun"]:
        saring["tahun"] = timezone.localdate(timezone=kantor.zona_waktu).year
    rows = agenda.cari(SuratMasuk.objects.filter(kantor=kantor), **saring).select_related("perkara")
    surat = list(rows.order_by("tahun", "urut")[:PALING_BANYAK])
    masa = f"{BULAN[saring['bulan'] - 1]} {saring['tahun']}" if saring["bulan"] else f"Tahun {saring['tahun']}"
    isi = gambar_agenda(kantor, surat, masa) if bentuk == "pdf" else tabel_agenda(surat, bentuk)
    nama = f"agenda-surat-masuk-{kantor.slug}-{masa.lower().replace(' ', '-')}.{bentuk}"
    return _kirim(isi, TIPE[bentuk], nama, simpan=bentuk != "pdf")


def _kirim(isi: bytes, tipe: str, nama: str, *, simpan: bool) -> HttpResponse:
    return HttpResponse(
        isi,
        content_type=tipe,
        headers={
            "Content-Disposition": content_disposition_header(simpan, nama),
            "Content-Security-Policy": KEBIJAKAN,
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
