"""Generic pages of a service: list, new case, case, step, receipt, clock. A service subclasses them in 3-8 lines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.generic import ListView, View

from haji_portal.akun.akses import PetugasMixin, Terlarang, sandi_ditolak, sandi_segar, tujuan_aman
from haji_portal.akun.models import Penugasan
from haji_portal.alur import jeda as pengatur_waktu
from haji_portal.alur.apps import nama_perkara
from haji_portal.alur.deklarasi import cari_langkah
from haji_portal.alur.galat import IsianSalah, LangkahGagal, LayananTutup, SalahTahap, TidakBerhak
from haji_portal.alur.jalankan import Hasil, cari_di_tahap, jalankan, pilih_petugas
from haji_portal.alur.models import Perkara, Permohonan
from haji_portal.alur.pelaku import Petugas
from haji_portal.alur.penutupan import pengumuman
from haji_portal.surat.galat import SandiSalah
from haji_portal.surat.views import dokumen

from .alamat import alamat_perkara
from .anak import induk_diminta, isian_dari, kaitkan
from .asal import Asal, asal_berkas, catat_asal, kolom_kasus
from .baris import HalamanPerkara, baris_perkara
from .kasus import awal_kecil, konteks_kasus, sebut_giliran
from .kerja import pasangan_peran
from .langkah import baca_versi, buat_form, catat_galat, ketikan, laksanakan, sebab_tertutup
from .pembuka import buka_atau_sebab
from .permintaan import PermintaanPetugas

LANJUT = "lanjut"
"""The value of the button `cari` on a page that carries its answers on to the intake: nobody looked anything up."""


class LihatLain(HttpResponseRedirect):
    """303: the step is done, look at the case (a reload repeats nothing)."""

    status_code = 303


class PerkaraView(PetugasMixin, View):
    """Finds the case of the address inside the person's scope; everything else answers 404."""

    model: type[Permohonan]
    request: PermintaanPetugas  # type: ignore[assignment]
    kwargs: dict[str, Any]

    def perkara(self) -> Permohonan:
        qs = self.model.objects.untuk(self.request.user)
        qs = qs.select_related("kantor", "kantor__induk", "pemohon", "porsi", "sop")
        perkara = qs.annotate(**kolom_kasus).filter(nomor=self.kwargs["nomor"]).first()
        if perkara is None:
            raise Http404
        return perkara

    def tambahan(self, perkara: Permohonan) -> dict[str, Any]:
        """What the case page of this kind shows beyond `konteks_kasus()`."""
        return {}


class DaftarView(PetugasMixin, ListView):
    """All cases of one service in the person's scope, newest first; filters by state of the case."""

    model: type[Permohonan]
    request: PermintaanPetugas  # type: ignore[assignment]
    template_name = "meja/daftar.html"
    paginate_by = 25
    page_kwarg = "halaman"
    KEADAAN = {"terbuka": "Berjalan", "selesai": "Selesai", "semua": "Semua"}

    def get_queryset(self) -> QuerySet:
        qs = Perkara.objects.untuk(self.request.user).filter(jenis=self.model.jenis_perkara())
        saring = {"terbuka": Q(ditutup__isnull=True), "selesai": Q(ditutup__isnull=False)}
        return qs.filter(saring.get(self.keadaan, Q())).order_by("-dibuka", "-pk")

    def paginate_queryset(self, queryset: Any, page_size: Any) -> Any:
        """A page number that does not exist shows the nearest page instead of an error."""
        halaman = HalamanPerkara(queryset, page_size).get_page(self.request.GET.get(self.page_kwarg))
        return halaman.paginator, halaman, halaman.object_list, halaman.has_other_pages()

    @property
    def keadaan(self) -> str:
        pilihan = self.request.GET.get("keadaan", "")
        return pilihan if pilihan in self.KEADAAN else "terbuka"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        konteks = super().get_context_data(**kwargs)
        pasangan = pasangan_peran(self.request.user)
        jenis = self.model.jenis_perkara()
        tugas, sebab = buka_atau_sebab(self.request.user, self.model)
        return konteks | {
            "baris": [baris_perkara(p, pasangan) for p in konteks["page_obj"]],
            "nama_layanan": nama_perkara(jenis),
            "menu": jenis,
            "keadaan": self.keadaan,
            "pilihan_keadaan": self.KEADAAN.items(),
            "kueri": f"&keadaan={self.keadaan}",
            "url_baru": alamat_perkara(jenis, "buat") if tugas and not sebab else "",
            "pengumuman": pengumuman(jenis, tugas.kantor) if tugas else None,
            "tanpa_sop": sebab.kalimat if sebab and not tugas else "",
        }


