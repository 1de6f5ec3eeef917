"""Pages of the Subdit's journals: what waits for one, the list of each, and the files of it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.generic import View

from haji_portal.akun.akses import PetugasMixin
from haji_portal.akun.models import Kantor, Peran
from haji_portal.alur.jalankan import cari_di_tahap, jalankan, pilih_petugas
from haji_portal.alur.models import Perkara
from haji_portal.berkas.tabel import MIME, tulis_tabel
from haji_portal.meja import views as meja
from haji_portal.meja.borongan import HasilSatu, kalimat_gagal
from haji_portal.meja.permintaan import PermintaanPetugas

from .isi_jurnal import Baris, baris_jurnal, jumlah_per_bank, menunggu_jurnal
from .models import Jurnal, Pembatalan

PER_HALAMAN = 100
SEKALIGUS = 200
"""Cases put into the journal by one request; each takes some tens of milliseconds."""
KOLOM = (
    "No", "Nomor perkara", "Nomor porsi", "Nomor validasi", "Nama jemaah", "Kabupaten/kota", "Bank", "Nomor rekening",
    "Atas nama", "Setoran (rupiah)", "Jumlah berjalan (rupiah)",
)  # fmt: skip


def boleh_menjurnal(request: PermintaanPetugas) -> bool:
    return any(t.peran == Peran.SUBDIT and t.kantor.jenis == Kantor.Jenis.PUSAT for t in request.penugasan)


class JurnalDaftar(meja.DaftarView):
    model = Jurnal
    template_name = "pembatalan/jurnal_daftar.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        konteks = super().get_context_data(**kwargs)
        if boleh_menjurnal(self.request):
            macam = [(kode, label, menunggu_jurnal(kode).count()) for kode, label in Jurnal.Macam.choices]
            konteks |= {"macam": macam, "sekaligus": SEKALIGUS}
        return konteks


class MasukkanSemua(PetugasMixin, View):
    """POST `macam`: every waiting case of that kind into the open journal, each in its own transaction."""

    http_method_names = ["post"]
    request: PermintaanPetugas  # type: ignore[assignment]

    def post(self, request: PermintaanPetugas) -> HttpResponse:
        macam = request.POST.get("macam", "")
        if not boleh_menjurnal(request):
            raise PermissionDenied
        if macam not in Jurnal.Macam.values:
            raise BadRequest("unknown kind of journal")
        hasil = [self.masukkan(p) for p in menunggu_jurnal(macam).select_related("kantor", "pemohon")[:SEKALIGUS]]
        beres = sum(h.berhasil for h in hasil)
        jurnal = Jurnal.objects.filter(macam=macam, tahap=Jurnal.Status.DISUSUN).order_by("-pk").first()
        sisa = menunggu_jurnal(macam).count()
        konteks = {"hasil": hasil, "beres": beres, "jurnal": jurnal, "sisa": sisa, "menu": "jurnal"}
        return render(request, "pembatalan/jurnal_hasil.html", konteks)

    def masukkan(self, p: Pembatalan) -> HasilSatu:
        try:
            oleh = pilih_petugas(self.request.user, p, cari_di_tahap(p, "jurnalkan"))
            jalankan(p, "jurnalkan", oleh=oleh, versi=p.versi)
        except Exception as galat:  # noqa: BLE001  (whatever goes wrong with one case stops no other)
            return HasilSatu(p.nomor, p.pemohon.nama, p.get_absolute_url(), False, kalimat_gagal(galat))
        return HasilSatu(p.nomor, p.pemohon.nama, p.get_absolute_url(), True, "Masuk jurnal.")


class HalamanJurnal(meja.PerkaraView):
    """The list of a journal, page by page; links only to cases that the reader may open."""

    model = Jurnal

    def tambahan(self, perkara: Any) -> dict[str, Any]:
        baris = baris_jurnal(perkara)
        halaman = Paginator(baris, PER_HALAMAN).get_page(self.request.GET.get("halaman"))
        pk = [b.perkara.pk for b in halaman]
        terlihat = set(Perkara.objects.untuk(self.request.user).filter(pk__in=pk).values_list("pk", flat=True))
        return {
            "baris": [(b, b.perkara.pk in terlihat) for b in halaman],
            "halaman": halaman,
            "kueri": "",
            "banyak": len(baris),
            "bank": jumlah_per_bank(baris),
            "jumlah": baris[-1].berjalan if baris else 0,
            "dapat_keluar": boleh_menjurnal(self.request) and perkara.tahap == Jurnal.Status.DISUSUN,
        }


class JurnalDetail(HalamanJurnal, meja.DetailView):
    template_name = "pembatalan/jurnal.html"


class JurnalLangkah(HalamanJurnal, meja.LangkahView):
    template_kasus = "pembatalan/jurnal.html"


class Unduh(meja.PerkaraView):
    """GET ?format=xlsx|csv: the list as a file; what is in it may leave the portal with whoever may read it here."""

    model = Jurnal

    def get(self, request: PermintaanPetugas, nomor: str) -> HttpResponse:
        format_ = "csv" if request.GET.get("format") == "csv" else "xlsx"
        baris = baris_jurnal(self.perkara())  # type: ignore[arg-type]
        isi = tulis_tabel(format_, KOLOM, (_sel(b) for b in baris), "Jurnal")
        kepala = {
            "Content-Disposition": content_disposition_header(True, f"jurnal-{nomor}.{format_}"),
            "Content-Security-Policy": "sandbox; default-src 'none'", "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
        }  # fmt: skip
        return HttpResponse(isi, content_type=MIME[format_], headers=kepala)


def _sel(b: Baris) -> list[Any]:
    porsi = b.perkara.porsi.nomor if b.perkara.porsi else ""
    validasi = b.perkara.setoran.nomor_validasi
    return [
        b.urut, b.perkara.nomor, porsi, validasi, b.nama, b.kantor, b.bank, b.rekening, b.atas_nama, b.jumlah,
        b.berjalan,
    ]  # fmt: skip
