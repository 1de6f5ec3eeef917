"""Pages of a cancellation, of a bank's reversal, and of the written notice: the generic desk with their models."""

from haji_portal.meja import views as meja

from .masuk import FormPembatalan
from .models import Pembatalan, Pemberitahuan, Reversal


class Daftar(meja.DaftarView):
    model = Pembatalan
    template_name = "ptsp/daftar.html"


class Buat(meja.BuatView):
    model = Pembatalan
    form_class = FormPembatalan


class Detail(meja.DetailView):
    model = Pembatalan


class LangkahPembatalan(meja.LangkahView):
    model = Pembatalan


class TandaTerima(meja.TandaTerimaView):
    model = Pembatalan


class Waktu(meja.WaktuView):
    model = Pembatalan


class ReversalDaftar(meja.DaftarView):
    model = Reversal


class ReversalDetail(meja.DetailView):
    model = Reversal


class ReversalLangkah(meja.LangkahView):
    model = Reversal


class PemberitahuanDaftar(meja.DaftarView):
    model = Pemberitahuan


class PemberitahuanDetail(meja.DetailView):
    model = Pemberitahuan


class PemberitahuanLangkah(meja.LangkahView):
    model = Pemberitahuan
