"""The addresses of a service: list and open, one case, its history, its files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from haji_portal.alur.galat import TidakBerhak
from haji_portal.alur.jalankan import Hasil
from haji_portal.alur.models import Permohonan
from haji_portal.alur.pelaku import Petugas
from haji_portal.alur.posisi import langkah_di_sini
from haji_portal.berkas.models import Lampiran
from haji_portal.berkas.views import kirim

from ..baris import untuk_daftar
from ..langkah import buat_form, sebab_tertutup
from ..pembuka import buka_atau_sebab
from . import serializer as bentuk
from .dasar import JSON, Operasi, PandanganApi, jawab
from .etag import tag, tidak_berubah
from .idempotensi import Jawaban, sekali
from .isian import data_form, galat_form, skema_bidang, skema_form
from .layanan import LayananApi
from .saringan import Saringan, baca_saringan, halaman

UNGGAHAN = ("application/pdf", "image/jpeg")


class LayananView(PandanganApi):
    """Knows its service."""

    layanan: LayananApi = None  # type: ignore[assignment]

    def alamat(self, nama: str, *args: Any) -> str:
        """Address of another view of this service."""
        return reverse(f"api:{self.layanan.label}_{nama}", args=args)


class DaftarView(LayananView):
    """GET: the cases in the person's scope. POST: open one, by the form and rules of the counter's page."""

    def get(self, request: Request) -> Response:
        """A page of the list."""
        form = baca_saringan(request, self.layanan.model.TAHAP)
        qs = untuk_daftar(self.layanan.model.objects.untuk(self.pengguna))
        baris, berikut = halaman(request, form, qs)
        return jawab(bentuk.bentuk(bentuk.Halaman, {"hasil": baris, "berikut": berikut}))

    def post(self, request: Request) -> Response:
        """201 with the new case's number; where the service is not opened here, there is no such method."""
        tugas, sebab = buka_atau_sebab(self.pengguna, self.layanan.model)
        if tugas is None or sebab is not None:
            tidak = "Permohonan ini tidak dapat Anda buka: penugasan Anda tidak menerima berkas layanan ini."
            raise sebab or TidakBerhak(tidak)
        oleh = Petugas(self.pengguna, tugas)

        def siapkan() -> Any:
            kosong = self.layanan.form_buka(kantor=tugas.kantor)
            form = self.layanan.form_buka(data_form(kosong, request.data), kantor=tugas.kantor)
            if not form.is_valid():
                raise galat_form(form)
            return lambda: self.terbuka(form.buka(oleh), getattr(form, "peringatan", []))

        return kirim_jawaban(sekali(request, siapkan))

    def terbuka(self, hasil: Hasil, peringatan: list[str]) -> Jawaban:
        """201: where the case is, and what the officer should look at once more."""
        isi = tanda(hasil, self.alamat("rinci", hasil.perkara.nomor), peringatan=peringatan)
        return Jawaban(201, isi, {"Location": isi["url"], "ETag": tag(hasil.perkara.versi)})

    def operasi(self) -> dict[str, Operasi]:
        """List, and opening where the service allows it."""
        label, kueri = self.layanan.label, Saringan(tahap=self.layanan.model.TAHAP).fields
        hasil = {
            "get": Operasi(
                f"{label}_daftar",
                "Daftar perkara dalam wilayah kerja Anda, terbaru lebih dulu",
                {200: ("Satu halaman daftar", bentuk.Halaman, ())},
                galat=(422,),
                kueri={n: skema_bidang(b) | {"description": str(b.help_text)} for n, b in kueri.items()},
            )
        }
        if self.layanan.form_buka is not None:
            hasil["post"] = Operasi(
                f"{label}_buat",
                "Buka perkara baru dengan isian dan aturan loket",
                {201: ("Perkara terbuka", bentuk.Tanda, ("Location", "ETag"))},
                badan={JSON: skema_form(self.layanan.form_buka.base_fields)},
                galat=(409, 413, 415, 422),
                kepala=("Idempotency-Key",),
                contoh=self.layanan.contoh_buka or None,
            )
        return hasil


class PerkaraApi(LayananView):
    """Finds the case of the address inside the person's scope; everything else answers 404."""

    def perkara(self) -> Permohonan:
        """Fresh from the database."""
        qs = self.layanan.model.objects.untuk(self.pengguna)
        qs = qs.select_related("kantor", "kantor__induk", "pemohon", "porsi", "sop")
        perkara = qs.filter(nomor=self.kwargs["nomor"]).first()
        if perkara is None:
            raise Http404
        return perkara


