"""Pages under /siskohat/: what waits, files out, files in, and the rows of a file before and after."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from haji_portal.akun.akses import petugas
from haji_portal.akun.models import Kantor
from haji_portal.alur.apps import nama_perkara
from haji_portal.alur.tampil_waktu import saat
from haji_portal.berkas.saring import UnggahanDitolak
from haji_portal.berkas.tabel import MIME

from ..models import BarisImpor, ImporSiskohat, UnduhanSiskohat
from ..permintaan import PermintaanPetugas
from . import ekspor as keluar
from .deklarasi import PENUKAR, Pertukaran, pertukaran_layanan
from .impor import hitung, isi_berkas, nilai_ulang, terima
from .terapkan import galat_penerap, terapkan

PER_HALAMAN = 50
NADA = {"siap": "perhatian", "galat": "buruk", "tercatat": "baik", "gagal": "buruk"}
SESI = "siskohat_lanjut"


def kantor_penukar(request: PermintaanPetugas) -> Kantor:
    """The office for which this person exchanges files; 403 for other roles, 404 where no files are exchanged."""
    if not pertukaran_layanan():
        raise Http404
    for tugas in request.penugasan:
        if tugas.peran in PENUKAR and tugas.kantor.jenis == Kantor.Jenis.KABKOTA:
            return tugas.kantor
    raise PermissionDenied


def _pertukaran(layanan: str) -> Pertukaran:
    try:
        return pertukaran_layanan()[layanan]
    except KeyError:
        raise Http404 from None


def _impor(request: PermintaanPetugas, pk: int) -> tuple[ImporSiskohat, Pertukaran]:
    kantor_penukar(request)
    impor = get_object_or_404(ImporSiskohat.untuk(request.user, PENUKAR), pk=pk)
    return impor, _pertukaran(impor.layanan)


@petugas
@require_GET
def beranda(request: PermintaanPetugas) -> HttpResponse:
    """GET /siskohat/"""
    return _beranda(request, kantor_penukar(request))


def _beranda(request: PermintaanPetugas, kantor: Kantor, *, layanan: str = "", galat: str = "") -> HttpResponse:
    bagian = [_bagian(p, kantor, galat if p.layanan == layanan else "") for p in pertukaran_layanan().values()]
    impor = list(ImporSiskohat.objects.filter(kantor=kantor).select_related("pengguna")[:10])
    unduhan = UnduhanSiskohat.objects.filter(kantor=kantor).select_related("pengguna")[:10]
    konteks = {
        "kantor": kantor,
        "bagian": bagian,
        "impor": [
            {"i": i, "hitung": hitung(i), "saat": saat(i.dibuat, kantor.zona_waktu), "layanan": nama_perkara(i.layanan)}
            for i in impor
        ],
        "unduhan": [{"u": u, "saat": saat(u.waktu, kantor.zona_waktu)} for u in unduhan],
        "menu": "siskohat",
    }
    return render(request, "meja/siskohat.html", konteks, status=422 if galat else 200)


def _bagian(p: Pertukaran, kantor: Kantor, galat: str) -> dict[str, Any]:
    menunggu = keluar.perkara_menunggu(p, kantor)
    siap = p.siap(menunggu).count()
    return {
        "p": p,
        "nama": nama_perkara(p.layanan),
        "siap": siap,
        "belum": menunggu.count() - siap,
        "maks": keluar.MAKS_EKSPOR if siap > keluar.MAKS_EKSPOR else 0,
        "kunci": ["Nomor perkara", *(k.judul for k in p.kunci)],
        "galat": galat,
    }


@petugas
@require_GET
def ekspor(request: PermintaanPetugas, layanan: str) -> HttpResponse:
    """GET /siskohat/<layanan>/ekspor/?format=xlsx|csv"""
    kantor, pertukaran = kantor_penukar(request), _pertukaran(layanan)
    format_ = _format(request)
    isi = keluar.ekspor(pertukaran, kantor, request.user, format_)
    return _unduh(isi, f"siskohat-{layanan}-{kantor.slug}-{timezone.localdate():%Y-%m-%d}.{format_}", MIME[format_])


@petugas
@require_POST
def unggah(request: PermintaanPetugas, layanan: str) -> HttpResponse:
    """POST /siskohat/<layanan>/impor/ with `berkas`: 303 to the dry run, 422 with the sentence on the page."""
    kantor, pertukaran = kantor_penukar(request), _pertukaran(layanan)
    berkas = request.FILES.get("berkas")
    try:
        if berkas is None:
            raise UnggahanDitolak("Pilih dulu berkas XLSX atau CSV yang akan diunggah.")
        impor = terima(pertukaran, kantor, request.user, berkas)
    except UnggahanDitolak as galat:
        return _beranda(request, kantor, layanan=layanan, galat=galat.kalimat)
    return _ke(impor)


@petugas
@require_GET
def impor(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """GET /siskohat/impor/<pk>/?keadaan=...: every row, what would become of it or what became of it."""
    satu, pertukaran = _impor(request, pk)
    return _tampil(request, satu, pertukaran)


def _tampil(
    request: PermintaanPetugas, satu: ImporSiskohat, pertukaran: Pertukaran, *, gagal: str = "", status: int = 200
) -> HttpResponse:
    jumlah = hitung(satu)
    keadaan = request.GET.get("keadaan", "")
    keadaan = keadaan if keadaan in BarisImpor.Keadaan.values else ""
    rows = satu.baris.select_related("perkara__pemohon").order_by("urut")
    rows = rows.filter(keadaan=keadaan) if keadaan else rows
    halaman = Paginator(rows, PER_HALAMAN).get_page(request.GET.get("halaman"))
    lanjut = request.session.pop(SESI, None) == satu.pk and jumlah["siap"] > 0
    konteks = {
        "impor": satu,
        "saat": saat(satu.dibuat, satu.kantor.zona_waktu),
        "nama_layanan": nama_perkara(satu.layanan),
        "baris": [_baris(b, pertukaran) for b in halaman],
        "judul_isian": [i.judul for i in pertukaran.masuk],
        "halaman": halaman,
        "tab": _tab(jumlah),
        "keadaan": keadaan,
        "kueri": f"&keadaan={keadaan}" if keadaan else "",
        "siap": jumlah["siap"],
        "selesai": jumlah["tercatat"] + jumlah["gagal"],
        "seluruhnya": jumlah["tercatat"] + jumlah["gagal"] + jumlah["siap"],
        "tertutup": galat_penerap(satu, pertukaran, request.user),
        "lanjut": lanjut,
        "gagal": gagal,
        "menu": "siskohat",
    }
    return render(request, "meja/siskohat_impor.html", konteks, status=status)


def _tab(jumlah: dict[str, int]) -> list[dict[str, Any]]:
    semua = {"kode": "", "label": "Semua", "jumlah": sum(jumlah.values())}
    return [semua, *({"kode": k.value, "label": k.label, "jumlah": jumlah[k]} for k in BarisImpor.Keadaan if jumlah[k])]


def _baris(b: BarisImpor, pertukaran: Pertukaran) -> dict[str, Any]:
    return {
        "b": b,
        "nama": b.perkara.pemohon.nama if b.perkara and b.perkara.pemohon else "",
        "url": b.perkara.get_absolute_url() if b.perkara else "",
        "nomor": b.perkara.nomor if b.perkara else b.nomor,
        "isi": [b.isi.get(i.kode, "") for i in pertukaran.masuk],
        "nada": NADA.get(b.keadaan, "tenang"),
    }


@petugas
@require_POST
def catat(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """POST /siskohat/impor/<pk>/terapkan/: record the next ready rows; the page goes on until none is left."""
    satu, pertukaran = _impor(request, pk)
    if galat := galat_penerap(satu, pertukaran, request.user):
        return _tampil(request, satu, pertukaran, gagal=galat, status=403)
    try:
        sisa = terapkan(satu, pertukaran, request.user)
    except UnggahanDitolak as galat_berkas:
        return _tampil(request, satu, pertukaran, gagal=galat_berkas.kalimat, status=409)
    if sisa:
        # Only a click starts it; the page that follows sends the next one by itself (with JavaScript) or offers it.
        request.session[SESI] = satu.pk
    else:
        jumlah = hitung(satu)
        messages.success(request, f"{jumlah['tercatat']} baris tercatat, {jumlah['gagal']} tidak jadi.")
    return _ke(satu)


@petugas
@require_POST
def periksa_lagi(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """POST /siskohat/impor/<pk>/periksa/: judge the unrecorded rows again; the cases may have moved on."""
    satu, pertukaran = _impor(request, pk)
    try:
        nilai_ulang(satu, pertukaran)
    except UnggahanDitolak as galat:
        return _tampil(request, satu, pertukaran, gagal=galat.kalimat, status=409)
    messages.success(request, "Berkas diperiksa lagi terhadap keadaan perkara sekarang.")
    return _ke(satu)


@petugas
@require_GET
def hasil(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """GET /siskohat/impor/<pk>/hasil/?format=xlsx|csv"""
    satu, pertukaran = _impor(request, pk)
    format_ = _format(request)
    isi = keluar.hasil(satu, pertukaran, request.user, format_)
    return _unduh(isi, f"hasil-siskohat-{satu.pk}.{format_}", MIME[format_])


@petugas
@require_GET
def berkas(request: PermintaanPetugas, pk: int) -> HttpResponse:
    """GET /siskohat/impor/<pk>/berkas/: the uploaded file as it came, only to be saved."""
    satu, pertukaran = _impor(request, pk)
    try:
        isi = keluar.bukti(satu, isi_berkas(satu), request.user)
    except UnggahanDitolak as galat:
        return _tampil(request, satu, pertukaran, gagal=galat.kalimat, status=409)
    return _unduh(isi, satu.nama, "application/octet-stream")


def _format(request: PermintaanPetugas) -> str:
    return "csv" if request.GET.get("format") == "csv" else "xlsx"


def _ke(satu: ImporSiskohat) -> HttpResponse:
    jawab = HttpResponseRedirect(reverse("meja:siskohat_impor", args=[satu.pk]))
    jawab.status_code = 303
    return jawab


def _unduh(isi: bytes, nama: str, mime: str) -> HttpResponse:
    return HttpResponse(
        isi,
        content_type=mime,
        headers={
            "Content-Disposition": content_disposition_header(True, nama),
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
