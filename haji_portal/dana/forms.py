"""What is asked at the steps of a refund. Amounts are whole rupiah and may be typed with dots: Rp25.000.000."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone

from haji_portal.berkas.forms import BidangUnggah
from haji_portal.berkas.forms_langkah import BidangAlasan, FormLangkah
from haji_portal.jemaah.models import Rekening
from haji_portal.jemaah.pilihan import PilihAtauKetik

from .models import Pengembalian

MAKS_RUPIAH = 10**12
ANGKA = {"inputmode": "numeric", "autocomplete": "off"}
RUPIAH = re.compile(r"(?:rp\.?\s*)?([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,00|,-)?", re.IGNORECASE | re.ASCII)
BUKTI = "JPEG, PNG, atau PDF."
nomor_surat = RegexValidator(r"^[0-9A-Za-z][0-9A-Za-z ./_-]{2,59}\Z", "3–60 huruf, angka, titik, garis, atau spasi.")


class BidangRupiah(forms.IntegerField):
    """Whole rupiah as people write them: 25000000, 25.000.000, Rp25.000.000,00. No cents, no sign, no other marks."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", MAKS_RUPIAH)
        kwargs.setdefault("widget", forms.TextInput(attrs=ANGKA))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        """Raises ValidationError for 25.00 and 2.5: a misplaced dot must not become another amount."""
        teks = str(value).strip() if value is not None else ""
        if not teks:
            return None
        cocok = RUPIAH.fullmatch(teks)
        if cocok is None:
            raise ValidationError("Tulis jumlah dalam rupiah penuh, misalnya 25.000.000.")
        return super().to_python(cocok[1].replace(".", ""))

    def prepare_value(self, value: Any) -> Any:
        """A stored amount is shown in groups; what somebody typed stays as it was typed."""
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


class BidangHari(forms.DateField):
    """A day that has come: a record of what happened. `sejak(day, what)` in `clean` forbids days before it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and value > timezone.localdate():
            raise ValidationError("Tanggal ini belum tiba.")


class FormDana(FormLangkah):
    """Base of the step forms: compares days with those of its refund."""

    perkara: Pengembalian

    def sesudah(self, nama: str, batas: datetime.date | None, kalimat: str) -> None:
        """Error at the field when its day lies before `batas`."""
        hari = self.cleaned_data.get(nama)
        if hari and batas and hari < batas:
            self.add_error(nama, kalimat)


class FormAlasan(FormDana):
    alasan = BidangAlasan()


class FormRekening(FormDana):
    """The account as the owner's bank book shows it today."""

    bank = forms.CharField(label="Bank", max_length=60, widget=PilihAtauKetik("bank"))
    nomor = forms.CharField(
        label="Nomor rekening", max_length=40, widget=forms.TextInput(attrs=ANGKA),
        help_text="Ketik dari buku tabungan, bukan dari berkas lama.",
    )  # fmt: skip
    atas_nama = forms.CharField(label="Atas nama", max_length=120, help_text="Persis seperti pada buku tabungan.")
    bukti = BidangUnggah(label="Halaman depan buku tabungan", help_text=f"Foto atau pindaian terbaru. {BUKTI}")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank"].initial = self.perkara.rekening.bank if self.perkara.rekening_id else ""

    def clean_nomor(self) -> str:
        nomor = re.sub(r"[\s.-]", "", self.cleaned_data["nomor"])
        for periksa in Rekening._meta.get_field("nomor").validators:
            periksa(nomor)
        return nomor

    def clean_atas_nama(self) -> str:
        return " ".join(self.cleaned_data["atas_nama"].split()).upper()


class FormSpm(FormDana):
    """What stands on the SPM, typed from it: the step compares the deposit part with what was asked for."""

    nomor_spm = forms.CharField(label="Nomor SPM", max_length=60, validators=[nomor_surat])
    tanggal_spm = BidangHari(label="Tanggal SPM")
    jumlah_setoran = BidangRupiah(
        label="Setoran menurut SPM (rupiah)", min_value=1, help_text="Ketik dari SPM; harus sama dengan yang diajukan."
    )
    nilai_manfaat = BidangRupiah(label="Nilai manfaat menurut SPM (rupiah)", help_text="Isi 0 bila tidak ada.")
    bukti = BidangUnggah(label="Salinan SPM", help_text=BUKTI)

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or {}
        self.sesudah("tanggal_spm", hari_buka(self.perkara), "SPM tidak dapat terbit sebelum dana diajukan.")
        return isi