class BuatView(PetugasMixin, View):
    """A new case at the counter. `form_class(data, files, kantor=...)` has `kelompok()`, `peringatan` and `buka(oleh)`.

    The button `cari` looks known people and deposits up (by POST: no NIK in an address) and refills the form.
    """

    model: type[Permohonan]
    form_class: Any
    request: PermintaanPetugas  # type: ignore[assignment]
    template_name = "meja/buat.html"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        dikenal = request.user.is_authenticated
        self.tugas, self.sebab = buka_atau_sebab(request.user, self.model) if dikenal else (None, None)
        self.induk = induk_diminta(request, request.user) if dikenal else None
        if self.induk is not None and self.induk.jenis_anak() != self.model.jenis_perkara():
            messages.warning(request, "Permohonan layanan ini sudah dibuka, atau belum waktunya dibuka.")
            return LihatLain(self.induk.get_absolute_url())
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: PermintaanPetugas) -> HttpResponse:
        kantor = self.pembuka().kantor
        if isinstance(self.sebab, LayananTutup):
            return render(request, "meja/tutup.html", self.konteks())
        asal = self.asal()
        awal = {"initial": asal.isian} if asal and asal.isian else {}
        form = self.form_class(kantor=kantor, **awal)
        if self.induk is not None:
            form.initial = form.initial | isian_dari(self.induk, form.fields)
        return self.tampil(form)

    def post(self, request: PermintaanPetugas) -> HttpResponse:
        tugas = self.pembuka()
        form = self.form_class(request.POST, request.FILES, kantor=tugas.kantor)
        if "cari" in request.POST:
            return self.cari(form)
        if not form.is_valid():
            return self.tampil(form, status=422)
        try:
            hasil = self.buka(form, Petugas(request.user, tugas))
        except IsianSalah as galat:
            catat_galat(form, galat)
            return self.tampil(form, status=422)
        except LangkahGagal as galat:
            return self.tampil(form, gagal=galat.kalimat, status=galat.status_http)
        catat_asal(request, hasil.perkara)
        for kalimat in getattr(form, "peringatan", []):
            messages.warning(request, kalimat)
        messages.success(request, f"Berkas diterima dengan nomor {hasil.perkara.nomor}. {sebut_giliran(hasil.perkara)}")
        return LihatLain(hasil.perkara.get_absolute_url())

    def asal(self) -> Asal | None:
        """What the visitor was before the file: the number of the queue that an officer serves."""
        return asal_berkas(self.request, set(self.form_class.base_fields))

    def buka(self, form: Any, oleh: Petugas) -> Hasil:
        """Open the case, under the one of the address where there is one, all or nothing. Raises LangkahGagal."""
        if self.induk is None:
            return form.buka(oleh)
        with transaction.atomic():
            hasil = form.buka(oleh)
            kaitkan(self.induk, hasil)
        return hasil

    def pembuka(self) -> Penugasan:
        """Raises PermissionDenied, with the sentence why where it is the office that cannot open such a case."""
        if self.tugas is None:
            raise Terlarang(self.sebab.kalimat if self.sebab else "")
        return self.tugas

    def cari(self, form: Any) -> HttpResponse:
        """Refill with what is known; typed values win over nothing, known values win over typed ones."""
        dikenal = form.cari() if hasattr(form, "cari") else {}
        # An empty field keeps what the form proposes by itself, such as the office's province.
        isi = {nama: nilai for nama in form.fields if (nilai := form[nama].value())} | dikenal
        baru = self.form_class(initial=isi, kantor=self.pembuka().kantor)
        ada, belum = "Data yang sudah dikenal diisikan. Cocokkan dengan aslinya.", "Belum ada data yang cocok."
        if not dikenal and self.request.POST["cari"] == LANJUT:
            return self.tampil(baru)
        return self.tampil(baru, kabar=ada if dikenal else belum)

    def tampil(self, form: Any, *, gagal: str = "", kabar: str = "", status: int = 200) -> HttpResponse:
        konteks = {
            "form": form,
            "kelompok": form.kelompok() if hasattr(form, "kelompok") else None,
            "peringatan": getattr(form, "peringatan", []),
            "bisa_cari": hasattr(form, "cari"),
            "induk": self.induk,
            "gagal": gagal,
            "kabar": kabar,
            "asal": self.asal(),
        }
        return render(self.request, self.template_name, self.konteks() | konteks, status=status)

    def konteks(self) -> dict[str, Any]:
        """The service and its office, also while the office takes nothing new."""
        jenis, kantor = self.model.jenis_perkara(), self.pembuka().kantor
        return {
            "nama_layanan": nama_perkara(jenis),
            "kantor": kantor,
            "menu": jenis,
            "url_daftar": reverse(f"{jenis}:daftar"),
            "pengumuman": pengumuman(jenis, kantor),
        }


