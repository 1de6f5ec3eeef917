"""Form pieces of the public application pages: who begins, the code, and the base of a service's pages."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from haji_portal.akun.models import Kantor
from haji_portal.alur.deklarasi import gagal
from haji_portal.alur.tampil_waktu import BULAN, tanggal
from haji_portal.jemaah.nik import periksa_nik
from haji_portal.kabar.kirim import alamat_sah
from haji_portal.kabar.models import Pesan
from haji_portal.kabar.tujuan import saluran_aktif

from ..models import Konsep
from .daftar import Rujukan

ANGKA = {"class": "form-control form-control-lg", "inputmode": "numeric", "autocomplete": "off"}
TANGGAL_SALAH = "Tanggal ini belum lengkap atau tidak ada di kalender. Isi tanggal, bulan, dan empat angka tahun."
Saluran = Pesan.Saluran


class TigaTanggal(forms.DateInput):
    """A date as day, month and year in three fields: quicker than paging a calendar back sixty years."""

    template_name = "ptsp/tiga_tanggal.html"
    use_fieldset = True

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return f"{id_}_hari" if id_ else id_

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """ISO when the three make a date; otherwise what was typed, so that it comes back and is refused in words."""
        bagian = [str(data.get(f"{name}_{n}") or "").strip()[:4] for n in ("tahun", "bulan", "hari")]
        if not any(bagian):
            return str(data.get(name) or "")
        try:
            return datetime.date(*map(int, bagian)).isoformat()
        except ValueError:
            return "-".join(bagian)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}_hari" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        konteks = super().get_context(name, value, attrs)
        tahun, bulan, hari = ([*str(konteks["widget"]["value"] or "").split("-"), "", "", ""])[:3]
        konteks["widget"] |= {
            "hari": hari.lstrip("0"), "bulan": bulan.lstrip("0"), "tahun": tahun,
            "salah": konteks["widget"]["attrs"].get("aria-invalid"),
            "bila": konteks["widget"]["attrs"].get("data-bila"),
            "pilihan": [(str(i), nama) for i, nama in enumerate(BULAN, start=1)],
        }  # fmt: skip
        return konteks


class Kontak(forms.CharField):
    """An e-mail address or a mobile number; clean value (channel, address as the ledger keeps it)."""

    def __init__(self, *, kantor: Kantor | None = None) -> None:
        self.ponsel = next((s for s in (Saluran.WA, Saluran.SMS) if saluran_aktif(s, kantor)), None)
        super().__init__(
            label="Surel atau nomor ponsel" if self.ponsel else "Alamat surel (email)", max_length=254,
            help_text="Ke sana kami mengirim kode enam angka dan kabar permohonan ini. Boleh milik keluarga.",
            widget=forms.TextInput(attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}),
        )  # fmt: skip

    def clean(self, value: Any) -> Any:
        teks = super().clean(value)
        if "@" not in teks and self.ponsel is None:
            raise ValidationError("Tulis alamat surel, misalnya nama@contoh.id. Kode belum dapat dikirim ke ponsel.")
        saluran = Saluran.EMAIL if "@" in teks or self.ponsel is None else self.ponsel
        try:
            alamat = alamat_sah(saluran, teks)
        except ValueError as galat:
            raise ValidationError(str(galat)) from galat
        # One mailbox, one draft: nobody tells capitals apart in an address.
        return saluran, alamat.lower()


class FormLanjut(forms.Form):
    """Who comes back: NIK and the contact of the draft."""

    nik = forms.CharField(
        label="NIK (16 angka pada KTP)", max_length=24, widget=forms.TextInput(attrs=ANGKA),
        error_messages={"required": "Ketik 16 angka NIK pada KTP."},
    )  # fmt: skip

    def __init__(self, *args: Any, kantor: Kantor | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kontak"] = Kontak(kantor=kantor)

    def clean_nik(self) -> str:
        nik = "".join(self.cleaned_data["nik"].split())
        try:
            periksa_nik(nik)
        except ValueError as galat:
            raise ValidationError(str(galat)) from galat
        return nik


class FormMulai(FormLanjut):
    """Who begins: NIK, the number that the service asks for, and a contact."""

    def __init__(self, *args: Any, rujukan: Rujukan, kantor: Kantor, **kwargs: Any) -> None:
        super().__init__(*args, kantor=kantor, **kwargs)
        self.rujukan = rujukan
        self.fields["nik"].help_text = rujukan.bantuan_nik
        self.fields["rujukan"] = forms.CharField(
            label=rujukan.label, help_text=rujukan.bantuan, max_length=40,
            widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        )  # fmt: skip
        self.order_fields(["rujukan", "nik", "kontak"])

    def clean_rujukan(self) -> str:
        return self.rujukan.bersihkan(self.cleaned_data["rujukan"])


class FormKode(forms.Form):
    """Six digits from the message."""

    kode = forms.CharField(
        label="Kode enam angka", max_length=12, error_messages={"required": "Ketik enam angka dari pesan kami."},
        widget=forms.TextInput(attrs=ANGKA | {"autocomplete": "one-time-code", "maxlength": 12}),
    )  # fmt: skip


class FormBagian(forms.BaseForm):
    """One page of a service's questions, mixed in before the service's own form: built from a draft, looks nobody up.

    bagian: title -> its fields; the others are left out, as the identity number, which was given at the start.
    sebutan, bantuan: what a field is called here and its hint, where the counter says it otherwise.
    `peringatan`: sentences that do not stop anything. `aturan_gagal`: those of the rules `aturan` that are broken, with
    citation; they stop the sending, not the saving.
    """

    bagian: Mapping[str, list[str]] = {}
    sebutan: Mapping[str, str] = {}
    bantuan: Mapping[str, str] = {}
    aturan: Sequence[Any] = ()
    peringatan: list[str]

    def __init__(self, data: Any = None, *, konsep: Konsep) -> None:
        self.konsep = konsep
        self.aturan_gagal: list[str] = []
        super().__init__(data, kantor=konsep.kantor, initial=self.awal(konsep))  # type: ignore[call-arg]
        dipakai = [nama for daftar in self.bagian.values() for nama in daftar]
        self.fields = {nama: self.fields[nama] for nama in dipakai}
        for nama, isian in self.fields.items():
            if isinstance(isian, forms.DateField):
                isian.widget = TigaTanggal(attrs=isian.widget.attrs)
                isian.error_messages["invalid"] = TANGGAL_SALAH
            isian.label, isian.help_text = self.sebutan.get(nama, isian.label), self.bantuan.get(nama, isian.help_text)

    def awal(self, konsep: Konsep) -> dict[str, Any]:
        """What stands in the fields at first: the answers so far."""
        return dict(konsep.isi)

    def calon(self) -> Any:
        """The application as far as it was typed, unsaved, for the rules; None while it says too little to judge."""
        raise NotImplementedError

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors and (calon := self.calon()) is not None:
            self.aturan_gagal = gagal(calon, self.aturan)

    def kelompok(self) -> list[tuple[str, list[forms.BoundField]]]:
        ada = {judul: [n for n in nama if n in self.fields] for judul, nama in self.bagian.items()}
        return [(judul, [self[n] for n in nama]) for judul, nama in ada.items() if nama]

    def sebut(self, nama: str, nilai: Any) -> str:
        """One answer as a person reads it back: the label of a choice, a date in words."""
        isian = self.fields[nama]
        if nilai in (None, ""):
            return "(dikosongkan)"
        if isinstance(nilai, bool):
            return "Ya" if nilai else "Tidak"
        if isinstance(isian, forms.ChoiceField):
            return str(dict(isian.choices).get(nilai, nilai))  # type: ignore[arg-type]
        return tanggal(nilai) if isinstance(nilai, datetime.date) else str(nilai)


def jawaban(form: forms.BaseForm, data: Any) -> dict[str, str]:
    """The answers of one page as they were typed, by field name."""
    return {nama: f.widget.value_from_datadict(data, {}, form.add_prefix(nama)) for nama, f in form.fields.items()}
