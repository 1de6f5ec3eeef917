"""Steps over the API: which are open, what each asks, and taking one by the form of its page."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from haji_portal.alur.deklarasi import Langkah, cari_langkah, mesin
from haji_portal.alur.galat import Basi
from haji_portal.alur.jalankan import Hasil, cari_di_tahap, jalankan, pilih_petugas
from haji_portal.alur.models import Permohonan
from haji_portal.alur.pelaku import Petugas
from haji_portal.alur.posisi import langkah_berikut, langkah_di_sini
from haji_portal.berkas.models import Lampiran
from haji_portal.jemaah.models import Jemaah

from ..langkah import buat_form, kelas_form, laksanakan, sebab_tertutup
from . import serializer as bentuk
from .dasar import JSON, MULTIPART, Operasi, jawab
from .etag import tag, versi_diminta
from .galat import IsianDitolak, Masalah
from .idempotensi import Jawaban, sekali
from .isian import data_form, galat_form, skema_form, uraikan
from .pandangan import PerkaraApi, berkas_perkara, kirim_jawaban, tanda
from .pengurai import FormulirBerkas, JsonKetat

TULIS = ("If-Match", "Idempotency-Key")
GALAT_TULIS = (404, 409, 412, 413, 415, 422, 428)
Efek = Callable[[], Jawaban]


def uraian_langkah(perkara: Permohonan, langkah: Langkah, pengguna: Any, url: str) -> dict[str, Any]:
    """One step of the present status for the person who asks."""
    berikut = langkah_berikut(perkara)
    tertutup = sebab_tertutup(perkara, langkah, pengguna)
    tanda_tangan = bool(langkah.tanda_tangan)
    return {
        "nama": langkah.nama,
        "label": langkah.label,
        "keterangan": langkah.keterangan,
        "terbuka": not tertutup,
        "tertutup": tertutup,
        "berikut": berikut is not None and berikut.nama == langkah.nama,
        "cabang": langkah.cabang,
        "tanda_tangan": tanda_tangan,
        "sandi": langkah.sandi,
        "isian": [] if tanda_tangan or langkah.sandi or tertutup else uraikan(buat_form(perkara, langkah)),
        "url": url,
    }


class DaftarLangkahView(PerkaraApi):
    """Every step of the present status: open or why not, and what it asks."""

    def get(self, request: Request, nomor: str) -> Response:
        """The steps in the order of the declaration; the ETag is what a step wants as If-Match."""
        perkara = self.perkara()
        semua = [
            uraian_langkah(perkara, lk, self.pengguna, f"{self.alamat('langkah_daftar', nomor)}{lk.nama}/")
            for lk in langkah_di_sini(perkara)
        ]
        isi = {"nomor": nomor, "tahap": perkara.tahap, "versi": perkara.versi, "langkah": semua}
        return jawab(bentuk.bentuk(bentuk.DaftarLangkah, isi), kepala={"ETag": tag(perkara.versi)})

    def operasi(self) -> dict[str, Operasi]:
        """Only reading."""
        jawaban = {200: ("Langkah pada tahap ini", bentuk.DaftarLangkah, ("ETag",))}
        ringkas = "Langkah yang ada pada tahap ini, isiannya, dan sebab yang tertutup"
        return {"get": Operasi(f"{self.layanan.label}_langkah", ringkas, jawaban, galat=(404,))}


class MelangkahView(PerkaraApi):
    """Takes steps, in the same order of refusals as the page: stale, wrong status, role, closed, form."""

    def lakukan(self, nama: str, isi: Callable[[Permohonan, Langkah], Any], status: int = 200) -> Response:
        """`isi(case, step)` gives the bound form (None when nothing is asked). Location: the first new file."""
        self.perkara()  # out of scope is 404, also for a key whose answer is kept

        def siapkan() -> Efek:
            perkara = self.perkara()
            hasil = self.periksa(perkara, nama, versi_diminta(self.request, perkara.versi), isi)
            return lambda: self.jawaban(perkara, hasil(), status)

        try:
            return kirim_jawaban(sekali(self.request, siapkan))
        except Basi as galat:
            kini = self.perkara().versi
            raise Masalah("basi", galat.kalimat, kepala={"ETag": tag(kini)}, versi=kini) from galat

    def periksa(self, perkara: Permohonan, nama: str, versi: int, isi: Callable[..., Any]) -> Callable[[], Hasil]:
        """Everything before the step itself; the effect as a call. Raises LangkahGagal or a problem."""
        if versi != perkara.versi:
            return lambda: self.ulangan(perkara, nama, versi)
        lk = cari_di_tahap(perkara, nama)
        oleh = pilih_petugas(self.pengguna, perkara, lk)
        if lk.tanda_tangan:
            kalimat = f"“{lk.label}” meminta kata sandi Anda dan dilakukan di halaman perkara."
            raise Masalah("tanda-tangan-di-halaman", kalimat, halaman=perkara.get_absolute_url())
        if lk.sandi:
            kalimat = f"“{lk.label}” melepas dana: kata sandi Anda diminta di halaman perkara."
            raise Masalah("sandi-di-halaman", kalimat, halaman=perkara.get_absolute_url())
        form = isi(perkara, lk)
        if form is not None and not form.is_valid():
            if self.perkara().versi != versi:
                # The first of two requests went through while this one was read (its stored file is taken).
                return lambda: self.ulangan(perkara, nama, versi)
            if tertutup := sebab_tertutup(perkara, lk, self.pengguna):
                raise Masalah("tertutup", " ".join(tertutup))
            raise galat_form(form)
        return lambda: laksanakan(perkara, lk, form, oleh=oleh, versi=versi)

    def ulangan(self, perkara: Permohonan, nama: str, versi: int) -> Hasil:
        """A version older than the case: jalankan() knows whether this is the repeat of a step already done."""
        oleh = Petugas(self.pengguna, self.pengguna.penugasan_berlaku()[0])
        return jalankan(perkara, nama, oleh=oleh, versi=versi)

    def jawaban(self, perkara: Permohonan, hasil: Hasil, status: int) -> Jawaban:
        """The new files are those that this very step wrote."""
        baru = [] if hasil.sudah else self.berkas_baru(hasil)
        isi = tanda(hasil, self.alamat("rinci", perkara.nomor), lampiran=baru)
        kepala = {"ETag": tag(hasil.perkara.versi)}
        if status == 201 and baru:
            return Jawaban(201, isi, kepala | {"Location": baru[0]})
        return Jawaban(200, isi, kepala)

    def berkas_baru(self, hasil: Hasil) -> list[str]:
        """Addresses of the files attached by a step, in the order of their fields."""
        milik = Lampiran.objects.filter(perkara=hasil.perkara.pk, diunggah_pada__gte=hasil.riwayat.waktu)
        return [
            self.alamat("berkas_satu", hasil.perkara.nomor, pk)
            for pk in milik.order_by("pk").values_list("pk", flat=True)
        ]


class LangkahView(MelangkahView):
    """One step by its name."""

    langkah = ""

    def get_parsers(self) -> list[BaseParser]:
        """JSON, or a form with files where the step takes some; only that where it cannot do without."""
        media = self.media()
        return [*([JsonKetat()] if JSON in media else []), *([FormulirBerkas()] if MULTIPART in media else [])]

    def get(self, request: Request, nomor: str) -> Response:
        """What this step asks now; 409 when the present status has no such step."""
        perkara = self.perkara()
        lk = cari_di_tahap(perkara, self.langkah)
        isi = uraian_langkah(perkara, lk, self.pengguna, request.path)
        return jawab(bentuk.bentuk(bentuk.LangkahPerkaraSerializer, isi), kepala={"ETag": tag(perkara.versi)})

    def post(self, request: Request, nomor: str) -> Response:
        """200 done (`sudah`: it had been done before)."""
        data, berkas = request.data, request.FILES

        def isi(perkara: Permohonan, lk: Langkah) -> Any:
            kosong = buat_form(perkara, lk)
            if kosong is None:
                data_form(forms.Form(), data, berkas)  # nothing is asked, so nothing may be sent
                return None
            return buat_form(perkara, lk, data_form(kosong, data, berkas), berkas)

        return self.lakukan(self.langkah, isi)

    def media(self) -> list[str]:
        """The media types that this step takes."""
        skema = skema_langkah(self.layanan.model, self.langkah)
        biner = {n for n, b in skema["properties"].items() if b.get("format") == "binary"}
        mungkin = biner or any(b.get("format") == "binary" for b in skema.get("patternProperties", {}).values())
        if biner & set(skema.get("required", ())):
            return [MULTIPART]
        return [JSON, MULTIPART] if mungkin else [JSON]

    def operasi(self) -> dict[str, Operasi]:
        """Described once per step of the machine, since each asks for something else."""
        lk = cari_langkah(self.layanan.model, self.langkah)[0]
        kode = f"{self.layanan.label}_langkah_{self.langkah}"
        di_halaman = " Menjawab 403: tanda tangan dilakukan di halaman perkara." if lk.tanda_tangan else ""
        di_halaman = " Menjawab 403: kata sandi diminta di halaman perkara." if lk.sandi else di_halaman
        skema = skema_langkah(self.layanan.model, self.langkah)
        return {
            "get": Operasi(
                f"{kode}_lihat",
                f"Isian langkah “{lk.label}” sekarang",
                {200: ("Langkah", bentuk.LangkahPerkaraSerializer, ("ETag",))},
                galat=(404, 409),
            ),
            "post": Operasi(
                kode,
                f"Lakukan “{lk.label}”",
                {200: ("Sudah dilakukan", bentuk.Tanda, ("ETag",))},
                uraian=f"{lk.keterangan}{di_halaman}".strip(),
                badan={media: tanpa_berkas(skema) if media == JSON else skema for media in self.media()},
                galat=GALAT_TULIS,
                kepala=TULIS,
            ),
        }


class BerkasView(MelangkahView):
    """The files of a case, and one more through a step that takes files: there is no other way in."""

    def get_parsers(self) -> list[BaseParser]:
        """Files come as multipart."""
        return [FormulirBerkas()]

    def get(self, request: Request, nomor: str) -> Response:
        """Checklist, files, and where a file may be put now."""
        perkara = self.perkara()
        return jawab(berkas_perkara(perkara, self.pengguna), kepala={"ETag": tag(perkara.versi)})

    def post(self, request: Request, nomor: str) -> Response:
        """Takes the step `langkah` with the file in its field `isian`; the other fields keep what the case holds."""
        nama, isian, berkas = self.baca(request)

        def isi(perkara: Permohonan, lk: Langkah) -> Any:
            kosong = buat_form(perkara, lk)
            bidang = kosong.fields.get(isian) if kosong is not None else None
            if not isinstance(bidang, forms.FileField):
                raise IsianDitolak({"isian": [f"“{lk.label}” tidak menerima berkas pada isian ini."]})
            return buat_form(perkara, lk, isian_kini(kosong), MultiValueDict({isian: [berkas]}))

        return self.lakukan(nama, isi, status=201)

    def baca(self, request: Request) -> tuple[str, str, UploadedFile]:
        """The three parts of an upload; 422 when one is missing or something else was sent."""
        perlu = {"langkah": request.POST, "isian": request.POST, "berkas": request.FILES}
        galat = {str(n): ["Isian ini tidak dikenal."] for n in [*request.POST, *request.FILES] if n not in perlu}
        galat |= {n: ["Wajib diisi, satu kali."] for n, dari in perlu.items() if len(dari.getlist(n)) != 1}
        nama = request.POST.get("langkah", "")
        if not galat and not cari_langkah(self.layanan.model, nama):
            galat["langkah"] = ["Langkah ini tidak dikenal."]
        if galat:
            raise IsianDitolak(galat)
        return nama, request.POST["isian"], request.FILES["berkas"]

    def operasi(self) -> dict[str, Operasi]:
        """Which step and field take a file now stands in the GET answer."""
        label = self.layanan.label
        return {
            "get": Operasi(
                f"{label}_berkas",
                "Daftar periksa dan berkas perkara",
                {200: ("Berkas", bentuk.DaftarBerkas, ("ETag",))},
                galat=(404,),
            ),
            "post": Operasi(
                f"{label}_berkas_unggah",
                "Unggah satu berkas lewat langkah yang menerimanya",
                {
                    201: ("Berkas tersimpan", bentuk.Tanda, ("Location", "ETag")),
                    200: ("Sudah dilakukan sebelumnya", bentuk.Tanda, ("ETag",)),
                },
                badan={MULTIPART: skema_unggah(self.layanan.model)},
                galat=GALAT_TULIS,
                kepala=TULIS,
            ),
        }


def skema_unggah(model: type[Permohonan]) -> dict[str, Any]:
    """JSON Schema of one upload."""
    langkah = sorted({lk.nama for lk in mesin(model) if lk.form})
    return {
        "type": "object",
        "properties": {
            "langkah": {"type": "string", "enum": langkah},
            "isian": {"type": "string", "minLength": 1, "maxLength": 80, "pattern": "^[a-z0-9_-]+$"},
            "berkas": {"type": "string", "format": "binary"},
        },
        "required": ["langkah", "isian", "berkas"],
        "additionalProperties": False,
    }


def isian_kini(form: forms.BaseForm) -> QueryDict:
    """The values that an unsent form would show, as if they had been sent again; files are not among them."""
    data = QueryDict(mutable=True)
    for isian in form:
        if isinstance(isian.field, forms.FileField):
            continue
        nilai = isian.field.prepare_value(isian.value())
        semua = nilai if isinstance(nilai, list | tuple) else [nilai]
        if teks := [str(n) for n in semua if n is not None]:
            data.setlist(isian.name, teks)
    return data


def tanpa_berkas(skema: dict[str, Any]) -> dict[str, Any]:
    """The part of a step's data that JSON can hold."""
    bagian = {
        satu: {n: b for n, b in skema[satu].items() if b.get("format") != "binary"}
        for satu in ("properties", "patternProperties")
        if satu in skema
    }
    return skema | bagian


@cache
def skema_langkah(model: type[Permohonan], nama: str) -> dict[str, Any]:
    """JSON Schema of what a step asks, as far as it is the same for every case."""
    lk = cari_langkah(model, nama)[0]
    kelas = None if lk.tanda_tangan or lk.sandi else kelas_form(lk)
    if kelas is None:
        return skema_form({})
    if pola := getattr(kelas, "BIDANG_POLA", None):
        return skema_form(kelas.base_fields, pola)
    try:
        # Some forms settle what is required only when they are made; a case that holds nothing is enough for most.
        bidang = kelas(perkara=model(pemohon=Jemaah())).fields
    except (AttributeError, TypeError, ValueError):
        bidang = kelas.base_fields
    return skema_form(bidang)
