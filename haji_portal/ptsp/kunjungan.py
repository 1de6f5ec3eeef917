"""The mobile service: visits that are planned and looked up here, and named by every file that is received there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import CreateView, ListView

from haji_portal.akun.akses import PetugasMixin
from haji_portal.akun.models import Kantor
from haji_portal.alur.models import Perkara
from haji_portal.meja.masuk import bersyarat

from .models import Kunjungan


class PilihTim(forms.ModelMultipleChoiceField):
    """SQLite cannot even be asked for an id beyond 64 bits: such a choice does not exist."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError:
            raise forms.ValidationError("Pilih petugas dari daftar ini.") from None


class FormKunjungan(forms.ModelForm):
    class Meta:
        model = Kunjungan
        fields = ["tempat", "tanggal", "tim", "perangkat", "catatan"]
        field_classes = {"tim": PilihTim}
        widgets = {
            "tanggal": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "tim": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, kantor: Kantor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.kantor = kantor
        self.fields["tanggal"].initial = timezone.localdate()
        tim: Any = self.fields["tim"]
        tim.queryset = tim.queryset.filter(penugasan__in=kantor.penugasan.berlaku(), is_active=True).distinct()


class TempatMixin(forms.Form):
    """Where a file is received, for the intake form of a service: at the counter, or on a visit of this office.

    The form sets `self.kantor` before `super().__init__()` and calls `periksa_tempat()` in its `clean()`.
    """

    kantor: Kantor

    saluran = forms.ChoiceField(
        label="Saluran", choices=[("loket", "Loket PTSP"), ("keliling", "Layanan keliling")], initial="loket"
    )
    kunjungan = forms.ModelChoiceField(label="Kunjungan keliling", queryset=Kunjungan.objects.none(), required=False)

    TEMPAT = ("saluran", "kunjungan")

    def siapkan_tempat(self, kantor: Kantor) -> None:
        kunjungan: Any = self.fields["kunjungan"]
        kunjungan.queryset = Kunjungan.objects.filter(kantor=kantor)
        kunjungan.empty_label = "Bukan layanan keliling"
        bersyarat(self, ["kunjungan"], saluran=[Perkara.Saluran.KELILING])

    def periksa_tempat(self, isi: dict[str, Any]) -> None:
        if isi.get("saluran") == Perkara.Saluran.KELILING and not isi.get("kunjungan"):
            self.add_error("kunjungan", "Pilih kunjungan layanan keliling yang sedang berjalan.")
        if isi.get("saluran") == Perkara.Saluran.LOKET:
            isi["kunjungan"] = None


class KunjunganMixin(PetugasMixin):
    """Only offices that serve pilgrims have visits: the kabupaten/kota of the person's assignment."""

    peran_wajib = ("ptsp", "jfu", "kasi", "kepala")
    request: Any  # a PermintaanPetugas, once PetugasMixin let it in

    def kantor(self) -> Kantor:
        for tugas in self.request.user.penugasan_berlaku():
            if tugas.peran in self.peran_wajib:
                return tugas.kantor
        raise PermissionDenied


class KunjunganDaftar(KunjunganMixin, ListView):
    template_name = "ptsp/kunjungan.html"
    paginate_by = 25

    def get_queryset(self) -> QuerySet[Kunjungan]:
        return Kunjungan.objects.filter(kantor=self.kantor()).prefetch_related("tim")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        konteks = super().get_context_data(**kwargs)
        jumlah = jumlah_berkas(konteks["page_obj"])
        for satu in konteks["page_obj"]:
            satu.berkas = jumlah[satu.pk]
        return konteks


def jumlah_berkas(kunjungan: Iterable[Kunjungan]) -> Counter[int]:
    """How many files each visit received, over all services whose cases name a visit: {id of the visit: files}."""
    ids = [k.pk for k in kunjungan]
    jumlah: Counter[int] = Counter()
    for relasi in Kunjungan._meta.related_objects:
        layanan: Any = relasi.related_model
        if issubclass(layanan, Perkara):
            rows = layanan.objects.filter(kunjungan__in=ids).order_by().values_list("kunjungan").annotate(n=Count("pk"))
            jumlah.update(dict(rows))
    return jumlah


class KunjunganBuat(KunjunganMixin, CreateView):
    template_name = "ptsp/kunjungan_buat.html"
    form_class = FormKunjungan

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"kantor": self.kantor()}

    def form_valid(self, form: Any) -> HttpResponse:
        form.save()
        messages.success(self.request, "Kunjungan dicatat; pilih kunjungan ini saat menerima berkas di tempat.")
        return redirect("ptsp:kunjungan")

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
