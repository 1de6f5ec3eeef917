"""What is asked at each step of a cancellation and of the cases beside it."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from haji_portal.berkas import forms_langkah
from haji_portal.berkas.daftar import foto_pengaju
from haji_portal.berkas.forms import BidangFoto, BidangUnggah
from haji_portal.berkas.forms_langkah import FormAlasan, FormCatatan, FormLangkah, FormPeriksa, FormPindai
from haji_portal.berkas.simpan import Potongan, UnggahanDitolak, foto_dari
from haji_portal.meja.masuk import nik_rapi, telepon_rapi
from haji_portal.ptsp.disposisi.forms import FormDisposisi

from .isian import WAFAT_SEBELUM_LAHIR, FormIsian
from .models.isian import PENGAJU, PENGAJUAN
from .syarat import WAKIL
from .tahap import Sebab

PEMBANDING = (
    '<a href="{0}" target="_blank" rel="noopener"><img class="berkas-pratinjau" src="{0}" loading="lazy" '
    'alt="Foto diri yang diunggah: perbesar di halaman baru"></a> Bandingkan dengan KTP pengaju pada daftar berkas.'
)
"""The applicant's own photo beside the statement that it is this person."""

__all__ = ["FormAlasan", "FormCatatan", "FormDisposisi", "FormPeriksa", "FormPindai"]

CITATION = {
    "241/2021 A.2": "Domisili di luar wilayah kantor (241/2021 A.2)",
    "241/2021 A.4": "Permohonan tertulis bermeterai tidak ada (241/2021 A.4)",
    "241/2021 A.6": "Meninggal sesudah masuk asrama haji (241/2021 A.6)",
    "241/2021 A.7": "Sudah masuk asrama haji (241/2021 A.7)",
}
CITATION_SEBAB = {
    "meninggal": {"241/2021 B.1": "Persyaratan pembatalan karena meninggal tidak terpenuhi (241/2021 B.1)"},
    "sendiri": {"241/2021 B.2": "Persyaratan pembatalan oleh jemaah tidak terpenuhi (241/2021 B.2)"},
    "alasan-sah": {"241/2021 A.5": "Alasan pembatalan tidak sah (241/2021 A.5)"},
    "validasi-belum-daftar": {"241/2021 D.1": "Persyaratan pembatalan nomor validasi tidak terpenuhi (241/2021 D.1)"},
    "validasi-tidak-memenuhi": {"241/2021 D.3": "Jemaah ternyata memenuhi persyaratan (241/2021 D.3)"},
}
# What concerns a stay in the asrama or the office of domicile has no place where there is no porsi (241/2021 D).
CITATION_VALIDASI = ("241/2021 A.2", "241/2021 A.4")


class FormTolak(forms_langkah.FormTolak):
    def daftar_aturan(self) -> dict[str, str]:
        if not self.perkara.sebab:  # no case before us: the API describes every answer there is
            return CITATION | {k: v for aturan in CITATION_SEBAB.values() for k, v in aturan.items()}
        umum = {k: v for k, v in CITATION.items() if not self.perkara.validasi_saja or k in CITATION_VALIDASI}
        return CITATION_SEBAB[self.perkara.sebab] | umum


class FormFoto(forms_langkah.FormFoto):
    """At the counter a photo is taken; from outside the applicant's own photo stands for it, once it was compared."""

    foto = BidangFoto(
        label="Foto pengaju",
        help_text="Orang yang mengajukan pembatalan: latar putih, wajah 80 % dari tinggi foto, tanpa kacamata gelap.",
    )
    pakai_unggahan = forms.BooleanField(
        label="Pakai foto diri yang diunggah: wajahnya cocok dengan foto pada KTP", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unggahan = foto_pengaju(self.perkara) if self.perkara.pk else None
        if self.unggahan is None:
            del self.fields["pakai_unggahan"]
        else:
            foto: Any = self.fields["foto"]
            foto.required, foto.bersyarat = False, True
            foto.label = "Atau ambil foto baru"
            self.fields["pakai_unggahan"].help_text = format_html(PEMBANDING, self.unggahan.get_absolute_url())
            self.order_fields(["pakai_unggahan", "foto"])

    def clean(self) -> dict[str, Any]:
        bersih = super().clean() or {}
        pakai = bersih.pop("pakai_unggahan", False)
        if self.errors or bersih.get("foto"):
            return bersih
        if not pakai or self.unggahan is None:
            self.add_error("foto", "Ambil foto, atau nyatakan bahwa foto yang diunggah cocok dengan KTP.")
            return bersih
        try:
            bersih["foto"] = foto_dari(self.unggahan, Potongan())
        except UnggahanDitolak as galat:
            self.add_error("pakai_unggahan", galat.kalimat)
        return bersih


class FormPerbaiki(forms_langkah.FormPerbaiki):
    """Only what concerns this case is asked."""

    PENGAJUAN, ISIAN = PENGAJUAN, FormIsian

    def ditanyakan(self) -> set[str]:
        p = self.perkara
        if not p.sebab:
            return set(PENGAJUAN)
        wakil = set(PENGAJU) if p.pengaju in WAKIL else set()
        wafat = {"tanggal_meninggal"} if p.tanggal_meninggal is not None else set()
        return {"alasan"} | wakil | wafat | (set() if p.validasi_saja else {"masuk_asrama"})

    def wajib(self) -> set[str]:
        beralasan = {"alasan"} if self.perkara.sebab in (Sebab.ALASAN_SAH, Sebab.TIDAK_MEMENUHI) else set()
        return ({*PENGAJU, "tanggal_meninggal"} | beralasan) - {"surel_pengaju"}

    def clean_nik_pengaju(self) -> str:
        return nik_rapi(self.cleaned_data["nik_pengaju"])

    def clean_telepon_pengaju(self) -> str:
        return telepon_rapi(self.cleaned_data["telepon_pengaju"])

    def clean_tanggal_meninggal(self) -> datetime.date | None:
        wafat = super().clean_tanggal_meninggal()
        if wafat and self.perkara.pemohon_id and wafat < self.perkara.pemohon.tanggal_lahir:
            raise ValidationError(WAFAT_SEBELUM_LAHIR)
        return wafat


class FormSurat(FormLangkah):
    catatan = forms.CharField(
        label="Catatan untuk pejabat", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Konsep surat dibuat dari data perkara; baca di bagian Surat sebelum diajukan.",
    )  # fmt: skip


class FormInput(FormLangkah):
    arsip = BidangUnggah(
        label="Hasil pindai berkas yang diunggah ke Siskohat (PDF)", izinkan=("pdf",),
        help_text="Seluruh persyaratan dalam satu PDF.",
    )  # fmt: skip


class FormBatal(forms_langkah.FormBukti):
    bukti = BidangUnggah(
        label="Bukti pembatalan dari Siskohat", help_text="Tangkapan layar atau cetakan (JPEG, PNG, PDF)."
    )


class FormSerah(forms_langkah.FormSerah):
    def nama_penerima(self) -> str:
        return self.perkara.nama_pengaju or self.perkara.pemohon.nama


class FormSuratBank(FormLangkah):
    surat_bank = BidangUnggah(label="Surat permohonan bank (PDF)", izinkan=("pdf",))
