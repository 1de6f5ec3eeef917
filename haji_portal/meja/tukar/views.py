"""What waits, files out, files in, and the rows of a file before and after: under /siskohat/ and /berkas-dana/.

Every view gets the code of its door from the address list.
"""

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

from haji_portal.akun.akses import perlu_sandi_lagi, petugas, sudah_sandi_lagi
from haji_portal.akun.models import Kantor
from haji_portal.alur.tampil_waktu import saat
from haji_portal.berkas.saring import UnggahanDitolak
from haji_portal.berkas.tabel import MIME

from ..models import BarisImpor, ImporBerkas, UnduhanBerkas
from ..permintaan import PermintaanPetugas
from . import ekspor as keluar
from .deklarasi import PINTU, Pertukaran, Pintu, pertukaran_pintu
from .impor import hitung, isi_berkas, nilai_ulang, terima
from .terapkan import galat_penerap, terapkan

PER_HALAMAN = 50
NADA = {"siap": "perhatian", "galat": "buruk", "tercatat": "baik", "gagal": "buruk"}
SESI = "tukar_lanjut"


def kantor_penukar(request: PermintaanPetugas, pintu: Pintu) -> Kantor:
    """The office for which this person exchanges files; 403 for other roles, 404 where no files are exchanged."""
    if not pertukaran_pintu(pintu):
        raise Http404
    for tugas in request.penugasan:
        if tugas.peran in pintu.penukar and tugas.kantor.jenis in pintu.jenis_kantor:
            return tugas.kantor
    raise PermissionDenied


def pertukaran_saya(request: PermintaanPetugas, pintu: Pintu) -> dict[str, Pertukaran]:
    """The exchanges that concern one of the person's roles."""
    peran = {t.peran for t in request.penugasan}
    return {kode: p for kode, p in pertukaran_pintu(pintu).items() if p.peran & peran}


def _pertukaran(request: PermintaanPetugas, pintu: Pintu, kode: str) -> Pertukaran:
    try:
        return pertukaran_saya(request, pintu)[kode]
    except KeyError:
        raise Http404 from None


def _impor(request: PermintaanPetugas, pintu: Pintu, pk: int) -> tuple[ImporBerkas, Pertukaran]:
    kantor_penukar(request, pintu)
    impor = get_object_or_404(ImporBerkas.untuk(request.user, pintu.penukar), pk=pk)
    return impor, _pertukaran(request, pintu, impor.layanan)


@petugas
@require_GET
def beranda(request: PermintaanPetugas, pintu: str) -> HttpResponse:
    """GET: what waits, per exchange."""
    return _beranda(request, PINTU[pintu], kantor_penukar(request, PINTU[pintu]))


def _beranda(
    request: PermintaanPetugas, pintu: Pintu, kantor: Kantor, *, kode: str = "", galat: str = ""
) -> HttpResponse:
    ada = pertukaran_saya(request, pintu)
    bagian = [_bagian(p, kantor, galat if p.kode == kode else "") for p in ada.values()]
    impor = list(ImporBerkas.objects.filter(kantor=kantor, layanan__in=ada).select_related("pengguna")[:10])
    unduhan = UnduhanBerkas.objects.filter(kantor=kantor, layanan__in=ada).select_related("pengguna")[:10]
    konteks = {
        "pintu": pintu,
        "kantor": kantor,
        "bagian": bagian,
        "impor": [
            {
                "i": i,
                "hitung": hitung(i),
                "saat": saat(i.dibuat, kantor.zona_waktu),
                "layanan": ada[i.layanan].judul,
                "url": _url(pintu, "impor", i.pk),
            }
            for i in impor
        ],
        "unduhan": [{"u": u, "saat": saat(u.waktu, kantor.zona_waktu)} for u in unduhan],
        "menu": pintu.kode,
    }
    return render(request, "meja/tukar.html", konteks, status=422 if galat else 200)


def _bagian(p: Pertukaran, kantor: Kantor, galat: str) -> dict[str, Any]:
    menunggu = keluar.perkara_menunggu(p, kantor)
    siap = p.siap(menunggu).count()
    return {
        "p": p,
        "ekspor": _url(p.pintu, "ekspor", p.kode) if p.keluar else "",
        "unggah": _url(p.pintu, "unggah", p.kode),
        "siap": siap,
        "belum": menunggu.count() - siap,
        "maks": keluar.MAKS_EKSPOR if siap > keluar.MAKS_EKSPOR else 0,
        "kunci": ["Nomor perkara", *(k.judul for k in p.kunci)],
        "galat": galat,
    }


@petugas
@require_GET
def ekspor(request: PermintaanPetugas, pintu: str, kode: str) -> HttpResponse:
    """GET <kode>/ekspor/?format=xlsx|csv; 404 for an exchange that only takes files in."""
    kantor, pertukaran = kantor_penukar(request, PINTU[pintu]), _pertukaran(request, PINTU[pintu], kode)
    if not pertukaran.keluar:
        raise Http404
    format_ = _format(request)
    isi = keluar.ekspor(pertukaran, kantor, request.user, format_)
    return _unduh(isi, f"{pintu}-{kode}-{kantor.slug}-{timezone.localdate():%Y-%m-%d}.{format_}", MIME[format_])


