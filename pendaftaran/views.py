"""Pages of this service: the generic desk with its model and forms, and the mobile service's visits."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.views.generic import CreateView, ListView

from haji_portal.akun.akses import PetugasMixin
from haji_portal.meja import views as meja

from .forms import FormKunjungan
from .masuk import FormPendaftaran
from .models import Kunjungan, Pendaftaran


class Daftar(meja.DaftarView):
    model = Pendaftaran
    template_name = "pendaftaran/daftar.html"


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


class KunjunganMixin(PetugasMixin):
    """Only offices that serve pilgrims have visits: the kabupaten/kota of the person's assignment."""

    peran_wajib = ("ptsp", "jfu", "kasi", "kepala")
    request: Any  # a PermintaanPetugas, once PetugasMixin let it in

    def kantor(self):
        for tugas in self.request.user.penugasan_berlaku():
            if tugas.peran in self.peran_wajib:
                return tugas.kantor
        raise PermissionDenied


class KunjunganDaftar(KunjunganMixin, ListView):
    template_name = "pendaftaran/kunjungan.html"
    paginate_by = 25

    def get_queryset(self):
        return Kunjungan.objects.filter(kantor=self.kantor()).prefetch_related("tim", "pendaftaran")


class KunjunganBuat(KunjunganMixin, CreateView):
    template_name = "pendaftaran/kunjungan_buat.html"
    form_class = FormKunjungan

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"kantor": self.kantor()}

    def form_valid(self, form):
        form.save()
        messages.success(self.request, "Kunjungan dicatat; pilih kunjungan ini saat menerima berkas di tempat.")
        return redirect("pendaftaran:kunjungan")

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)
