"""Pages of a recommendation: the generic desk with its model, and the list of a group."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.generic import View

from haji_portal.akun.akses import PetugasMixin
from haji_portal.alur.tampil_waktu import saat, tanggal
from haji_portal.berkas.saring import UnggahanDitolak
from haji_portal.berkas.tabel import MIME
from haji_portal.meja import views as meja

from .bidang import MAKS_ORANG, TAMBAH
from .daftar import baca_daftar, templat_daftar
from .masuk import FormRekomendasi
from .models import Peserta, Rekomendasi
from .register import boleh_baca
from .syarat import kalimat_sk
from .tahap import Status

Fakta = list[tuple[str, str]]


def fakta_rekomendasi(p: Rekomendasi) -> Fakta:
    """What is asked for, and how it ended."""
    pengantar = f"{p.nomor_pengantar}, {tanggal(p.tanggal_pengantar)}" if p.tanggal_pengantar else p.nomor_pengantar
    data = [
        ("Tujuan", str(p.get_tujuan_display())),
        ("Tanggal permohonan", tanggal(p.tanggal_permohonan)),
        ("Layanan keliling", str(p.kunjungan or "")),
        ("Surat pengantar", pengantar),
        ("Kantor imigrasi", p.kantor_imigrasi),
        ("Ditandatangani oleh", str(p.get_penanda_tangan_display()) if p.penanda_tangan else ""),
        ("Alasan dikembalikan", p.catatan_kembali),
        ("Diterima oleh", p.penerima),
        ("Diserahkan", saat(p.diserahkan_pada, p.kantor.zona_waktu) if p.diserahkan_pada else ""),
        ("Alasan akhir", p.alasan_akhir),
    ]
    return [(label, nilai) for label, nilai in data if nilai]


def keadaan_sk(p: Rekomendasi) -> dict[str, str]:
    """The licence as it counts for this case: the one of the letter, else today's."""
    hari = p.hari_ini()
    sk = p.sk or p.penyelenggara.sk_berlaku(hari)
    if sk is None:
        return {"kata": "SK tidak berlaku", "nada": "buruk", "kalimat": kalimat_sk(p)}
    kata, nada = ("SK berlaku", "baik") if sk.berlaku(hari) else ("SK tidak berlaku", "buruk")
    return {"kata": kata, "nada": nada, "kalimat": f"Nomor {sk.nomor}, {sk.keadaan(hari)}."}


def tampil_peserta(daftar: list[Peserta]) -> list[Peserta]:
    """With the NIK in groups of four, which are easier to compare with a card."""
    for satu in daftar:
        satu.nik_berjarak = " ".join(satu.nik[i : i + 4] for i in range(0, 16, 4))  # type: ignore[attr-defined]
    return daftar


class RekomendasiMixin:
    model = Rekomendasi
    template_kasus = "rekomendasi/detail.html"

    request: Any

    def tambahan(self, perkara: Any) -> dict[str, Any]:
        alamat = reverse("penyelenggara:rinci", args=[perkara.penyelenggara_id])
        return {
            "rekomendasi": fakta_rekomendasi(perkara),
            "sk": keadaan_sk(perkara),
            "peserta": tampil_peserta(perkara.daftar_peserta()),
            "url_penyelenggara": alamat if boleh_baca(self.request.penugasan) else "",
            "catatan": bool(perkara.catatan_kembali),
            "bukti_serah": perkara.tahap in (Status.SIAP_DIAMBIL, Status.SELESAI),
        }


class Daftar(meja.DaftarView):
    model = Rekomendasi
    template_name = "rekomendasi/daftar.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"pembaca_register": boleh_baca(self.request.penugasan)}


class Buat(meja.BuatView):
    """Besides the generic page: rows from a spreadsheet, and more empty rows; neither writes anything."""

    model = Rekomendasi
    form_class = FormRekomendasi
    template_name = "rekomendasi/buat.html"
    galat_daftar = ""

    def post(self, request: Any) -> HttpResponse:
        if "baca" in request.POST:
            return self.baca(request)
        if "tambah" in request.POST:
            return self.isi_lagi(kosong=TAMBAH)
        return super().post(request)

    def baca(self, request: Any) -> HttpResponse:
        berkas = request.FILES.get("daftar")
        try:
            if berkas is None:
                raise UnggahanDitolak("Pilih dulu berkas XLSX atau CSV yang berisi daftar orang.")
            terbaca = baca_daftar(berkas)
        except UnggahanDitolak as galat:
            self.galat_daftar = galat.kalimat
            return self.isi_lagi(status=422)
        return self.isi_lagi(peserta=terbaca.baris, galat=terbaca.galat, kabar=terbaca.kalimat)

    def isi_lagi(
        self, *, peserta: Any = None, galat: Any = None, kabar: str = "", kosong: int = 0, status: int = 200
    ) -> HttpResponse:
        """The page again with everything typed, unjudged."""
        kantor = self.pembuka().kantor
        terkirim = self.form_class(self.request.POST, self.request.FILES, kantor=kantor)
        isi = {nama: terkirim[nama].value() for nama in terkirim.fields}
        if peserta is not None:
            isi["peserta"] = peserta
        form = self.form_class(initial=isi, kantor=kantor)
        tabel = form.fields["peserta"].widget
        tabel.galat, tabel.kosong = galat or {}, kosong
        return self.tampil(form, kabar=kabar, status=status)

    def konteks(self) -> dict[str, Any]:
        return super().konteks() | {"maks_orang": MAKS_ORANG, "tambah": TAMBAH, "galat_daftar": self.galat_daftar}


class ContohDaftar(PetugasMixin, View):
    """The empty list of a group; no data of anybody."""

    def get(self, request: Any) -> HttpResponse:
        kepala = {"Content-Disposition": 'attachment; filename="daftar-orang.xlsx"'}
        return HttpResponse(templat_daftar(), content_type=MIME["xlsx"], headers=kepala)


class Detail(RekomendasiMixin, meja.DetailView):
    template_name = RekomendasiMixin.template_kasus


class LangkahRekomendasi(RekomendasiMixin, meja.LangkahView):
    pass


class TandaTerima(meja.TandaTerimaView):
    model = Rekomendasi


class Waktu(RekomendasiMixin, meja.WaktuView):
    pass