class RinciView(PerkaraApi):
    """One case, with its version as ETag."""

    def get(self, request: Request, nomor: str) -> Response:
        """200, or 304 when If-None-Match names the present version."""
        perkara = self.perkara()
        kepala = {"ETag": tag(perkara.versi)}
        if tidak_berubah(request, perkara.versi):
            return jawab(None, 304, kepala)
        isi = bentuk.bentuk(bentuk.PerkaraSerializer, perkara)
        return jawab(isi | {"isian": bentuk.bentuk(self.layanan.isian, perkara)}, kepala=kepala)

    def operasi(self) -> dict[str, Operasi]:
        """The detail has the service's own fields beside the common ones."""
        label = self.layanan.label
        jawaban = {
            200: ("Perkara", (bentuk.PerkaraSerializer, self.layanan.isian), ("ETag",)),
            304: ("Belum berubah", None, ("ETag",)),
        }
        return {"get": Operasi(f"{label}_rinci", "Satu perkara", jawaban, galat=(404,), kepala=("If-None-Match",))}


class RiwayatView(PerkaraApi):
    """The case's history."""

    def get(self, request: Request, nomor: str) -> Response:
        """Oldest first, as the chain was written."""
        baris = self.perkara().riwayat.select_related("isi").order_by("urut")
        return jawab(bentuk.bentuk(bentuk.DaftarRiwayat, {"hasil": baris}))

    def operasi(self) -> dict[str, Operasi]:
        """Only reading."""
        jawaban = {200: ("Riwayat, terlama lebih dulu", bentuk.DaftarRiwayat, ())}
        return {"get": Operasi(f"{self.layanan.label}_riwayat", "Riwayat perkara", jawaban, galat=(404,))}


def berkas_perkara(perkara: Permohonan, pengguna: Any) -> dict[str, Any]:
    """Checklist, present files, and the file fields of the steps that are open to this person."""
    lampiran = Lampiran.objects.terkini().filter(perkara=perkara.pk).select_related("butir")
    unggah = []
    for langkah in langkah_di_sini(perkara):
        if not langkah.form or sebab_tertutup(perkara, langkah, pengguna):
            continue
        for nama, bidang in buat_form(perkara, langkah).fields.items():
            if skema_bidang(bidang).get("format") == "binary":
                unggah.append({"langkah": langkah.nama, "isian": nama, "label": str(bidang.label)})
    isi = {"butir": perkara.butir.order_by("urut", "kode"), "lampiran": lampiran, "unggah": unggah}
    return bentuk.bentuk(bentuk.DaftarBerkas, isi, perkara=perkara)


class ApaSaja(BaseContentNegotiation):
    """A file comes as what it is, whatever Accept says; errors come as JSON."""

    def select_parser(self, request: Any, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class BerkasSatuView(PerkaraApi):
    """One file, through the same audited way as the page."""

    content_negotiation_class = ApaSaja

    def get(self, request: Request, nomor: str, pk: int) -> HttpResponse:
        """The bytes; the opening is written down under the person's name."""
        milik = Lampiran.objects.filter(perkara=self.perkara().pk, pk=pk).first()
        if milik is None:
            raise Http404
        return kirim(milik, self.pengguna, simpan=True)

    def operasi(self) -> dict[str, Operasi]:
        """PDF or JPEG."""
        jawaban = {200: ("Isi berkas", {m: {"type": "string", "format": "binary"} for m in UNGGAHAN}, ())}
        return {"get": Operasi(f"{self.layanan.label}_berkas_unduh", "Isi satu berkas", jawaban, galat=(404,))}


def tanda(hasil: Hasil, url: str, **lain: Any) -> dict[str, Any]:
    """The small answer of a write."""
    return {
        "nomor": hasil.perkara.nomor,
        "tahap": hasil.perkara.tahap,
        "versi": hasil.perkara.versi,
        "langkah": hasil.riwayat.langkah,
        "sudah": hasil.sudah,
        "peringatan": [],
        "lampiran": [],
        "url": url,
        **lain,
    }


def kirim_jawaban(jawaban: Jawaban) -> Response:
    """A write's answer; one that was given before says so."""
    kepala = jawaban.kepala | ({"Idempotency-Replayed": "true"} if jawaban.ulangan else {})
    return jawab(jawaban.isi, jawaban.status, kepala)