class DetailView(PerkaraView):
    """The case page: next step, live SOP table, documents, letters, history."""

    template_name = "meja/detail.html"

    def get(self, request: PermintaanPetugas, nomor: str) -> HttpResponse:
        perkara = self.perkara()
        konteks = konteks_kasus(perkara, request.user, tanya_sandi=not sandi_segar(request))
        return render(request, self.template_name, konteks | self.tambahan(perkara))


class LangkahView(PerkaraView):
    """One step: GET shows its form alone, POST takes it.

    303 done (also a repeat), 409 stale or closed, 422 form errors, 403 not this role; the page comes back with the
    sentence on top and everything typed.
    """

    template_name = "meja/langkah.html"
    template_kasus = "meja/detail.html"

    def get(self, request: PermintaanPetugas, nomor: str, langkah: str) -> HttpResponse:
        perkara = self.perkara()
        self.wajib_dikenal(langkah)
        terkirim = (langkah, self.form_kosong(perkara, langkah))
        konteks = konteks_kasus(perkara, request.user, terkirim=terkirim, tanya_sandi=self.tanya_sandi)
        semua = [*konteks["langkah_terbuka"], *konteks["langkah_tertutup"]]
        konteks["langkah"] = next((k for k in semua if k["nama"] == langkah), None)
        if konteks["langkah"] is None:
            konteks["gagal"] = self.sebab_lain_tahap(perkara, langkah)
        return render(request, self.template_name, konteks | self.tambahan(perkara))

    def post(self, request: PermintaanPetugas, nomor: str, langkah: str) -> HttpResponse:
        perkara = self.perkara()
        self.wajib_dikenal(langkah)
        form: Any = None
        try:
            versi = baca_versi(request.POST.get("versi"))
            if versi != perkara.versi:
                return self.selesai(self.ulangan(perkara, langkah, versi))
            lk = cari_di_tahap(perkara, langkah)
            oleh = pilih_petugas(request.user, perkara, lk)
            tanya = self.tanya_sandi
            form = buat_form(perkara, lk, request.POST, request.FILES, tanya_sandi=tanya)
            if form is not None and not form.is_valid():
                if self.perkara().versi != versi:
                    # The first of two clicks went through while this one was read (its stored file is taken).
                    return self.selesai(self.ulangan(perkara, langkah, versi))
                if tertutup := sebab_tertutup(perkara, lk, request.user):
                    return self.gagal(langkah, form, " ".join(tertutup), 409)
                return self.gagal(langkah, form, "", 422)
            if tanya and lk.sandi and not lk.tanda_tangan:
                self.wajib_sandi(form)
            return self.selesai(laksanakan(perkara, lk, form, oleh=oleh, versi=versi))
        except IsianSalah as galat:
            if form is None:
                return self.gagal(langkah, form, " ".join(k for isi in galat.galat.values() for k in isi), 422)
            catat_galat(form, galat)
            return self.gagal(langkah, form, "", 422)
        except SandiSalah as galat:
            form.add_error(form.rahasia, galat.kalimat)
            return self.gagal(langkah, form, "", 422)
        except LangkahGagal as galat:
            if form is None:
                form = self.form_terkirim(perkara, langkah)
            return self.gagal(langkah, form, galat.kalimat, galat.status_http)

    @property
    def tanya_sandi(self) -> bool:
        """Whether a release of money must ask for the account password now."""
        return not sandi_segar(self.request)

    def wajib_sandi(self, form: Any) -> None:
        """Raises SandiSalah; a right password counts for the next steps of this session too."""
        if salah := sandi_ditolak(self.request, form.cleaned_data[form.rahasia]):
            raise SandiSalah(salah)

    def wajib_dikenal(self, langkah: str) -> None:
        if not cari_langkah(self.model, langkah):
            raise Http404

    def ulangan(self, perkara: Permohonan, langkah: str, versi: int) -> Hasil:
        """A page older than the case: jalankan() knows whether this is the second click of a step already done."""
        oleh = Petugas(self.request.user, self.request.penugasan[0])
        return jalankan(perkara, langkah, oleh=oleh, versi=versi)

    def form_kosong(self, perkara: Permohonan, langkah: str) -> forms.BaseForm | None:
        return buat_form(perkara, cari_langkah(self.model, langkah)[0], tanya_sandi=self.tanya_sandi)

    def form_terkirim(self, perkara: Permohonan, langkah: str) -> forms.BaseForm | None:
        """Bound to what was typed, so that a refusal loses nothing."""
        lk, terkirim = cari_langkah(self.model, langkah)[0], (self.request.POST, self.request.FILES)
        return buat_form(perkara, lk, *terkirim, tanya_sandi=self.tanya_sandi)

    def sebab_lain_tahap(self, perkara: Permohonan, langkah: str) -> str:
        try:
            lk = cari_di_tahap(perkara, langkah)
            pilih_petugas(self.request.user, perkara, lk)
        except (SalahTahap, TidakBerhak) as galat:
            return galat.kalimat
        return ""

    def selesai(self, hasil: Hasil) -> HttpResponse:
        if hasil.sudah:
            messages.info(self.request, f"“{hasil.riwayat.label}” sudah dilakukan.")
        else:
            akhir = "" if not hasil.perkara.ditutup else f"Perkara ini {awal_kecil(hasil.perkara.info_tahap.label)}."
            kalimat = f"“{hasil.riwayat.label}” selesai. {sebut_giliran(hasil.perkara, self.request.user) or akhir}"
            messages.success(self.request, kalimat)
        return LihatLain(tujuan_aman(self.request, hasil.perkara.get_absolute_url()))

    def gagal(self, langkah: str, form: forms.BaseForm | None, kalimat: str, status: int) -> HttpResponse:
        perkara = self.perkara()  # fresh: the case may have moved on while we tried
        konteks = konteks_kasus(
            perkara, self.request.user, terkirim=(langkah, form), gagal=kalimat, tanya_sandi=self.tanya_sandi
        )
        if form is not None and all(k["nama"] != langkah for k in konteks["langkah_terbuka"]):
            konteks["ketikan"] = ketikan(form)
        return render(self.request, self.template_kasus, konteks | self.tambahan(perkara), status=status)


