"""What every intake asks of the pilgrim, the deposit and the account, and what the counter does with it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.deklarasi import Kondisi, gagal
from haji_portal.alur.galat import SudahAda
from haji_portal.alur.jalankan import Hasil
from haji_portal.alur.models import Kunci, Perkara, Permohonan
from haji_portal.alur.pelaku import Petugas
from haji_portal.dana import forms as forms_dana
from haji_portal.jemaah.domisili import domisili_di
from haji_portal.jemaah.models import Jemaah, Setoran
from haji_portal.jemaah.nik import normalkan_telepon, periksa_nik
from haji_portal.jemaah.periksa import lampau, nomor_validasi, wajar
from haji_portal.jemaah.pilihan import PilihAtauKetik, kata_pilihan_kosong

HARI = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
ANGKA = {"inputmode": "numeric", "autocomplete": "off"}
SETORAN_TERBESAR = 10_000_000_000
"""Rupiah. No deposit comes near it; what is larger is a slip of the finger, and far larger breaks the column."""

KTP = [
    "nik", "nama", "tempat_lahir", "tanggal_lahir", "jenis_kelamin", "agama", "alamat", "kabupaten", "telepon", "email",
]  # fmt: skip
SLIP = ["bank", "nomor_validasi", "jumlah", "tanggal_setoran"]
REKENING = ["nomor_rekening", "atas_nama"]


class BidangRupiah(forms_dana.BidangRupiah):
    """The amount of a deposit, as every other amount is read; spaces between the groups are let pass."""

    def __init__(self, **kwargs: Any) -> None:
        bawaan: dict[str, Any] = {
            "min_value": 1, "max_value": SETORAN_TERBESAR,
            "error_messages": {"max_value": "Jumlah ini terlalu besar. Periksa angkanya pada bukti setoran."},
        }  # fmt: skip
        super().__init__(**bawaan | kwargs)

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            return super().to_python("".join(value.split()))
        return forms.IntegerField.to_python(self, value)  # a number already: from a row, or from JSON


def bila(**jawaban: Sequence[str]) -> str:
    """The value of `data-bila`: which answers to which questions show a field (static/js/bersyarat.js)."""
    return json.dumps({nama: list(nilai) for nama, nilai in jawaban.items()})


def bersyarat(form: forms.BaseForm, nama: Sequence[str], **jawaban: Sequence[str]) -> None:
    """These fields concern only some answers to other fields; without `jawaban`, the form knows when by itself.

    Without JavaScript they are all shown; the form itself ignores or demands them, so they are not `required` here.
    """
    for satu in nama:
        bidang: Any = form.fields[satu]
        bidang.required, bidang.bersyarat = False, True
        if jawaban:
            bidang.widget.attrs["data-bila"] = bila(**jawaban)


def telepon_rapi(telepon: str) -> str:
    """A phone number as it is stored, "" for none; ValidationError with the sentence for the person."""
    if not (telepon := telepon.strip()):
        return ""
    try:
        return normalkan_telepon(telepon)
    except ValueError as galat:
        raise ValidationError(str(galat)) from galat


def nik_rapi(nik: str) -> str:
    """A NIK of the right shape; ValidationError with the sentence for the person."""
    nik = nik.strip()
    try:
        periksa_nik(nik)
    except ValueError as galat:
        raise ValidationError(str(galat)) from galat
    return nik


class FormOrang(forms.ModelForm):
    """Who asks, as the KTP says, with its cleaners."""

    class Meta:
        model = Jemaah
        fields = KTP
        widgets = {"tanggal_lahir": HARI, "nik": forms.TextInput(attrs=ANGKA | {"maxlength": 16})}

    def __init__(self, *args: Any, kantor: Kantor, **kwargs: Any) -> None:
        self.kantor = kantor
        super().__init__(*args, **kwargs)
        kata_pilihan_kosong(self)
        self.fields["email"].label = "Surel"
        self.fields["kabupaten"].initial = kantor.kabupaten
        self.peringatan: list[str] = []

    def clean_telepon(self) -> str:
        return telepon_rapi(self.cleaned_data["telepon"])

    def clean_tanggal_lahir(self):
        lahir = self.cleaned_data["tanggal_lahir"]
        if lahir >= timezone.localdate():
            raise ValidationError("Tanggal lahir harus sebelum hari ini.")
        return wajar(lahir)


class FormMasuk(FormOrang):
    """Identity, deposit and account, with their cleaners; a service adds what its own rules ask for."""

    bank = forms.CharField(label="Bank penerima setoran", max_length=60, widget=PilihAtauKetik("bank"))
    nomor_validasi = forms.CharField(label="Nomor validasi", max_length=40, widget=forms.TextInput(attrs=ANGKA))
    jumlah = BidangRupiah(label="Jumlah setoran (rupiah)")
    tanggal_setoran = forms.DateField(label="Tanggal setoran", widget=HARI)
    nomor_rekening = forms.RegexField(
        label="Nomor rekening", regex=r"^[0-9]{6,20}\Z", widget=forms.TextInput(attrs=ANGKA),
        error_messages={"invalid": "Nomor rekening terdiri atas 6–20 angka."},
    )  # fmt: skip
    atas_nama = forms.CharField(label="Rekening atas nama", max_length=120)

    def clean_tanggal_setoran(self):
        return lampau(self.cleaned_data["tanggal_setoran"], "Tanggal setoran")

    def clean_nomor_validasi(self) -> str:
        nomor = self.cleaned_data["nomor_validasi"]
        return nomor_validasi(nomor) if nomor else ""

    def ketikan(self, nama: str) -> str:
        """What stands in a field before it was judged, without spaces: enough to look it up by."""
        return "".join(str(self[nama].value() or "").replace("\x00", "").split())

    def wajib(self, nama: Sequence[str], kalimat: str) -> None:
        """These fields must not be empty, as this form asks for them and nothing else is said of them yet."""
        for satu in nama:
            if not self.cleaned_data.get(satu) and satu in self.fields and satu not in self.errors:
                self.add_error(satu, kalimat)


class LoketMixin(forms.Form):
    """The counter's part of a FormOrang: a known NIK finds its row, and everything is written at once."""

    kantor: Kantor
    instance: Any

    ATURAN: Sequence[Kondisi] = ()
    """What must hold for a case of this service, judged before anything is written."""

    def clean_nik(self) -> str:
        nik = nik_rapi(self.cleaned_data["nik"])
        # Known already: the same person comes back, the row is found again and not written twice.
        if lama := Jemaah.objects.filter(nik=nik).first():
            self.instance = lama
        return nik

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            for kalimat in gagal(self._calon(), self.ATURAN):
                self.add_error(None, ValidationError(kalimat))

    def _calon(self) -> Permohonan:
        """The application as it would be, unsaved, so that the rules can judge it."""
        raise NotImplementedError

    def buka(self, oleh: Petugas) -> Hasil:
        """Write pilgrim, account and deposit and open the case, all or nothing. Raises LangkahGagal."""
        try:
            with transaction.atomic():
                return self._buka(self.cleaned_data, oleh)
        except IntegrityError as galat:
            # Two counters at once met the same new person or slip; the next try finds the first one's rows.
            raise SudahAda(
                "Orang atau bukti setoran ini baru saja dicatat petugas lain. Kirim sekali lagi, datanya akan dipakai."
            ) from galat

    def _buka(self, isi: dict[str, Any], oleh: Petugas) -> Hasil:
        raise NotImplementedError


