"""The register of travel organisers: looked up by every office, kept by those that give recommendations."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.generic import View

from haji_portal.akun.akses import PermintaanPetugas, PetugasMixin
from haji_portal.alur.tampil_waktu import saat, tanggal
from haji_portal.berkas.saring import UnggahanDitolak
from haji_portal.berkas.tabel import MIME, tulis_tabel
from haji_portal.meja.masuk import HARI
from haji_portal.meja.models import ImporBerkas

from . import impor as berkas_register
from . import register
from .models import JejakRegister, PenyelenggaraPerjalanan, SkPenyelenggara
from .models.register import MAKS_CARI

PER_HALAMAN = 50
JEJAK = 30
SEGERA = 90
"""Days before its end from which a licence is shown as ending soon."""
KEADAAN = {
    "": "Semua", "segera": "Habis dalam 90 hari", "habis": "Sudah habis", "tanpa": "Belum ada SK",
}  # fmt: skip
GANDA = "Penyelenggara dengan nama dan jenis izin ini sudah ada dalam daftar."
SK_GANDA = "Nomor SK ini sudah tercatat untuk penyelenggara tersebut."


class FormPenyelenggara(forms.ModelForm):
    class Meta:
        model = PenyelenggaraPerjalanan
        fields = ["jenis", "nama", "kota", "alamat", "telepon", "catatan"]
        widgets = {"catatan": forms.Textarea(attrs={"rows": 2})}


class FormSk(forms.ModelForm):
    class Meta:
        model = SkPenyelenggara
        fields = ["nomor", "tanggal", "berlaku_sampai"]
        widgets = {"tanggal": HARI, "berlaku_sampai": HARI}

    def clean_nomor(self) -> str:
        return " ".join(self.cleaned_data["nomor"].split())

    def clean(self) -> dict[str, Any]:
        isi: dict[str, Any] = super().clean() or {}
        mulai, akhir = isi.get("tanggal"), isi.get("berlaku_sampai")
        if mulai and akhir and akhir < mulai:
            self.add_error("berlaku_sampai", "Batas berlaku tidak dapat sebelum tanggal SK.")
        return isi


class FormSkUbah(FormSk):
    """A correction; a licence that was withdrawn ends here, too."""

    class Meta(FormSk.Meta):
        fields = ["nomor", "tanggal", "berlaku_sampai", "dicabut"]
        widgets = FormSk.Meta.widgets | {"dicabut": HARI}


class RegisterMixin(PetugasMixin, View):
    """Ministry offices read; `kelola`: only who keeps the register comes in."""

    request: PermintaanPetugas  # type: ignore[assignment]
    kelola = False

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        tugas = request.user.penugasan_berlaku() if request.user.is_authenticated else []
        if tugas and not register.boleh_baca(tugas):
            raise PermissionDenied
        self.pengelola = register.boleh_kelola(tugas)
        if tugas and self.kelola and not self.pengelola:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def tampil(self, templat: str, konteks: dict[str, Any], status: int = 200) -> HttpResponse:
        umum = {"menu": "rekomendasi", "pengelola": self.pengelola}
        return render(self.request, f"rekomendasi/{templat}.html", umum | konteks, status=status)


def hari_kantor(request: PermintaanPetugas) -> datetime.date:
    """The date on the wall of the reader's office."""
    return timezone.localdate(timezone=request.penugasan[0].kantor.zona_waktu)


def lencana_sk(akhir: datetime.date | None, ada: bool, hari: datetime.date) -> tuple[str, str]:
    """Words and tone of a licence in a list."""
    if not ada:
        return "Belum ada SK", "tenang"
    if akhir is None:
        return "Tanpa batas", "baik"
    sisa = (akhir - hari).days
    if sisa < 0:
        return "Habis", "buruk"
    return (f"{sisa} hari lagi", "perhatian") if sisa <= SEGERA else ("Berlaku", "baik")


