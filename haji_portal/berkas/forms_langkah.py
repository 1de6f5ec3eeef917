"""Step forms that every service asks the same way. Each takes `perkara=`; its cleaned data are the step's keywords."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms

from haji_portal.alur.models import Permohonan
from haji_portal.jemaah.periksa import lampau

from .forms import BidangFoto, BidangUnggah, FormDaftarBerkas


class FormLangkah(forms.Form):
    """Base of the step forms: knows its case, nothing else."""

    def __init__(self, *args: Any, perkara: Permohonan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.perkara: Any = perkara


class FormPeriksa(FormDaftarBerkas):
    """The checklist of the case, item by item."""


class FormCatatan(FormLangkah):
    catatan = forms.CharField(
        label="Catatan untuk pemohon", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Daftar kekurangan sudah ikut terkirim; tambahkan bila perlu penjelasan.",
    )  # fmt: skip


class BidangAlasan(forms.CharField):
    """Why, in a sentence or two; a word is none."""

    widget = forms.Textarea(attrs={"rows": 2})

    def __init__(self, *, label: str = "Alasan", min_length: int = 5, max_length: int = 400, **kwargs: Any) -> None:
        pendek = f"Tuliskan alasannya dengan jelas, sedikitnya {min_length} huruf."
        kwargs["error_messages"] = {"min_length": pendek} | kwargs.get("error_messages", {})
        super().__init__(label=label, min_length=min_length, max_length=max_length, **kwargs)


class FormAlasan(FormLangkah):
    alasan = BidangAlasan()


class FormTolak(FormLangkah):
    """A rejection names the rule; a service lists its rules in ATURAN, {citation: sentence}."""

    ATURAN: Mapping[str, str] = {}

    aturan = forms.ChoiceField(label="Aturan yang tidak terpenuhi")
    penjelasan = forms.CharField(
        label="Penjelasan untuk pemohon", min_length=10, max_length=350, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        aturan: Any = self.fields["aturan"]
        aturan.choices = list(self.daftar_aturan().items())

    def daftar_aturan(self) -> Mapping[str, str]:
        return self.ATURAN


class FormPerbaiki(FormLangkah):
    """What was taken in wrongly about the application itself; its fields are asked as the intake asked them."""

    PENGAJUAN: Sequence[str] = ()
    """Fields of the case that may still be corrected."""
    ISIAN: type[forms.Form] | type[forms.ModelForm]
    """The form of the intake, with a field of the same name for each."""

    keterangan = forms.CharField(
        label="Apa yang keliru, dan menurut dokumen apa?", min_length=5, max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Misalnya: tanggal meninggal salah ketik, dibetulkan menurut akta kematian.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ditanyakan, wajib = self.ditanyakan(), self.wajib()
        for nama in [n for n in self.PENGAJUAN if n in ditanyakan]:
            bidang: Any = copy.deepcopy(self.ISIAN.base_fields[nama])
            bidang.required, bidang.bersyarat = nama in wajib, False
            bidang.initial = getattr(self.perkara, nama)
            self.fields[nama] = bidang
        self.order_fields([*self.PENGAJUAN, "keterangan"])

    def ditanyakan(self) -> Collection[str]:
        """The fields of PENGAJUAN that concern this case; all of them where no case is before us (the API)."""
        return self.PENGAJUAN

    def wajib(self) -> Collection[str]:
        """The fields of PENGAJUAN that this case cannot be without."""
        raise NotImplementedError

    def clean_masuk_asrama(self) -> datetime.date | None:
        return lampau(self.cleaned_data["masuk_asrama"], "Tanggal masuk asrama")

    def clean_tanggal_meninggal(self) -> datetime.date | None:
        return lampau(self.cleaned_data["tanggal_meninggal"], "Tanggal meninggal")

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or {}
        if not self.errors and not self._perubahan():
            self.add_error(None, "Tidak ada yang berubah: ganti isian yang keliru.")
        return isi

    def _perubahan(self) -> dict[str, Any]:
        isi = {n: nilai for n, nilai in self.cleaned_data.items() if n in self.PENGAJUAN}
        return {n: nilai for n, nilai in isi.items() if nilai != getattr(self.perkara, n)}

    def data_langkah(self) -> dict[str, Any]:
        baru = self._perubahan()
        return baru | {
            "keterangan": self.cleaned_data["keterangan"], "semula": {n: getattr(self.perkara, n) for n in baru},
        }  # fmt: skip


class FormFoto(FormLangkah):
    foto = BidangFoto(label="Foto jemaah", help_text="Latar putih, wajah 80 % dari tinggi foto, tanpa kacamata gelap.")


class FormPindai(FormLangkah):
    arsip = BidangUnggah(label="Hasil pindai berkas (PDF)", izinkan=("pdf",))


class FormBukti(FormLangkah):
    bukti = BidangUnggah(label="Bukti dari Siskohat", help_text="Tangkapan layar atau cetakan (JPEG, PNG, PDF).")


class FormSerah(FormLangkah):
    penerima = forms.CharField(label="Diterima oleh", max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["penerima"].initial = self.nama_penerima()

    def nama_penerima(self) -> str:
        return self.perkara.pemohon.nama
