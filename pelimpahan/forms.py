"""What is asked at each step of a transfer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html

from haji_portal.akun.models import Peran
from haji_portal.berkas import forms_langkah
from haji_portal.berkas.daftar import foto_pengaju
from haji_portal.berkas.forms import BidangFoto, BidangUnggah
from haji_portal.berkas.forms_langkah import BidangAlasan, FormAlasan, FormCatatan, FormLangkah, FormPeriksa, FormSerah
from haji_portal.berkas.models import ButirBerkas
from haji_portal.ptsp.disposisi import forms as forms_disposisi

from .isian import FormIsian
from .kelayakan_berkas import BUKAN_ASLI
from .models.isian import PENGAJUAN
from .slot import slot_tersedia
from .tahap import Sebab

__all__ = ["FormAlasan", "FormCatatan", "FormPeriksa", "FormSerah"]

ATURAN = {
    "245/2021 A.3": "Hubungan keluarga tidak termasuk yang dapat menerima (245/2021 A.3)",
    "245/2021 A.4": "Penerima tidak beragama Islam atau di bawah usia (245/2021 A.4)",
    "245/2021 A.5": "Porsi sudah pernah dilimpahkan (245/2021 A.5)",
    "245/2021 A.7": "Jemaah meninggal sesudah masuk asrama haji (245/2021 A.7)",
    "245/2021 A.9": "Diajukan di kantor lain dari tempat jemaah mendaftar (245/2021 A.9)",
    "245/2021 B": "Dokumen persyaratan tidak terpenuhi (245/2021 B)",
    "245/2021 C.7": "Wawancara atau dokumen asli tidak benar (245/2021 C.7)",
    "245/2021 E.1": "Penerima diwakilkan (245/2021 E.1)",
}
PERTANYAAN = {
    "identitas": "Identitas penerima sesuai KTP asli",
    "hubungan": "Hubungan keluarga dengan jemaah sesuai dokumen asli",
    "penunjukan": "Ahli waris lain mengetahui dan menyetujui penunjukan ini",
    "kesediaan": "Penerima bersedia menerima porsi dan tanggung jawabnya",
}
"""What an interview has to establish (245/2021 C.7); each is stated by the officer."""


PEMBANDING = (
    'Latar putih, wajah 80 % dari tinggi foto, tanpa kacamata gelap. Bandingkan dengan <a href="{}" target="_blank" '
    'rel="noopener">foto diri yang diunggah penerima</a>.'
)


class FormTolak(forms_langkah.FormTolak):
    ATURAN = ATURAN


class FormDisposisi(forms_disposisi.FormDisposisi):
    penanda_tangan = forms.ChoiceField(
        label="Rekomendasi ditandatangani oleh", required=False,
        choices=[("", "Menurut ketentuan kantor"), (Peran.KEPALA, "Kepala Kantor"), (Peran.KASI, "Kepala Seksi")],
    )  # fmt: skip


class FormSurat(FormLangkah):
    penanda_tangan = forms.ChoiceField(
        label="Ditandatangani oleh", required=False,
        choices=[("", "Menurut ketentuan kantor"), (Peran.KEPALA, "Kepala Kantor"), (Peran.KASI, "Kepala Seksi")],
        help_text="Menurut arahan Kepala Kantor.",
    )  # fmt: skip
    catatan = forms.CharField(
        label="Catatan untuk pejabat", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Konsep surat dibuat dari data perkara; baca di bagian Surat sebelum diajukan.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["penanda_tangan"].initial = self.perkara.penanda_tangan


class FormKirim(FormLangkah):
    """At the counter the scanned set; from outside every document is a file already."""

    arsip = BidangUnggah(
        label="Hasil pindai berkas (PDF)", izinkan=("pdf",), help_text="Seluruh persyaratan dalam satu PDF."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.perkara.pk and self.perkara.saluran == self.perkara.Saluran.ELEKTRONIK:
            self.fields["arsip"].required = False
            self.fields["arsip"].help_text = "Boleh kosong: berkas yang diunggah penerima ikut dikirim."


class FormValidasi(FormLangkah):
    catatan = forms.CharField(label="Catatan", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2}))


class FormKembaliKantor(FormLangkah):
    """What is wrong, document by document, and a sentence about all of it."""

    alasan = BidangAlasan(
        label="Penjelasan untuk kantor",
        help_text="Di bawah ini tulis juga kekurangan tiap berkas; berkas yang sudah benar dibiarkan kosong.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.butir: list[ButirBerkas] = list(self.perkara.butir.order_by("urut", "kode")) if self.perkara.pk else []
        for b in self.butir:
            kurang: Any = forms.CharField(label=b.nama, required=False, max_length=300)
            kurang.bersyarat = True
            self.fields[f"butir_{b.kode}"] = kurang

    def data_langkah(self) -> dict[str, Any]:
        kurang = {b.kode: self.cleaned_data[f"butir_{b.kode}"].strip() for b in self.butir}
        return {"alasan": self.cleaned_data["alasan"], "kekurangan": {k: v for k, v in kurang.items() if v}}


class FormJadwal(FormLangkah):
    slot = forms.TypedChoiceField(
        label="Hari dan jam", coerce=int,
        error_messages={"required": "Pilih hari dan jam wawancaranya.",
                        "invalid_choice": "Slot ini tidak kosong lagi. Pilih slot lain."},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slot: Any = self.fields["slot"]
        slot.choices = slot_tersedia(self.perkara) if self.perkara.pk else [("", "Pilih")]
        if len(slot.choices) < 2:
            slot.help_text = "Belum ada slot kosong. Buat hari wawancara lebih dulu."


class FormPindah(FormJadwal):
    alasan = BidangAlasan(label="Mengapa dipindahkan?")


class FormBuktiBlokir(FormLangkah):
    bukti = BidangUnggah(
        label="Bukti dari Siskohat",
        required=False,
        help_text="Tangkapan layar atau cetakan, bila ada (JPEG, PNG, PDF).",
    )


class FormWawancara(FormLangkah):
    """Every point is stated; without one the recipient has not passed."""

    asli = forms.MultipleChoiceField(
        label="Dokumen asli yang dilihat dan benar", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tandai dokumen asli yang sudah dilihat."},
    )  # fmt: skip
    catatan = forms.CharField(
        label="Catatan wawancara", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nama, label in PERTANYAAN.items():
            self.fields[nama] = forms.BooleanField(label=label, error_messages={"required": "Harus dinyatakan benar."})
        butir = self.perkara.butir.filter(verdict="ada").order_by("urut", "kode") if self.perkara.pk else []
        asli: Any = self.fields["asli"]
        asli.choices = [(b.kode, b.nama) for b in butir if b.kode not in BUKAN_ASLI]
        self.order_fields([*PERTANYAAN, "asli", "catatan"])

    def data_langkah(self) -> dict[str, Any]:
        isi = self.cleaned_data
        jawaban = {nama: bool(isi[nama]) for nama in PERTANYAAN}
        return {"hasil": {"jawaban": jawaban, "asli": isi["asli"], "catatan": isi["catatan"]}}


class FormFoto(forms_langkah.FormFoto):
    foto = BidangFoto(
        label="Foto penerima", help_text="Latar putih, wajah 80 % dari tinggi foto, tanpa kacamata gelap."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unggahan = foto_pengaju(self.perkara) if self.perkara.pk else None
        if unggahan is not None:
            self.fields["foto"].help_text = format_html(PEMBANDING, unggahan.get_absolute_url())


class FormPerbaiki(forms_langkah.FormPerbaiki):
    PENGAJUAN, ISIAN = PENGAJUAN, FormIsian

    def ditanyakan(self) -> set[str]:
        return set(PENGAJUAN) - ({"tanggal_meninggal"} if self.perkara.sebab == Sebab.SAKIT else set())

    def wajib(self) -> set[str]:
        return {"hubungan", "tanggal_meninggal"} if self.perkara.sebab else {"hubungan"}
