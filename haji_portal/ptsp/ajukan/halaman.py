"""The draft page by page: answers, documents, a last look, sending. Everything typed is kept at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haji_portal.alur.galat import IsianSalah, LangkahGagal
from haji_portal.alur.models import Perkara, Tenggat
from haji_portal.alur.penutupan import pengumuman
from haji_portal.alur.tampil_waktu import hari_tanggal, saat

from .. import cek
from ..jawab import minta_tunggu, tampil
from ..models import Konsep
from . import konsep as gudang
from .daftar import Ajuan
from .isian import FormBagian, jawaban
from .kirim import kirim
from .kode import sebut_saluran
from .mulai import lanjutan_atau_404, lihat_lain
from .unggah import Berkas, daftar_berkas

Halaman = Callable[..., HttpResponse]
PUTUS = "Demi keamanan, halaman ini tertutup bila lama tidak dipakai. Isian tersimpan; buka lagi dengan kode baru."


def konsep_terbuka(halaman: Halaman) -> Halaman:
    """Only for the browser that was let in; a foreign draft answers like one that never was."""

    @wraps(halaman)
    def buka(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
        konsep = gudang.terbuka(request, token)
        if konsep is None:
            # As an error after a POST: the page's script then keeps what was typed until it is sent again.
            messages.add_message(request, messages.ERROR if request.method == "POST" else messages.INFO, PUTUS)
            return redirect("ptsp:lanjut")
        return halaman(request, konsep, lanjutan_atau_404(konsep.layanan), *args, **kwargs)

    return buka


def belum_terkirim(halaman: Halaman) -> Halaman:
    """A draft that was sent leads to its receipt; one of a returned case to its own page."""

    @wraps(halaman)
    def buka(request: HttpRequest, konsep: Konsep, *args: Any, **kwargs: Any) -> HttpResponse:
        if konsep.terkirim_id:
            return lihat_lain("terkirim", konsep.token)
        if konsep.perbaiki_id:
            return lihat_lain("perbaiki")
        return halaman(request, konsep, *args, **kwargs)

    return buka


@dataclass(frozen=True)
class Langkah:
    """One step on the line above every page."""

    kode: str
    judul: str
    url: str
    beres: bool


@dataclass
class Periksa:
    """One page of answers as it stands, for the last look."""

    langkah: Langkah
    form: FormBagian
    baris: list[tuple[str, str]] = field(default_factory=list)


def urutan(konsep: Konsep, ajuan: Ajuan) -> tuple[list[Langkah], list[Periksa], list[Berkas]]:
    """Every page of the draft with what is done of it."""
    periksa = [_periksa(konsep, bagian) for bagian in ajuan.bagian]
    berkas = daftar_berkas(konsep, ajuan)
    lengkap = bool(berkas) and all(b.ada or not b.wajib for b in berkas)
    langkah = [p.langkah for p in periksa]
    for kode, judul, beres in (("dokumen", "Dokumen dan foto", lengkap), ("periksa", "Periksa dan kirim", False)):
        langkah.append(Langkah(kode, judul, reverse(f"ptsp:{kode}", args=[konsep.token]), beres))
    return langkah, periksa, berkas


def _periksa(konsep: Konsep, bagian: Any) -> Periksa:
    form = bagian.form(konsep.isi, konsep=konsep)
    beres = form.is_valid() and not form.aturan_gagal
    langkah = Langkah(bagian.kode, bagian.judul, reverse("ptsp:bagian", args=[konsep.token, bagian.kode]), beres)
    isi = form.cleaned_data
    bidang = [b for _, daftar in form.kelompok() for b in daftar]
    # What does not concern these answers was not asked, so it is not read back as left open.
    tanya = [b for b in bidang if isi.get(b.name) or not getattr(b.field, "bersyarat", False)]
    baris = [(str(b.label), form.sebut(b.name, isi.get(b.name))) for b in tanya]
    return Periksa(langkah, form, baris)


def _tampil(
    request: HttpRequest, konsep: Konsep, ajuan: Ajuan, templat: str, kini: str, status: int = 200, **konteks: Any
) -> HttpResponse:
    langkah = konteks.pop("langkah", None) or urutan(konsep, ajuan)[0]
    nomor = next(i for i, satu in enumerate(langkah, start=1) if satu.kode == kini)
    umum = {
        "konsep": konsep, "ajuan": ajuan, "langkah": langkah, "kini": kini, "nomor": nomor,
        "habis": hari_tanggal(konsep.habis), "pengumuman": pengumuman(konsep.layanan, konsep.kantor),
    }  # fmt: skip
    return tampil(request, f"publik/ajukan/{templat}.html", umum | konteks, status)


@require_safe
@konsep_terbuka
@belum_terkirim
def konsep(request: HttpRequest, konsep: Konsep, ajuan: Ajuan) -> HttpResponse:
    """To the first page that is not done."""
    langkah = urutan(konsep, ajuan)[0]
    return redirect(next(satu.url for satu in langkah if not satu.beres))


@require_http_methods(["GET", "HEAD", "POST"])
@konsep_terbuka
@belum_terkirim
def bagian(request: HttpRequest, konsep: Konsep, ajuan: Ajuan, kode: str) -> HttpResponse:
    """One group of questions. Saved as it was typed; what is wrong is said at once."""
    pilihan = next((b for b in ajuan.bagian if b.kode == kode), None)
    if pilihan is None:
        raise Http404
    if request.method != "POST":
        return _tampil(request, konsep, ajuan, "bagian", kode, bagian=pilihan, form=pilihan.form(None, konsep=konsep))
    gudang.simpan_isi(konsep, jawaban(pilihan.form(None, konsep=konsep), request.POST))
    form = pilihan.form(konsep.isi, konsep=konsep)
    if not form.is_valid() or form.aturan_gagal or (form.peringatan and "lanjut" not in request.POST):
        return _tampil(request, konsep, ajuan, "bagian", kode, 422, bagian=pilihan, form=form, tersimpan=True)
    langkah = [satu.url for satu in urutan(konsep, ajuan)[0]]
    return redirect(langkah[ajuan.bagian.index(pilihan) + 1])


@require_safe
@konsep_terbuka
@belum_terkirim
def dokumen(request: HttpRequest, konsep: Konsep, ajuan: Ajuan) -> HttpResponse:
    langkah, _, berkas = urutan(konsep, ajuan)
    return _tampil(request, konsep, ajuan, "dokumen", "dokumen", langkah=langkah, berkas=berkas)


@require_http_methods(["GET", "HEAD", "POST"])
@konsep_terbuka
@belum_terkirim
def periksa(request: HttpRequest, konsep: Konsep, ajuan: Ajuan) -> HttpResponse:
    """The last look; a POST sends."""
    langkah, daftar, berkas = urutan(konsep, ajuan)
    siap = all(satu.beres for satu in langkah[:-1])
    konteks: dict[str, Any] = {"langkah": langkah, "daftar": daftar, "berkas": berkas, "siap": siap}
    if request.method != "POST":
        return _tampil(request, konsep, ajuan, "periksa", "periksa", **konteks)
    if not siap or "setuju" not in request.POST:
        kalimat = "" if siap else "Belum dapat dikirim: lengkapi dulu bagian yang ditandai di bawah ini."
        konteks |= {"galat": [kalimat or "Centang pernyataan di bawah sebelum mengirim."]}
        return _tampil(request, konsep, ajuan, "periksa", "periksa", 422, **konteks)
    try:
        lama = kirim(konsep, ajuan, {n: v for p in daftar for n, v in p.form.cleaned_data.items()})
    except IsianSalah as galat:
        konteks |= {"galat": [kalimat for daftar in galat.galat.values() for kalimat in daftar]}
        return _tampil(request, konsep, ajuan, "periksa", "periksa", galat.status_http, **konteks)
    except LangkahGagal as galat:
        konteks |= {"galat": [galat.kalimat]}
        return _tampil(request, konsep, ajuan, "periksa", "periksa", galat.status_http, **konteks)
    return minta_tunggu(request, lama) if lama else lihat_lain("terkirim", konsep.token)


@require_safe
@konsep_terbuka
def terkirim(request: HttpRequest, konsep: Konsep, ajuan: Ajuan) -> HttpResponse:
    """The case number, the promise, and how to follow it."""
    perkara = konsep.terkirim
    if perkara is None:
        return redirect("ptsp:konsep", konsep.token)
    cek.ingat(request, perkara)
    konteks = {"ajuan": ajuan, "perkara": perkara, "kantor": konsep.kantor, "janji": _janji(perkara)}
    return tampil(request, "publik/ajukan/terkirim.html", konteks | {"saluran": sebut_saluran(konsep.saluran)})


def _janji(perkara: Perkara) -> str:
    """Until when the office answers, on its own clock; "" when its SOP sets no limit."""
    rentang = perkara.tenggat.filter(jenis=Tenggat.Jenis.RENTANG, batas__isnull=False).order_by("batas").first()
    return saat(rentang.batas, perkara.kantor.zona_waktu) if rentang and rentang.batas else ""


@require_POST
@konsep_terbuka
@belum_terkirim
def hapus(request: HttpRequest, konsep: Konsep, ajuan: Ajuan) -> HttpResponse:
    """The pilgrim throws the draft away, files included."""
    gudang.hapus(konsep)
    messages.success(request, "Konsep dan semua berkasnya sudah dihapus.")
    return lihat_lain("mulai", ajuan.layanan)
