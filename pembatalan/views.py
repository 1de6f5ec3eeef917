"""Pages of a cancellation, of a bank's reversal, and of the written notice: the generic desk with their models."""

from __future__ import annotations

from typing import Any

from haji_portal.alur.tampil_waktu import saat, tanggal
from haji_portal.meja import views as meja

from .masuk import FormPembatalan
from .masuk_reversal import FormReversal
from .models import Pembatalan, Pemberitahuan, Reversal

Fakta = list[tuple[str, str]]


def fakta_pembatalan(p: Pembatalan) -> Fakta:
    """What is cancelled, and why."""
    data = [
        ("Sebab", p.get_sebab_display()),
        ("Alasan", p.alasan),
        ("Tanggal permohonan", tanggal(p.tanggal_permohonan)),
        ("Berhalangan tetap", "ya, diwakili dengan surat kuasa" if p.berhalangan_tetap else ""),
        ("Meninggal", tanggal(p.tanggal_meninggal) if p.tanggal_meninggal else ""),
        ("Pelimpahan", "keluarga sudah diberi tahu di loket" if p.keluarga_diberi_tahu else ""),
        ("Masuk asrama", tanggal(p.masuk_asrama) if p.masuk_asrama else ""),
        ("Layanan keliling", str(p.kunjungan or "")),
        ("Batal sejak", saat(p.dibatalkan_pada, p.kantor.zona_waktu) if p.dibatalkan_pada else ""),
        ("Jurnal", f"{p.dalam_jurnal.judul}, nomor {p.dalam_jurnal.nomor}" if p.dalam_jurnal else ""),
        ("Alasan akhir", p.alasan_akhir),
    ]
    return [(label, nilai) for label, nilai in data if nilai]


def fakta_pengaju(p: Pembatalan) -> Fakta:
    """Who asks for it; the pilgrim's own facts stand in the pilgrim's card."""
    nik = " ".join(p.nik_pengaju[i : i + 4] for i in range(0, len(p.nik_pengaju), 4))
    data = [
        ("Yang mengajukan", p.sebutan_pengaju),
        ("NIK", nik),
        ("Alamat", p.alamat_pengaju),
        ("Ponsel", p.telepon_pengaju),
        ("Surel", p.surel_pengaju),
    ]
    return [(label, nilai) for label, nilai in data if nilai]


def fakta_reversal(r: Reversal) -> Fakta:
    data = [
        ("Tanggal reversal", tanggal(r.tanggal_reversal)),
        ("Surat bank", r.nomor_surat_bank),
        ("Alasan", r.alasan),
        ("Alasan ditolak", r.alasan_akhir),
    ]
    return [(label, nilai) for label, nilai in data if nilai]


class PembatalanMixin:
    model = Pembatalan
    template_kasus = "pembatalan/detail.html"

    def tambahan(self, perkara: Any) -> dict[str, Any]:
        return {"pembatalan": fakta_pembatalan(perkara), "pengaju": fakta_pengaju(perkara)}


class Daftar(meja.DaftarView):
    model = Pembatalan
    template_name = "ptsp/daftar.html"


class Buat(meja.BuatView):
    model = Pembatalan
    form_class = FormPembatalan
    template_name = "pembatalan/buat.html"


class Detail(PembatalanMixin, meja.DetailView):
    template_name = PembatalanMixin.template_kasus


class LangkahPembatalan(PembatalanMixin, meja.LangkahView):
    pass


class TandaTerima(meja.TandaTerimaView):
    model = Pembatalan


class Waktu(PembatalanMixin, meja.WaktuView):
    pass


class ReversalMixin:
    model = Reversal
    template_kasus = "pembatalan/reversal.html"

    def tambahan(self, perkara: Any) -> dict[str, Any]:
        return {"reversal": fakta_reversal(perkara)}


class ReversalDaftar(meja.DaftarView):
    model = Reversal
    template_name = "pembatalan/reversal_daftar.html"


class ReversalBuat(meja.BuatView):
    model = Reversal
    form_class = FormReversal
    template_name = "pembatalan/reversal_buat.html"


class ReversalDetail(ReversalMixin, meja.DetailView):
    template_name = ReversalMixin.template_kasus


class ReversalLangkah(ReversalMixin, meja.LangkahView):
    pass


class PemberitahuanDaftar(meja.DaftarView):
    model = Pemberitahuan
    template_name = "pembatalan/pemberitahuan_daftar.html"


class PemberitahuanDetail(meja.DetailView):
    model = Pemberitahuan
    template_name = "pembatalan/pemberitahuan.html"


class PemberitahuanLangkah(meja.LangkahView):
    model = Pemberitahuan
    template_kasus = PemberitahuanDetail.template_name
