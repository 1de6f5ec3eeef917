"""What is asked for a disposition, at a step of a case and on a page of its own, and for a line of the agenda."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from haji_portal.akun.models import Kantor, Pengguna, Penugasan, Peran
from haji_portal.alur.kalender import kalender_kantor
from haji_portal.alur.models import Perkara
from haji_portal.alur.tampil_waktu import hari_tanggal
from haji_portal.berkas.forms import BidangUnggah
from haji_portal.berkas.forms_langkah import BidangAlasan, FormLangkah

from ..models import Instruksi, Sifat, SuratMasuk
from .cakupan import PENERIMA
from .catat import Isi, Tujuan

HARI = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TERLALU_JAUH = datetime.timedelta(days=730)


class PerintahMixin(forms.Form):
    """The ticked instructions and the free words; one of the two must be there."""

    instruksi = forms.MultipleChoiceField(
        label="Perintah", choices=Instruksi.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    catatan = forms.CharField(label="Catatan", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2}))

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or {}
        if not isi.get("instruksi") and not isi.get("catatan") and not self.errors:
            self.add_error("instruksi", "Centang perintahnya, atau tuliskan pada catatan.")
        return isi


class FormDisposisi(PerintahMixin, FormLangkah):
    """The disposition of a step: the case itself says to whom it goes, and until when."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instruksi"].initial = [Instruksi.PROSES]