def orang_sini(kantor: Kantor, jemaah: Jemaah) -> bool:
    """Whether an office may read this pilgrim: whoever types numbers must not read those of another office."""
    sini = domisili_di(jemaah, kantor.kabupaten)
    return sini or Perkara.objects.filter(kantor=kantor, pemohon=jemaah).exists()


def hanya_pengakuan(setoran: Setoran) -> bool:
    """A deposit that only a public sender stated, and whose case ended without a porsi: nobody owns it yet.

    Without this, whoever types another person's nomor validasi first would keep its owner out for good.
    """
    if setoran.sumber != Setoran.Sumber.PEMOHON or setoran.porsi_id or setoran.dibatalkan:
        return False
    return not Kunci.objects.filter(jenis="setoran", nilai=str(setoran.pk)).exists()


def keberatan_setoran(setoran: Setoran, nik: str | None, jumlah: int | None) -> tuple[str, str] | None:
    """(field, sentence) of what speaks against a known deposit being this person's, None when nothing does."""
    if setoran.jemaah.nik != nik:
        return "nomor_validasi", "Nomor validasi ini tercatat atas nama orang lain. Periksa buktinya."
    if setoran.dibatalkan:
        return "nomor_validasi", f"Setoran ini sudah {setoran.kata_batal}."
    if jumlah and setoran.jumlah != jumlah:
        return "jumlah", "Jumlah ini berbeda dari yang dicatat bank untuk nomor validasi tersebut."
    return None


def simpan_setoran(nomor: str, **data: Any) -> Setoran:
    """The deposit of this nomor validasi: found again, or written; what nobody owned yet takes the officer's data."""
    setoran, baru = Setoran.objects.get_or_create(nomor_validasi=nomor, defaults=data)
    if not baru and hanya_pengakuan(setoran):
        Setoran.objects.filter(pk=setoran.pk).update(**data, sumber=Setoran.Sumber.PETUGAS)
        setoran.refresh_from_db()
    return setoran