class Daftar(RegisterMixin):
    def get(self, request: Any) -> HttpResponse:
        q, keadaan = request.GET.get("q", "").replace("\x00", "")[:MAKS_CARI], request.GET.get("keadaan", "")
        keadaan, jenis = keadaan if keadaan in KEADAAN else "", request.GET.get("jenis", "")
        jenis = jenis if jenis in PenyelenggaraPerjalanan.Jenis.values else ""
        hari = hari_kantor(request)
        halaman = Paginator(saring(q, keadaan, jenis, hari), PER_HALAMAN).get_page(request.GET.get("halaman"))
        kueri = {k: v for k, v in {"q": q, "keadaan": keadaan, "jenis": jenis}.items() if v}
        konteks = {
            "halaman": halaman, "q": q, "keadaan": keadaan, "jenis": jenis,
            "baris": [_baris(p, hari) for p in halaman], "kueri": f"&{urlencode(kueri)}" if kueri else "",
            "tab": [(k, label, urlencode(kueri | {"keadaan": k})) for k, label in KEADAAN.items()],
            "pilihan_jenis": PenyelenggaraPerjalanan.Jenis.choices,
        }  # fmt: skip
        return self.tampil("penyelenggara_daftar", konteks)


def saring(q: str, keadaan: str, jenis: str, hari: datetime.date) -> QuerySet:
    """The register as it was asked for; what ends first comes first where the end was asked for."""
    qs = PenyelenggaraPerjalanan.objects.cari(q).dengan_sk()
    qs = qs.filter(jenis=jenis) if jenis else qs
    if keadaan == "segera":
        akhir = hari + datetime.timedelta(days=SEGERA)
        return qs.filter(sk_akhir__gte=hari, sk_akhir__lte=akhir).order_by("sk_akhir", "nama")
    if keadaan == "habis":
        return qs.filter(sk_akhir__lt=hari).order_by("-sk_akhir", "nama")
    return qs.filter(sk_pk=None) if keadaan == "tanpa" else qs


def _baris(p: Any, hari: datetime.date) -> dict[str, Any]:
    kata, nada = lencana_sk(p.sk_akhir, p.sk_pk is not None, hari)
    return {"p": p, "kata": kata, "nada": nada, "akhir": tanggal(p.sk_akhir) if p.sk_akhir else ""}


class Rinci(RegisterMixin):
    def get(self, request: Any, pk: int) -> HttpResponse:
        satu = get_object_or_404(PenyelenggaraPerjalanan, pk=pk)
        hari, zona = hari_kantor(request), request.penugasan[0].kantor.zona_waktu
        jejak = satu.jejak.select_related("pengguna", "impor")[:JEJAK]
        konteks = {
            "satu": satu,
            "sk": [
                {"sk": s, "kata": s.keadaan(hari), "nada": "baik" if s.berlaku(hari) else "tenang"}
                for s in satu.sk.all()
            ],
            "berlaku": satu.sk_berlaku(hari) is not None,
            "jejak": [{"j": j, "saat": saat(j.waktu, zona), "isi": sebut_jejak(j)} for j in jejak],
        }
        return self.tampil("penyelenggara_rinci", konteks)


def sebut_jejak(j: JejakRegister) -> list[str]:
    """A change in words."""
    bagian = []
    for nama, (lama, baru) in j.isi.items():
        judul = {"sk": "SK", "dicabut": "Dicabut sejak"}.get(nama) or berkas_register.JUDUL.get(nama, nama)
        bagian.append(f"{judul}: {_hari(lama)} → {_hari(baru)}" if lama else f"{judul}: {_hari(baru) or '(kosong)'}")
    return bagian


def _hari(teks: str) -> str:
    try:
        return tanggal(datetime.date.fromisoformat(teks))
    except ValueError:
        return teks