class FormTransfer(FormDana):
    """What stands on the bank's proof; the step compares the amount with deposit plus yield."""

    rujukan_bank = forms.CharField(label="Nomor rujukan bank", max_length=60, validators=[nomor_surat])
    tanggal_transfer = BidangHari(label="Tanggal transfer")
    jumlah = BidangRupiah(label="Jumlah yang ditransfer (rupiah)", min_value=1, help_text="Ketik dari bukti transfer.")
    bukti = BidangUnggah(label="Bukti transfer", help_text=BUKTI)

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or {}
        self.sesudah("tanggal_transfer", self.perkara.tanggal_spm, "Transfer tidak dapat mendahului SPM.")
        return isi


class FormTerima(FormDana):
    tanggal_terima = BidangHari(label="Tanggal dana masuk rekening")
    bukti = BidangUnggah(label="Bukti dana masuk", help_text=f"Mutasi rekening atau buku tabungan. {BUKTI}")

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or {}
        self.sesudah("tanggal_terima", self.perkara.tanggal_transfer, "Dana tidak dapat masuk sebelum ditransfer.")
        return isi


class FormGagal(FormDana):
    """A partner's no, or money that came back: nothing is believed without the partner's own paper."""

    alasan = BidangAlasan(label="Alasan dari BPKH atau bank")
    bukti = BidangUnggah(label="Surat atau bukti dari BPKH atau bank", help_text=BUKTI)


class FormKepastian(FormDana):
    """How an unknown outcome ended. Where the money arrived, what the portal does not know yet is asked too."""

    SPM = ("nomor_spm", "tanggal_spm", "nilai_manfaat")
    TRANSFER = ("rujukan_bank", "tanggal_transfer")

    hasil_usulan = forms.ChoiceField(label="Hasilnya", choices=Pengembalian.Hasil.choices, widget=forms.RadioSelect)
    bukti = BidangUnggah(label="Bukti dari BPKH atau bank", help_text=f"Mutasi rekening atau surat resmi. {BUKTI}")
    tanggal_terima = BidangHari(label="Tanggal dana masuk rekening", required=False)
    rujukan_bank = forms.CharField(label="Nomor rujukan bank", max_length=60, required=False, validators=[nomor_surat])
    tanggal_transfer = BidangHari(label="Tanggal transfer", required=False)
    nomor_spm = forms.CharField(label="Nomor SPM", max_length=60, required=False, validators=[nomor_surat])
    tanggal_spm = BidangHari(label="Tanggal SPM", required=False)
    nilai_manfaat = BidangRupiah(label="Nilai manfaat menurut SPM (rupiah)", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sah = self.perkara.gerak_tercatat() if self.perkara.pk else set()
        for jenis, semua in (("spm", self.SPM), ("transfer", self.TRANSFER)):
            for nama in semua:
                if jenis in sah:
                    del self.fields[nama]
                else:
                    self.fields[nama].initial = getattr(self.perkara, nama)
        bidang: Any
        for bidang in self.fields.values():
            if not bidang.required:
                bidang.help_text, bidang.bersyarat = "Diisi bila dana sampai di rekening.", True

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or {}
        if isi.get("hasil_usulan") == Pengembalian.Hasil.TERKIRIM:
            for nama in self.fields:
                if isi.get(nama) in (None, "") and nama not in self.errors:
                    self.add_error(nama, "Wajib diisi bila dana sampai di rekening.")
            self.sesudah("tanggal_spm", hari_buka(self.perkara), "SPM tidak dapat terbit sebelum dana diajukan.")
            spm = isi.get("tanggal_spm") or self.perkara.tanggal_spm
            self.sesudah("tanggal_transfer", spm, "Transfer tidak dapat mendahului SPM.")
            transfer = isi.get("tanggal_transfer") or self.perkara.tanggal_transfer
            self.sesudah("tanggal_terima", transfer, "Dana tidak dapat masuk sebelum ditransfer.")
        return isi

    def data_langkah(self) -> dict[str, Any]:
        """A payment that never arrived has no dates of arrival, whatever was typed."""
        tetap = ("hasil_usulan", "bukti")
        sampai = self.cleaned_data["hasil_usulan"] == Pengembalian.Hasil.TERKIRIM
        return {n: nilai for n, nilai in self.cleaned_data.items() if n in tetap or (sampai and n in self.fields)}


def hari_buka(p: Pengembalian) -> datetime.date | None:
    """The day on which the refund was asked for, as the centre's and the partners' calendars count it."""
    return timezone.localdate(p.dibuka) if p.dibuka else None
