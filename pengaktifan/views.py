"""Pages of a reactivation: the generic desk with its model."""

from __future__ import annotations

from typing import Any

from haji_portal.alur.models import Perkara
from haji_portal.alur.tampil_waktu import rupiah, saat, tanggal
from haji_portal.dana.models import KonfirmasiSaldo
from haji_portal.meja import views as meja

from .masuk import FormPengaktifan
from .models import Pengaktifan

Fakta = list[tuple[str, str]]


def fakta_pengaktifan(p: Pengaktifan) -> Fakta:
    """Why the porsi shall live again."""
    data = [
        ("Sebab", str(p.get_sebab_display())),
        ("Putusan pengadilan", f"{p.nomor_putusan}, {tanggal(p.tanggal_putusan)}" if p.tanggal_putusan else ""),
        ("Tanggal laporan", tanggal(p.tanggal_permohonan)),
        ("Layanan keliling", str(p.kunjungan or "")),
        ("Nomor porsi", p.porsi.nomor if p.porsi else ""),
        ("Keadaan porsi", str(p.porsi.get_status_display()) if p.porsi else ""),
        ("Aktif kembali sejak", saat(p.diaktifkan_pada, p.kantor.zona_waktu) if p.diaktifkan_pada else ""),
        ("Alasan akhir", p.alasan_akhir),
    ]
    return [(label, nilai) for label, nilai in data if nilai]


def fakta_pelapor(p: Pengaktifan) -> Fakta:
    data = [("Dilaporkan oleh", p.sebutan_pelapor), ("Ponsel", p.telepon_pelapor), ("Surel", p.surel_pelapor)]
    return [(label, nilai) for label, nilai in data if nilai]


def fakta_dana(p: Pengaktifan) -> Fakta:
    """What BPKH answered, and what the pilgrim was asked for."""
    semua = KonfirmasiSaldo.objects.filter(induk=p.pk).order_by("pk")
    jawaban = [(str(k.get_tentang_display()), jawaban_bpkh(k)) for k in semua]
    minta = [("Diminta disetor kembali", rupiah(p.jumlah_kembali))] if p.jumlah_kembali else []
    tujuan = [("Ke rekening", p.rekening_kembali)] if p.rekening_kembali else []
    return [*jawaban[:1], *minta, *tujuan, *jawaban[1:]]


def jawaban_bpkh(k: KonfirmasiSaldo) -> str:
    """The answer in words, with the amount and the day that it is about."""
    if k.jawaban is None:
        return k.keterangan or "belum dijawab BPKH"
    kata = "ada" if k.tahap == KonfirmasiSaldo.Status.ADA else "tidak ada"
    jumlah = f", {rupiah(k.jawaban)}" if k.jawaban else ""
    return f"{kata}{jumlah}" + (f", per {tanggal(k.per_tanggal)}" if k.per_tanggal else "")


class PengaktifanMixin:
    model = Pengaktifan
    template_kasus = "pengaktifan/detail.html"
    request: Any

    def tambahan(self, perkara: Any) -> dict[str, Any]:
        batal = Perkara.objects.untuk(self.request.user).filter(pk=perkara.perkara_batal_id).first()
        return {
            "pengaktifan": fakta_pengaktifan(perkara), "pelapor": fakta_pelapor(perkara), "batal": batal,
            "dana_porsi": fakta_dana(perkara),
        }  # fmt: skip


class Daftar(meja.DaftarView):
    model = Pengaktifan
    template_name = "pengaktifan/daftar.html"


class Buat(meja.BuatView):
    model = Pengaktifan
    form_class = FormPengaktifan
    template_name = "pengaktifan/buat.html"


class Detail(PengaktifanMixin, meja.DetailView):
    template_name = PengaktifanMixin.template_kasus


class LangkahPengaktifan(PengaktifanMixin, meja.LangkahView):
    pass


class TandaTerima(meja.TandaTerimaView):
    model = Pengaktifan


class Waktu(PengaktifanMixin, meja.WaktuView):
    pass
