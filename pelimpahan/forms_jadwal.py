"""What the planner asks about a day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.tampil_waktu import tanggal
from haji_portal.berkas.forms_langkah import BidangAlasan

from .models import HariWawancara, Janji
from .slot import belum_lewat, slot_kosong

TETAP = ("tanggal", "tempat", "alamat")
JAM = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
PINDAH = "Sudah ada penerima yang terjadwal: untuk hari atau tempat lain, batalkan hari ini dan pindahkan semuanya."


class FormHari(forms.ModelForm):
    """A new day, or another size of one: its date and place stand as soon as somebody was invited to them."""

    class Meta:
        model = HariWawancara
        fields = ["tanggal", "tempat", "alamat", "mulai", "selesai", "menit", "meja", "untuk", "catatan"]
        widgets = {
            "tanggal": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "mulai": JAM, "selesai": JAM, "untuk": forms.CheckboxSelectMultiple,
            "menit": forms.NumberInput(attrs={"min": 5, "max": 240, "inputmode": "numeric"}),
            "meja": forms.NumberInput(attrs={"min": 1, "max": 40, "inputmode": "numeric"}),
        }  # fmt: skip
        help_texts = {
            "untuk": "Kosong: semua kabupaten/kota.",
            "meja": "Meja yang mewawancarai bersamaan.",
            "catatan": "Misalnya tempat parkir atau pintu masuk.",
        }

    def __init__(self, *args: Any, kantor: Kantor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.kantor = kantor
        bidang: Any = self.fields["untuk"]
        bidang.queryset = kantor_untuk(kantor)
        bidang.label_from_instance = lambda k: k.nama_pendek
        self.terisi = bool(self.instance.pk) and berpenerima(self.instance)
        for nama in TETAP if self.terisi else ():
            self.fields[nama].disabled = True
        if self.terisi:
            self.fields["tanggal"].help_text = PINDAH

    def clean_tanggal(self):
        hari = self.cleaned_data["tanggal"]
        if not self.terisi and hari < timezone.localdate(timezone=self.instance.kantor.zona_waktu):
            raise forms.ValidationError("Tanggal ini sudah lewat. Pilih hari ini atau sesudahnya.")
        return hari

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or {}
        mulai, selesai, menit = isi.get("mulai"), isi.get("selesai"), isi.get("menit")
        if mulai and selesai and menit and selesai > mulai:
            lama = (selesai.hour - mulai.hour) * 60 + selesai.minute - mulai.minute
            if lama < menit:
                self.add_error("menit", "Jam mulai sampai selesai tidak cukup untuk satu orang pun.")
        return isi


class FormBatalHari(forms.Form):
    """Why a day is cancelled and where its recipients go."""

    ke = forms.ModelChoiceField(
        label="Pindahkan penerimanya ke", queryset=HariWawancara.objects.none(), required=False,
        empty_label="Belum ada: mereka menunggu jadwal baru",
    )  # fmt: skip
    alasan = BidangAlasan(label="Mengapa dibatalkan?", help_text="Disampaikan kepada penerima.")

    def __init__(self, *args: Any, hari: HariWawancara, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kini = timezone.localdate(timezone=hari.kantor.zona_waktu)
        lain = HariWawancara.objects.filter(kantor=hari.kantor, dibatalkan__isnull=True, tanggal__gte=kini)
        bidang: Any = self.fields["ke"]
        bidang.queryset = lain.exclude(pk=hari.pk).filter(
            pk__in=belum_lewat(slot_kosong(lain), hari.kantor).order_by().values("hari")
        )
        bidang.label_from_instance = lambda h: f"{tanggal(h.tanggal)}, {h.tempat}"


class FormAbsen(forms.Form):
    alasan = BidangAlasan(label="Alasan", initial="Tidak datang sampai wawancara hari itu selesai.")


def kantor_untuk(kantor: Kantor):
    """The districts that an organiser interviews for."""
    semua = Kantor.objects.filter(jenis=Kantor.Jenis.KABKOTA, aktif=True).order_by("nama")
    return semua if kantor.jenis == Kantor.Jenis.PUSAT else semua.filter(induk=kantor)


def berpenerima(hari: HariWawancara) -> bool:
    """Whether somebody was invited to this day and is still expected, or was there."""
    return Janji.objects.filter(slot__hari=hari, keadaan__in=Janji.BERLAKU).exists()