@petugas
@require_POST
def unggah(request: PermintaanPetugas, pintu: str, kode: str) -> HttpResponse:
    """POST <kode>/impor/ with `berkas`: 303 to the dry run, 422 with the sentence on the page."""
    kantor, pertukaran = kantor_penukar(request, PINTU[pintu]), _pertukaran(request, PINTU[pintu], kode)
    berkas = request.FILES.get("berkas")
    try:
        if berkas is None:
            raise UnggahanDitolak("Pilih dulu berkas XLSX atau CSV yang akan diunggah.")
        impor = terima(pertukaran, kantor, request.user, berkas)
    except UnggahanDitolak as galat:
        return _beranda(request, PINTU[pintu], kantor, kode=kode, galat=galat.kalimat)
    return _ke(PINTU[pintu], impor)


@petugas
@require_GET
def impor(request: PermintaanPetugas, pintu: str, pk: int) -> HttpResponse:
    """GET impor/<pk>/?keadaan=...: every row, what would become of it or what became of it."""
    satu, pertukaran = _impor(request, PINTU[pintu], pk)
    return _tampil(request, satu, pertukaran)


def _tampil(
    request: PermintaanPetugas, satu: ImporBerkas, pertukaran: Pertukaran, *, gagal: str = "", status: int = 200
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
        "pintu": pertukaran.pintu,
        "judul_tukar": pertukaran.judul,
        "alamat": {n: _url(pertukaran.pintu, n, satu.pk) for n in ("terapkan", "periksa", "hasil", "berkas")},
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
        "tautan": pertukaran.serta.tautan(satu) if pertukaran.serta is not None else [],
        "gagal": gagal,
        "menu": pertukaran.pintu.kode,
    }
    return render(request, "meja/tukar_impor.html", konteks, status=status)


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
def catat(request: PermintaanPetugas, pintu: str, pk: int) -> HttpResponse:
    """POST impor/<pk>/terapkan/: record the next ready rows; the page goes on until none is left."""
    satu, pertukaran = _impor(request, PINTU[pintu], pk)
    if pertukaran.pintu.sandi and not sudah_sandi_lagi(request):
        return perlu_sandi_lagi(catat)(request, pintu, pk)
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
        if pertukaran.serta is not None:
            pertukaran.serta.dicatat(satu)
        messages.success(request, f"{jumlah['tercatat']} baris tercatat, {jumlah['gagal']} tidak jadi.")
    return _ke(PINTU[pintu], satu)


@petugas
@require_POST
def periksa_lagi(request: PermintaanPetugas, pintu: str, pk: int) -> HttpResponse:
    """POST impor/<pk>/periksa/: judge the unrecorded rows again; the cases may have moved on."""
    satu, pertukaran = _impor(request, PINTU[pintu], pk)
    try:
        nilai_ulang(satu, pertukaran)
    except UnggahanDitolak as galat:
        return _tampil(request, satu, pertukaran, gagal=galat.kalimat, status=409)
    messages.success(request, "Berkas diperiksa lagi terhadap keadaan perkara sekarang.")
    return _ke(PINTU[pintu], satu)


@petugas
@require_GET
def hasil(request: PermintaanPetugas, pintu: str, pk: int) -> HttpResponse:
    """GET impor/<pk>/hasil/?format=xlsx|csv"""
    satu, pertukaran = _impor(request, PINTU[pintu], pk)
    format_ = _format(request)
    isi = keluar.hasil(satu, pertukaran, request.user, format_)
    return _unduh(isi, f"hasil-{pintu}-{satu.pk}.{format_}", MIME[format_])


@petugas
@require_GET
def berkas(request: PermintaanPetugas, pintu: str, pk: int) -> HttpResponse:
    """GET impor/<pk>/berkas/: the uploaded file as it came, only to be saved."""
    satu, pertukaran = _impor(request, PINTU[pintu], pk)
    try:
        isi = keluar.bukti(satu, isi_berkas(satu), request.user)
    except UnggahanDitolak as galat:
        return _tampil(request, satu, pertukaran, gagal=galat.kalimat, status=409)
    return _unduh(isi, satu.nama, "application/octet-stream")


def _format(request: PermintaanPetugas) -> str:
    return "csv" if request.GET.get("format") == "csv" else "xlsx"


def _url(pintu: Pintu, nama: str, satu: int | str) -> str:
    return reverse(f"meja:{pintu.kode}_{nama}", args=[satu])


def _ke(pintu: Pintu, satu: ImporBerkas) -> HttpResponse:
    jawab = HttpResponseRedirect(_url(pintu, "impor", satu.pk))
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