class FormView(RegisterMixin):
    """A form of the register: GET shows it, POST writes it (303) or shows it again (422)."""

    kelola = True
    judul = ""

    def form(self, data: Any = None) -> Any:
        raise NotImplementedError

    def simpan(self, form: Any) -> PenyelenggaraPerjalanan:
        raise NotImplementedError

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        return self._tampil(self.form())

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self._tampil(form, 422)
        try:
            with transaction.atomic():
                satu = self.simpan(form)
        except IntegrityError:
            form.add_error("nomor" if "nomor" in form.fields else "nama", SK_GANDA if "nomor" in form.fields else GANDA)
            return self._tampil(form, 422)
        messages.success(request, f"Tersimpan: {satu.nama}.")
        return ke(reverse("penyelenggara:rinci", args=[satu.pk]))

    def penyelenggara(self) -> PenyelenggaraPerjalanan:
        return get_object_or_404(PenyelenggaraPerjalanan, pk=self.kwargs["pk"])

    def _tampil(self, form: Any, status: int = 200) -> HttpResponse:
        satu = self.penyelenggara() if "pk" in self.kwargs else None
        return self.tampil("penyelenggara_form", {"form": form, "judul_form": self.judul, "satu": satu}, status)


class Baru(FormView):
    judul = "Penyelenggara baru"

    def form(self, data: Any = None) -> Any:
        return FormPenyelenggara(data)

    def simpan(self, form: Any) -> PenyelenggaraPerjalanan:
        isi = dict(form.cleaned_data)
        return register.catat_baru(
            isi.pop("jenis"), isi.pop("nama"), self.request.user, timezone.now(), **isi
        )  # fmt: skip


class Ubah(FormView):
    judul = "Ubah data penyelenggara"

    def form(self, data: Any = None) -> Any:
        return FormPenyelenggara(data, instance=self.penyelenggara())

    def simpan(self, form: Any) -> PenyelenggaraPerjalanan:
        satu = self.penyelenggara()
        register.ubah(satu, form.cleaned_data, self.request.user, timezone.now())
        return satu


class SkBaru(FormView):
    judul = "SK baru"

    def form(self, data: Any = None) -> Any:
        return FormSk(data, instance=SkPenyelenggara(penyelenggara=self.penyelenggara()))

    def simpan(self, form: Any) -> PenyelenggaraPerjalanan:
        satu = self.penyelenggara()
        if satu.sk.filter(nomor=form.cleaned_data["nomor"]).exists():
            raise IntegrityError
        register.catat_sk(satu, form.cleaned_data, self.request.user, timezone.now())
        return satu


class SkUbah(FormView):
    judul = "Perbaiki SK"

    def sk(self) -> SkPenyelenggara:
        return get_object_or_404(SkPenyelenggara, pk=self.kwargs["sk"], penyelenggara=self.kwargs["pk"])

    def form(self, data: Any = None) -> Any:
        return FormSkUbah(data, instance=self.sk())

    def simpan(self, form: Any) -> PenyelenggaraPerjalanan:
        sk = self.sk()
        register.perbaiki_sk(sk, form.cleaned_data, self.request.user, timezone.now())
        return sk.penyelenggara


class Ekspor(RegisterMixin):
    def get(self, request: Any) -> HttpResponse:
        """The whole register with its newest licences; filled in further it can be imported again."""
        format_ = "csv" if request.GET.get("format") == "csv" else "xlsx"
        kode = list(berkas_register.KOLOM)
        rows = PenyelenggaraPerjalanan.objects.dengan_sk().order_by("nama", "pk")
        terbaru = SkPenyelenggara.objects.in_bulk([p.sk_pk for p in rows if p.sk_pk])
        isi = tulis_tabel(
            format_, [berkas_register.JUDUL[k] for k in kode],
            (_ekspor(p, terbaru.get(p.sk_pk), kode) for p in rows), "Penyelenggara",
        )  # fmt: skip
        return unduh(isi, f"penyelenggara-{timezone.localdate():%Y-%m-%d}.{format_}", MIME[format_])


def _ekspor(p: PenyelenggaraPerjalanan, sk: SkPenyelenggara | None, kode: list[str]) -> list[Any]:
    isi = {"jenis": p.izin, "nama": p.nama, "kota": p.kota, "alamat": p.alamat, "telepon": p.telepon} | {
        "catatan": p.catatan
    }
    if sk is not None:
        isi |= {"nomor": sk.nomor, "tanggal": sk.tanggal, "berlaku_sampai": sk.berlaku_sampai}  # type: ignore[dict-item]
    return [isi.get(k) or "" for k in kode]


