"""Pages of this service: the generic desk with its model and forms."""

from haji_portal.meja import views as meja

from .masuk import FormPendaftaran
from .models import Pendaftaran


class Daftar(meja.DaftarView):
    model = Pendaftaran
    template_name = "ptsp/daftar.html"


class Buat(meja.BuatView):
    model = Pendaftaran
    form_class = FormPendaftaran


class Detail(meja.DetailView):
    model = Pendaftaran


class LangkahPendaftaran(meja.LangkahView):
    model = Pendaftaran


class TandaTerima(meja.TandaTerimaView):
    model = Pendaftaran


class Waktu(meja.WaktuView):
    model = Pendaftaran