class FormKirim(PerintahMixin):
    """A disposition by hand, about a letter or a case, or following on another one."""

    kepada = forms.MultipleChoiceField(
        label="Diteruskan kepada", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih kepada siapa disposisi ini diteruskan."},
    )  # fmt: skip
    sifat = forms.ChoiceField(label="Sifat", choices=Sifat.choices, initial=Sifat.BIASA)
    tenggat = forms.DateField(
        label="Selesai paling lambat", required=False, widget=HARI,
        help_text="Hari kerja kantor; tenggatnya jam tutup hari itu.",
    )  # fmt: skip
    tanda = forms.UUIDField(widget=forms.HiddenInput, required=False)

    field_order = ["kepada", "instruksi", "catatan", "sifat", "tenggat", "tanda"]

    def __init__(self, *args: Any, kantor: Kantor, oleh: Pengguna, sifat: str = Sifat.BIASA, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kantor = kantor
        self.tujuan = daftar_tujuan(kantor, oleh)
        kepada: Any = self.fields["kepada"]
        kepada.choices = pilihan_tujuan(self.tujuan)
        self.fields["sifat"].initial = sifat
        self.fields["tanda"].initial = uuid.uuid4

    def clean_tenggat(self) -> datetime.date | None:
        hari = self.cleaned_data["tenggat"]
        if hari is None:
            return None
        kini = timezone.localdate(timezone=self.kantor.zona_waktu)
        if not kini <= hari <= kini + TERLALU_JAUH:
            raise ValidationError("Pilih hari ini atau sesudahnya, paling jauh dua tahun.")
        jam = kalender_kantor(self.kantor).jam(hari)
        if not jam:
            raise ValidationError(f"{hari_tanggal(hari)} bukan hari kerja kantor ini. Pilih hari kerja.")
        self.batas = jam[-1][1]
        if self.batas <= timezone.now():
            raise ValidationError("Jam kerja hari ini sudah lewat. Pilih hari kerja berikutnya.")
        return hari

    def isi(self) -> Isi:
        """The valid form as what is to be sent."""
        data = self.cleaned_data
        return Isi(
            kepada=[self.tujuan[kode] for kode in data["kepada"]], instruksi=data["instruksi"],
            catatan=data["catatan"], tenggat=self.batas if data["tenggat"] else None, sifat=data["sifat"],
            tanda=data["tanda"],
        )  # fmt: skip


def daftar_tujuan(kantor: Kantor, oleh: Pengguna) -> dict[str, Tujuan]:
    """Code -> recipient: the roles that somebody else holds in the office, then the people under their assignments."""
    rows = Penugasan.objects.berlaku().filter(kantor=kantor, peran__in=PENERIMA, pengguna__is_active=True)
    orang = list(rows.exclude(pengguna=oleh).select_related("pengguna", "kantor").order_by("pengguna__nama", "pk"))
    urut = {str(peran): ke for ke, peran in enumerate(PENERIMA)}
    orang.sort(key=lambda t: urut[t.peran])
    peran = {f"peran-{t.peran}": Tujuan(t.peran) for t in orang}
    return peran | {f"orang-{t.pk}": Tujuan(t.peran, t) for t in orang}


def pilihan_tujuan(tujuan: dict[str, Tujuan]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Grouped choices: whoever holds the position, or somebody by name."""
    jabatan = [(kode, str(Peran(t.peran).label)) for kode, t in tujuan.items() if t.penugasan is None]
    orang = [
        (kode, f"{t.penugasan.pengguna}, {t.penugasan.sebutan}")
        for kode, t in tujuan.items()
        if t.penugasan is not None
    ]
    return [("Jabatan", jabatan), ("Orang", orang)]


class FormSurat(forms.ModelForm):
    """A line of the agenda book; `perkara` by its number, of this office."""

    perkara = forms.CharField(
        label="Terkait perkara", required=False, max_length=30, help_text="Nomor perkara kantor ini, bila ada."
    )
    berkas = BidangUnggah(label="Pindaian surat", required=False, help_text="PDF, JPEG, atau PNG.")

    class Meta:
        model = SuratMasuk
        fields = ["diterima", "pengirim", "nomor_surat", "tanggal_surat", "perihal", "sifat"]
        widgets = {"diterima": HARI, "tanggal_surat": HARI}
        help_texts = {"nomor_surat": "Kosongkan untuk surat tanpa nomor."}

    def __init__(self, *args: Any, kantor: Kantor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kantor = kantor
        if self.instance.pk:
            self.fields["perkara"].initial = self.instance.perkara.nomor if self.instance.perkara else ""
        else:
            self.fields["diterima"].initial = timezone.localdate(timezone=kantor.zona_waktu)

    def clean_perkara(self) -> Perkara | None:
        nomor = self.cleaned_data["perkara"].strip().upper()
        if not nomor:
            return None
        perkara = Perkara.objects.filter(kantor=self.kantor, nomor=nomor).first()
        if perkara is None:
            raise ValidationError("Perkara dengan nomor ini tidak ada di kantor ini.")
        return perkara

    def clean_diterima(self) -> datetime.date:
        hari = self.cleaned_data["diterima"]
        kini = timezone.localdate(timezone=self.kantor.zona_waktu)
        if hari > kini:
            raise ValidationError("Tanggal diterima tidak dapat sesudah hari ini.")
        if hari < kini - TERLALU_JAUH:
            raise ValidationError("Tanggal diterima terlalu lama. Periksa tahunnya.")
        return hari

    def clean_tanggal_surat(self) -> datetime.date | None:
        hari = self.cleaned_data["tanggal_surat"]
        if hari and hari > timezone.localdate(timezone=self.kantor.zona_waktu):
            raise ValidationError("Tanggal surat tidak dapat sesudah hari ini.")
        if hari and hari.year < 1990:
            raise ValidationError("Tahun pada tanggal surat tidak wajar.")
        return hari

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or {}
        if isi.get("tanggal_surat") and isi.get("diterima") and isi["tanggal_surat"] > isi["diterima"]:
            self.add_error("tanggal_surat", "Surat tidak dapat diterima sebelum tanggalnya.")
        return isi

    def isi(self) -> dict[str, Any]:
        """The values for the agenda."""
        return {n: self.cleaned_data[n] for n in (*self._meta.fields, "perkara")}  # type: ignore[misc]


class FormBatal(forms.Form):
    alasan = BidangAlasan(label="Alasan nomor agenda dibatalkan", max_length=250)


class FormTindak(forms.Form):
    """What became of a disposition. aksi: selesai | buka_lagi | cabut; the last two say why."""

    AKSI = [("selesai", "Selesai"), ("buka_lagi", "Buka lagi"), ("cabut", "Cabut")]

    aksi = forms.ChoiceField(choices=AKSI)
    catatan = forms.CharField(label="Catatan", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2}))

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or {}
        if isi.get("aksi") in ("buka_lagi", "cabut") and len(isi.get("catatan", "").strip()) < 5:
            self.add_error("catatan", "Tuliskan alasannya, sedikitnya 5 huruf.")
        return isi


class FormKaitkan(forms.Form):
    """An agenda number of the office, to be linked with a case."""

    agenda = forms.RegexField(
        r"^\s*[0-9]{1,7}(/[0-9]{4})?\s*\Z", label="Nomor agenda", max_length=14,
        error_messages={"invalid": "Tulis nomor agenda seperti 12/2026."},
    )  # fmt: skip