class TandaTerimaView(PerkaraView):
    """The receipt as PDF, with the QR to the public status page."""

    jenis_surat = "tanda_terima"

    def get(self, request: PermintaanPetugas, nomor: str) -> HttpResponse:
        return dokumen(request, self.perkara().nomor, self.jenis_surat)


class WaktuView(PerkaraView):
    """POST `aksi` = jeda | lanjutkan | perpanjang with `versi`, `alasan`, `menit`: Kasi or Kepala set the clock."""

    http_method_names = ["post"]
    template_kasus = DetailView.template_name

    def post(self, request: PermintaanPetugas, nomor: str) -> HttpResponse:
        perkara = self.perkara()
        try:
            hasil = self.atur(perkara, request.POST)
        except LangkahGagal as galat:
            kalimat = galat.kalimat
            if isinstance(galat, IsianSalah):
                kalimat = " ".join(k for isi in galat.galat.values() for k in isi)
            segar = self.perkara()
            konteks = konteks_kasus(segar, request.user, gagal=kalimat) | {"isian_waktu": request.POST}
            return render(request, self.template_kasus, konteks | self.tambahan(segar), status=galat.status_http)
        messages.success(request, f"“{hasil.riwayat.label}” dicatat.")
        return LihatLain(hasil.perkara.get_absolute_url())

    def atur(self, perkara: Permohonan, isi: Any) -> Hasil:
        versi, aksi = baca_versi(isi.get("versi")), isi.get("aksi")
        oleh, alasan = self.pengatur(perkara), isi.get("alasan", "").replace("\x00", "")
        if aksi == "jeda":
            return pengatur_waktu.jeda(perkara, oleh=oleh, versi=versi, alasan=alasan)
        if aksi == "lanjutkan":
            return pengatur_waktu.lanjutkan(perkara, oleh=oleh, versi=versi)
        if aksi == "perpanjang":
            menit = isi.get("menit", "")
            angka = int(menit) if menit.isascii() and menit.isdigit() and len(menit) < 7 else 0
            return pengatur_waktu.perpanjang(perkara, oleh=oleh, versi=versi, menit=angka, alasan=alasan)
        raise IsianSalah({"aksi": ["Pilih hentikan, jalankan lagi, atau perpanjang."]})

    def pengatur(self, perkara: Permohonan) -> Petugas:
        """The assignment that may; without one the first, so that the mechanism refuses with its own sentence."""
        tugas = self.request.penugasan
        return Petugas(self.request.user, (pengatur_waktu.pengatur(perkara, tugas) or tugas)[0])