class Impor(RegisterMixin):
    """A file is read and kept; nothing of the register changes before its rows were seen."""

    kelola = True

    def get(self, request: Any) -> HttpResponse:
        return self._tampil()

    def post(self, request: Any) -> HttpResponse:
        berkas = request.FILES.get("berkas")
        try:
            if berkas is None:
                raise UnggahanDitolak("Pilih dulu berkas CSV atau XLSX yang akan diunggah.")
            satu = berkas_register.terima(request.penugasan[0].kantor, request.user, berkas)
        except UnggahanDitolak as galat:
            return self._tampil(galat.kalimat, 422)
        return ke(reverse("penyelenggara:pratinjau", args=[satu.pk]))

    def _tampil(self, galat: str = "", status: int = 200) -> HttpResponse:
        konteks = {"galat": galat, "kolom": berkas_register.JUDUL.values()}
        return self.tampil("penyelenggara_impor", konteks, status)


class Pratinjau(RegisterMixin):
    """GET: what every row would change. POST: write it, when it is still what was shown."""

    kelola = True

    def get(self, request: Any, pk: int) -> HttpResponse:
        return self._tampil(self._impor(pk))

    def post(self, request: Any, pk: int) -> HttpResponse:
        satu = self._impor(pk)
        try:
            jumlah = berkas_register.terapkan(satu, request.user, request.POST.get("sidik", ""))
        except UnggahanDitolak as galat:
            return self._tampil(satu, galat.kalimat, 409)
        if jumlah is None:
            kalimat = "Daftar sudah berubah sejak halaman ini dibuka. Periksa lagi, lalu terapkan."
            return self._tampil(satu, kalimat, 409)
        messages.success(request, f"{jumlah} baris diterapkan pada daftar penyelenggara.")
        return ke(reverse("penyelenggara:pratinjau", args=[pk]))

    def _impor(self, pk: int) -> ImporBerkas:
        kantor = [t.kantor_id for t in self.request.user.penugasan_berlaku()]
        return get_object_or_404(ImporBerkas, pk=pk, layanan=berkas_register.LAYANAN, kantor__in=kantor)

    def _tampil(self, satu: ImporBerkas, gagal: str = "", status: int = 200) -> HttpResponse:
        try:
            putusan = berkas_register.nilai(satu)
        except UnggahanDitolak as galat:
            putusan, gagal = [], galat.kalimat
        hitung = {k: sum(p.keadaan == k for p in putusan) for k in berkas_register.KEADAAN}
        keadaan = self.request.GET.get("keadaan", "")
        dipilih = [p for p in putusan if p.keadaan == keadaan] if keadaan in hitung else putusan
        halaman = Paginator(dipilih, PER_HALAMAN).get_page(self.request.GET.get("halaman"))
        konteks = {
            "impor": satu, "gagal": gagal, "halaman": halaman, "keadaan": keadaan if keadaan in hitung else "",
            "kueri": f"&keadaan={keadaan}" if keadaan in hitung else "",
            "tab": [(k, label, hitung[k]) for k, label in berkas_register.KEADAAN.items() if hitung[k]],
            "jumlah": len(putusan), "siap": hitung["baru"] + hitung["berubah"], "galat": hitung["galat"],
            "sidik": berkas_register.sidik(putusan), "diterapkan": berkas_register.diterapkan(satu),
            "label": berkas_register.KEADAAN,
        }  # fmt: skip
        return self.tampil("penyelenggara_pratinjau", konteks, status)


def ke(alamat: str) -> HttpResponse:
    """303: a reload repeats nothing."""
    jawab = HttpResponseRedirect(alamat)
    jawab.status_code = 303
    return jawab


def unduh(isi: bytes, nama: str, mime: str) -> HttpResponse:
    kepala = {
        "Content-Disposition": content_disposition_header(True, nama),
        "X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store",
    }  # fmt: skip
    return HttpResponse(isi, content_type=mime, headers=kepala)
