"""What is asked at each step of a recommendation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from haji_portal.akun.models import Peran
from haji_portal.berkas import forms_langkah
from haji_portal.berkas.forms import BidangUnggah
from haji_portal.berkas.forms_langkah import BidangAlasan, FormAlasan, FormCatatan, FormLangkah, FormPeriksa

from .masuk import IsianPermohonan, orang_terkunci, rapikan_json
from .models import PenyelenggaraPerjalanan
from .models.isian import Daftar
from .register import temukan
from .syarat import kalimat_sk

__all__ = ["FormAlasan", "FormCatatan", "FormPeriksa"]
PERTANYAAN = {
    "identitas": "Identitas setiap orang sesuai fotokopi KTP dan kartu keluarga",
    "pengantar": "Nama-nama sesuai surat pengantar penyelenggara",
    "sk": "Salinan SK pada berkas sama dengan SK yang tercatat di bawah",
}
"""What the back office compares (Kepulauan Seribu 009/2023, 3); each is stated by the officer."""
DATA = ("tujuan", "nomor_pengantar", "tanggal_pengantar", "kantor_imigrasi")
SEBUTAN = {
    "tujuan": "tujuan", "penyelenggara": "penyelenggara", "nomor_pengantar": "nomor surat pengantar",
    "tanggal_pengantar": "tanggal surat pengantar", "kantor_imigrasi": "kantor imigrasi", "peserta": "daftar orang",
}  # fmt: skip


class FormVerifikasi(FormLangkah):
    catatan = forms.CharField(label="Catatan", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nama, label in PERTANYAAN.items():
            self.fields[nama] = forms.BooleanField(label=label, error_messages={"required": "Harus dinyatakan benar."})
        if self.perkara.pk:
            self.fields["sk"].help_text = keadaan_sk(self.perkara)
        self.order_fields([*PERTANYAAN, "catatan"])

    def data_langkah(self) -> dict[str, Any]:
        hasil = {nama: bool(self.cleaned_data[nama]) for nama in PERTANYAAN}
        return {"hasil": hasil, "catatan": self.cleaned_data["catatan"]}


def keadaan_sk(perkara: Any) -> str:
    """The licence that counts for this case, as the register has it."""
    sk = perkara.penyelenggara.sk_berlaku(perkara.hari_ini())
    if sk is None:
        return kalimat_sk(perkara)
    return f"SK {perkara.izin} {perkara.penyelenggara.nama} Nomor {sk.nomor}, {sk.keadaan(perkara.hari_ini())}."


class FormSurat(FormLangkah):
    penanda_tangan = forms.ChoiceField(
        label="Ditandatangani oleh", required=False,
        choices=[("", "Menurut ketentuan kantor"), (Peran.KEPALA, "Kepala Kantor"), (Peran.KASI, "Kepala Seksi")],
        help_text="Kepala Kantor, atau yang ditunjuknya.",
    )  # fmt: skip
    catatan = forms.CharField(
        label="Catatan untuk pejabat", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["penanda_tangan"].initial = self.perkara.penanda_tangan


class FormKembali(FormLangkah):
    alasan = BidangAlasan(
        label="Alasan tidak dapat diproses", min_length=10, max_length=600,
        help_text="Tertulis pada catatan yang diterima pemohon.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.perkara.pk:
            self.fields["alasan"].initial = kalimat_sk(self.perkara)


class FormSerah(forms_langkah.FormSerah):
    tanda_tangan = forms.BooleanField(
        label="Penerima sudah menandatangani tanda terima", required=False,
        help_text="Tandai, atau unggah pindaian tanda terima yang ditandatangani.",
    )  # fmt: skip
    bukti = BidangUnggah(label="Tanda terima yang ditandatangani", required=False, help_text="JPEG, PNG, atau PDF.")

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or {}
        if not isi.get("tanda_tangan") and not isi.get("bukti") and "bukti" not in self.errors:
            self.add_error("tanda_tangan", "Minta tanda tangan penerima pada tanda terima, lalu tandai di sini.")
        return isi

    def data_langkah(self) -> dict[str, Any]:
        return {"penerima": self.cleaned_data["penerima"], "bukti": self.cleaned_data["bukti"]}


class FormTolak(forms_langkah.FormTolak):
    ATURAN = {
        "009/2023 komponen 1": "Persyaratan tidak terpenuhi (Kepulauan Seribu 009/2023)",
        "009/2023 komponen 2": "Dokumen tidak benar (Kepulauan Seribu 009/2023)",
        "SE B-7001/2017": "Bukan permohonan paspor umrah atau haji khusus (SE Dirjen PHU B-7001/2017)",
    }


class FormPerbaiki(FormLangkah, IsianPermohonan):
    """What was taken in wrongly: purpose, organiser, addressee, or one of the people."""

    keterangan = forms.CharField(
        label="Apa yang keliru, dan menurut dokumen apa?", min_length=5, max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Tanpa menulis NIK. Misalnya: tanggal lahir orang ke-2 dibetulkan menurut KTP.",
    )  # fmt: skip
    lebar = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["peserta"].required = True
        self.travel: PenyelenggaraPerjalanan | None = None
        self.semula: Daftar | None = None
        if self.perkara.pk:
            self._isi_semula()

    def _isi_semula(self) -> None:
        p, kolom = self.perkara, ("nik", "nama", "tempat_lahir", "tanggal_lahir", "hubungan")
        self.semula = Daftar(tuple({k: getattr(o, k) for k in kolom} for o in p.daftar_peserta()))
        for nama in DATA:
            self.fields[nama].initial = getattr(p, nama)
        self.fields["penyelenggara"].initial = p.penyelenggara.nama
        self.fields["peserta"].initial = rapikan_json(self.semula)

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or {}
        if isi.get("tujuan") and isi.get("penyelenggara"):
            try:
                self.travel = temukan(isi["penyelenggara"], isi["tujuan"])
            except ValidationError as galat:
                self.add_error("penyelenggara", galat)
        if "peserta" in isi:
            for kalimat in orang_terkunci(list(isi["peserta"].orang), self.perkara.pk):
                self.add_error("peserta", kalimat)
        if not self.errors and not self._berubah():
            self.add_error(None, "Tidak ada yang berubah: ganti isian yang keliru.")
        return isi

    def _berubah(self) -> list[str]:
        p, isi = self.perkara, self.cleaned_data
        beda = [n for n in DATA if isi[n] != getattr(p, n)]
        beda += ["penyelenggara"] if self.travel is not None and self.travel.pk != p.penyelenggara_id else []
        beda += ["peserta"] if isi["peserta"] != self.semula else []
        return [SEBUTAN[n] for n in beda]

    def data_langkah(self) -> dict[str, Any]:
        isi = self.cleaned_data
        return {n: isi[n] for n in DATA} | {
            "penyelenggara": self.travel, "peserta": isi["peserta"], "keterangan": isi["keterangan"],
            "berubah": self._berubah(),
        }  # fmt: skip
