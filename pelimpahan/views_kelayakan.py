"""The check before the file: what a family asks without a login, and the same at the counter. Nothing is stored."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from haji_portal.akun.akses import PermintaanPetugas, petugas
from haji_portal.akun.models import Kantor
from haji_portal.berkas.views import KEBIJAKAN
from haji_portal.kabar.saluran import Hasil as HasilKirim
from haji_portal.meja.pembuka import alamat_buat_banyak
from haji_portal.ptsp.batas import tunggu_lembar, tunggu_surel
from haji_portal.ptsp.forms import FormKantor
from haji_portal.ptsp.jawab import minta_tunggu, tampil

from .formulir import FORMULIR, gambar_formulir
from .kelayakan import LAIN, beda_provinsi, nilai
from .kelayakan_berkas import daftar_berkas
from .kelayakan_isian import FormKelayakan, FormSurel
from .lembar import Hasil, gambar_lembar, kirim_lembar

KABAR = {
    HasilKirim.DITERIMA: ("success", "Hasil dan daftar berkas sudah dikirim. Lihat kotak masuk surel itu."),
    HasilKirim.TIDAK_PASTI: (
        "warning",
        "Surel mungkin sudah terkirim. Lihat kotak masuk lebih dulu sebelum mengirim lagi.",
    ),
    HasilKirim.TERTUNDA: ("danger", "Surel belum dapat dikirim sekarang. Simpan PDF-nya, atau coba lagi nanti."),
    HasilKirim.DITOLAK: ("danger", "Alamat surel itu ditolak. Periksa penulisannya, lalu kirim lagi."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def periksa(request: HttpRequest) -> HttpResponse:
    """The family's own page."""
    return _periksa(request, "pelimpahan/kelayakan.html", None)


@petugas
@require_http_methods(["GET", "HEAD", "POST"])
def loket(request: PermintaanPetugas) -> HttpResponse:
    """The counter's page: the office is known, and it leads on to the intake."""
    kantor = next((t.kantor for t in request.penugasan if t.kantor.jenis == Kantor.Jenis.KABKOTA), None)
    alamat = alamat_buat_banyak(request.user, ["pelimpahan", "pembatalan"])
    lanjut = {"url_baru": alamat.get("pelimpahan", ""), "url_batal": alamat.get("pembatalan", ""), "menu": "pelimpahan"}
    return _periksa(request, "pelimpahan/kelayakan_loket.html", kantor, lanjut)


@require_safe
def formulir(request: HttpRequest, jenis: str) -> HttpResponse:
    """One empty form to fill in on the screen or by hand. `?kantor=` names the office it is addressed to."""
    if jenis not in FORMULIR:
        raise Http404
    if lama := tunggu_lembar(request):
        return minta_tunggu(request, lama)
    return _pdf(gambar_formulir(jenis, FormKantor(request.GET).terpilih), jenis)


def _periksa(
    request: HttpRequest, templat: str, kantor: Kantor | None, lain: dict[str, Any] | None = None
) -> HttpResponse:
    form = FormKelayakan(request.POST if request.method == "POST" else None, loket=kantor)
    konteks = {"form": form, "formulir": FORMULIR, **(lain or {})}
    if request.method != "POST" or not form.is_valid() or request.POST.get("aksi") == "ubah":
        galat = request.method == "POST" and bool(form.errors)
        return tampil(request, templat, konteks, 422 if galat else 200)
    hasil = hasil_dari(form)
    aksi = request.POST.get("aksi")
    if aksi == "pdf":
        return _lembar_pdf(request, hasil)
    konteks |= {"hasil": hasil, "surel": FormSurel()}
    if aksi == "kirim":
        return _kirim(request, templat, konteks)
    return tampil(request, templat, konteks)


def hasil_dari(form: FormKelayakan) -> Hasil:
    """Verdict and checklist of a valid form."""
    keadaan, kantor = form.keadaan(), form.kantor_terpilih
    putusan = nilai(keadaan, form.ambang)
    # A relation that may not receive it says nothing about the papers of the relatives who may.
    hubungan = "" if keadaan.hubungan == LAIN else keadaan.hubungan
    berkas = daftar_berkas(keadaan.sebab, hubungan, kantor, form.ambang.hari) if keadaan.sebab else []
    return Hasil(
        putusan, keadaan, kantor, form.ambang.hari, [] if putusan.porsi_tertutup else berkas, beda_provinsi(keadaan)
    )


def _kirim(request: HttpRequest, templat: str, konteks: dict[str, Any]) -> HttpResponse:
    konteks["surel"] = surel = FormSurel(request.POST)
    if not surel.is_valid():
        return tampil(request, templat, konteks, 422)
    alamat = surel.cleaned_data["surel"]
    if lama := tunggu_surel(request, alamat):
        return minta_tunggu(request, lama)
    konteks["kabar"] = KABAR[kirim_lembar(konteks["hasil"], alamat).hasil]
    konteks["surel"] = FormSurel()
    return tampil(request, templat, konteks)


def _lembar_pdf(request: HttpRequest, hasil: Hasil) -> HttpResponse:
    if lama := tunggu_lembar(request):
        return minta_tunggu(request, lama)
    return _pdf(gambar_lembar(hasil), "persyaratan-pelimpahan")


def _pdf(isi: bytes, nama: str) -> HttpResponse:
    jawab = HttpResponse(isi, content_type="application/pdf")
    jawab["Content-Disposition"] = f'attachment; filename="{nama}.pdf"'
    jawab["X-Content-Type-Options"] = "nosniff"
    jawab["Content-Security-Policy"] = KEBIJAKAN
    jawab["Cache-Control"] = "no-store"
    return jawab
