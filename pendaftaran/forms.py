"""What the desk asks at each step. Every step form takes `perkara=`; its cleaned data are the step's keywords."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from haji_portal.berkas import forms_langkah
from haji_portal.berkas.forms_langkah import FormAlasan, FormBukti, FormCatatan, FormFoto, FormPindai, FormSerah
from haji_portal.jemaah.models import Jemaah, angka_10
from haji_portal.jemaah.pilihan import PilihAtauKetik, kata_pilihan_kosong

from .models import Pendaftaran

__all__ = ["FormAlasan", "FormCatatan", "FormFoto", "FormPindai", "FormSerah"]

CITATION = {
    "244/2021 B.2": "Usia di bawah batas (244/2021 B.2)",
    "244/2021 B.1": "Bukan beragama Islam (244/2021 B.1)",
    "244/2021 A.3": "Domisili di luar wilayah kantor (244/2021 A.3)",
    "244/2021 A.5.a": "Masih berstatus daftar tunggu (244/2021 A.5.a)",
    "244/2021 A.5.b": "Haji terakhir kurang dari sepuluh tahun (244/2021 A.5.b)",
    "244/2021 A.8": "Tidak hadir sendiri (244/2021 A.8)",
    "244/2021 B.6": "Rekening bukan atas nama sendiri (244/2021 B.6)",
    "244/2021 A.9": "Dokumen tidak sah (244/2021 A.9)",
}
CITATION_ELEKTRONIK = {
    "244/2021 A.8": "Foto tidak menunjukkan pendaftar sendiri (244/2021 A.8)",
    "244/2021 D.9": "Isian atau dokumen tidak sesuai peraturan (244/2021 D.9)",
}


class FormTolak(forms_langkah.FormTolak):
    def daftar_aturan(self) -> dict[str, str]:
        return CITATION | (CITATION_ELEKTRONIK if self.perkara.elektronik else {})


class FormSpph(forms.ModelForm):
    """The SPPH form of Tanah Bumbu row 2; the identity was written at intake and is shown beside it."""

    class Meta:
        model = Jemaah
        fields = [
            "nama_ayah", "kelurahan", "kecamatan", "provinsi", "kode_pos", "alamat_tinggal", "telepon_rumah",
            "pendidikan", "pekerjaan", "status_kawin", "golongan_darah", "rambut", "alis", "hidung", "wajah",
            "tinggi_cm", "berat_kg",
        ]  # fmt: skip

    WAJIB = ("nama_ayah", "kelurahan", "kecamatan", "pendidikan", "pekerjaan", "status_kawin")

    def __init__(self, *args: Any, perkara: Pendaftaran, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"instance": perkara.pemohon})
        kata_pilihan_kosong(self)
        for nama in self.WAJIB:
            self.fields[nama].required = True
        for nama in ("pendidikan", "pekerjaan", "golongan_darah"):
            self.fields[nama].widget = PilihAtauKetik(nama)
        self.fields["kode_pos"].widget.attrs |= {"inputmode": "numeric"}
        for nama, (rendah, tinggi) in {"tinggi_cm": (50, 250), "berat_kg": (15, 300)}.items():
            self.fields[nama] = forms.IntegerField(
                label=self.fields[nama].label, min_value=rendah, max_value=tinggi, required=False
            )
        for nama in perkara.isian_pemohon.keys() & self.fields.keys():
            self.fields[nama].help_text = f"Pemohon menulis: {perkara.isian_pemohon[nama]}"

    def _post_clean(self) -> None:
        # The step writes the values itself, under its lock; a bound form must not touch the shared instance before.
        pass


class FormPorsi(FormBukti):
    nomor_porsi = forms.CharField(
        label="Nomor porsi", validators=[angka_10], widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text="Sepuluh angka seperti tampil di Siskohat.",
    )  # fmt: skip
    terbit = forms.DateField(label="Tanggal terbit", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    estimasi = forms.IntegerField(
        label="Perkiraan tahun berangkat", required=False, min_value=1900, max_value=2200,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip

    field_order = ["nomor_porsi", "terbit", "estimasi", "bukti"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["terbit"].initial = timezone.localdate()
        if self.perkara.porsi is not None:
            self.fields["nomor_porsi"].initial = self.perkara.porsi.nomor
            self.fields["estimasi"].initial = self.perkara.porsi.estimasi
