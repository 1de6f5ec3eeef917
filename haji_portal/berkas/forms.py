"""Form pieces for uploads, portraits and the checklist. A field's clean value is already stored and clean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField

from haji_portal.alur.models import Perkara

from .daftar import PERLU_ALASAN
from .models import ButirBerkas, Lampiran
from .simpan import BerkasTersimpan, FotoTersimpan, UnggahanDitolak, simpan_foto, simpan_unggahan

# Shorter than the day after which `hapus_yatim` collects files without a case.
UMUR_TITIPAN = 6 * 3600
GARAM = "haji_portal.berkas.titipan"
MIME = {"jpeg": "image/jpeg", "png": "image/jpeg", "pdf": "application/pdf"}
TERIMA = {"jpeg": ".jpg,.jpeg,image/jpeg", "png": ".png,image/png", "pdf": ".pdf,application/pdf"}


class PilihBerkas(forms.FileInput):
    """A file input that remembers: a file stored on the first try travels on as a signed hidden value.

    Browsers empty file inputs when a form comes back with errors, so without this a mistake in another field would
    cost the person the upload. The value is signed and dated; it names no path that a browser could ask for.
    """

    template_name = "berkas/_pilih_berkas.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.get(name) or data.get(self.nama_titipan(name)) or None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files and self.nama_titipan(name) not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        konteks = super().get_context(name, None, attrs)
        konteks["widget"] |= {"nama_titipan": self.nama_titipan(name), "titipan": "", "nama_berkas": ""}
        if value:
            konteks["widget"] |= {"titipan": titipkan(value), "nama_berkas": _asli(value).nama}
            konteks["widget"]["attrs"].pop("required", None)
        return konteks

    @staticmethod
    def nama_titipan(name: str) -> str:
        return f"{name}-titipan"


class BidangUnggah(forms.FileField):
    """An upload whose clean value is a BerkasTersimpan (None when optional and left out).

    `izinkan`: any of jpeg, png, pdf. Every refusal is a sentence that says what to do.
    """

    widget = PilihBerkas
    jenis_titipan: type = BerkasTersimpan

    def __init__(self, *, izinkan: tuple[str, ...] = ("jpeg", "png", "pdf"), **kwargs: Any) -> None:
        self.izinkan = izinkan
        kwargs.setdefault("error_messages", {"required": "Pilih berkas yang akan diunggah."})
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"accept": ",".join(TERIMA[jenis] for jenis in self.izinkan)}

    def clean(self, data: Any, initial: Any = None) -> Any:
        if data is None or data in self.empty_values:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return None
        try:
            if isinstance(data, str):
                return self.terima_titipan(data)
            if not hasattr(data, "tersimpan"):
                data.tersimpan = self.simpan(data)
        except UnggahanDitolak as galat:
            raise forms.ValidationError(galat.kalimat, code="ditolak") from galat
        return data.tersimpan

    def simpan(self, berkas: UploadedFile) -> Any:
        return simpan_unggahan(berkas, izinkan=self.izinkan)

    def terima_titipan(self, titipan: str) -> Any:
        """The hidden value names a clean file, but maybe one of another field: the type must fit this one."""
        hasil = ambil_titipan(titipan, self.jenis_titipan)
        if _asli(hasil).mime not in {MIME[jenis] for jenis in self.izinkan}:
            raise UnggahanDitolak("Berkas yang tadi diunggah bukan untuk isian ini. Pilih berkasnya sekali lagi.")
        return hasil

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the widget shows again: the stored file, when there is one."""
        try:
            return (
                ambil_titipan(data, self.jenis_titipan) if isinstance(data, str) else getattr(data, "tersimpan", None)
            )
        except UnggahanDitolak:
            return None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)


class BidangFoto(BidangUnggah):
    """A portrait, JPEG or PNG, at least 480x640 px in its centred 3:4 part; clean value a FotoTersimpan."""

    jenis_titipan = FotoTersimpan
    # The page offers the webcam beside the upload.
    kamera = True

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": "Ambil foto dengan kamera atau unggah foto."})
        super().__init__(izinkan=("jpeg", "png"), **kwargs)

    def simpan(self, berkas: UploadedFile) -> FotoTersimpan:
        return simpan_foto(berkas)


class FormDaftarBerkas(forms.Form):
    """The checklist as a form: verdict, reason and an optional scan for each line of the case.

    `cleaned_data` holds exactly what the step takes: `verdict`, {kode: (verdict, reason)} for `terapkan_verdict`, and
    `unggahan`, {kode: BerkasTersimpan}. Required lines need a verdict; optional ones may stay unchecked.
    """

    PILIHAN = [(v.value, v.label) for v in ButirBerkas.Verdict if v != ButirBerkas.Verdict.BELUM]
    # The same fields for a reader who has no case before them (the API's description): names by pattern.
    BIDANG_POLA = {
        "^verdict_[a-z0-9_-]+$": forms.ChoiceField(choices=PILIHAN, help_text="Hasil periksa satu berkas."),
        "^alasan_[a-z0-9_-]+$": forms.CharField(max_length=300, required=False, help_text="Wajib bila kurang."),
        "^unggah_[a-z0-9_-]+$": BidangUnggah(required=False, help_text="Pindaian berkas itu."),
    }

    def __init__(self, *args: Any, perkara: Perkara, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.butir = list(ButirBerkas.objects.filter(perkara=perkara.pk))
        lampiran = list(Lampiran.objects.filter(perkara=perkara.pk, butir__isnull=False))
        for butir in self.butir:
            self.fields |= self._bidang(butir)
            butir.unggahan = [f for f in lampiran if f.butir_id == butir.pk and f.diganti_pada is None]
            butir.terdahulu = [f for f in lampiran if f.butir_id == butir.pk and f.diganti_pada is not None]
        # Uploaded documents are read beside their verdicts, which takes the width of the page.
        self.lebar = any(butir.unggahan for butir in self.butir)

    def _bidang(self, butir: ButirBerkas) -> dict[str, forms.Field]:
        diperiksa = butir.verdict != ButirBerkas.Verdict.BELUM
        return {
            f"verdict_{butir.kode}": forms.ChoiceField(
                label=butir.nama,
                choices=self.PILIHAN,
                widget=forms.RadioSelect,
                required=butir.wajib,
                initial=butir.verdict if diperiksa else None,
                error_messages={"required": f"Pilih Ada, Kurang, atau Tidak ada untuk {butir.nama}."},
            ),
            f"alasan_{butir.kode}": forms.CharField(
                label=f"Alasan untuk {butir.nama}",
                max_length=300,
                required=False,
                initial=butir.alasan,
                help_text="Wajib bila kurang atau tidak ada: tuliskan apa yang harus dibawa.",
            ),
            f"unggah_{butir.kode}": BidangUnggah(label=f"Pindaian {butir.nama}", required=False),
        }

    def baris(self) -> Iterator[tuple[ButirBerkas, BoundField, BoundField, BoundField]]:
        """(line, verdict, reason, upload) for the template; a line knows its present files and the replaced ones."""
        for butir in self.butir:
            yield butir, self[f"verdict_{butir.kode}"], self[f"alasan_{butir.kode}"], self[f"unggah_{butir.kode}"]

    def clean(self) -> dict[str, Any]:
        bersih = super().clean() or {}
        verdict: dict[str, tuple[str, str]] = {}
        unggahan: dict[str, BerkasTersimpan] = {}
        for butir in self.butir:
            hasil, alasan = bersih.get(f"verdict_{butir.kode}", ""), bersih.get(f"alasan_{butir.kode}", "")
            if hasil in PERLU_ALASAN and not alasan and f"alasan_{butir.kode}" not in self.errors:
                self.add_error(f"alasan_{butir.kode}", f"Tuliskan apa yang kurang pada {butir.nama}.")
            if hasil:
                verdict[butir.kode] = (hasil, alasan)
            if berkas := bersih.get(f"unggah_{butir.kode}"):
                unggahan[butir.kode] = berkas
        return {"verdict": verdict, "unggahan": unggahan}


def titipkan(tersimpan: BerkasTersimpan | FotoTersimpan) -> str:
    """A signed, dated description of a stored file for a hidden field."""
    return signing.dumps(asdict(tersimpan), salt=GARAM, compress=True)


def ambil_titipan(titipan: str, jenis: type) -> Any:
    """The stored file behind a hidden value. Raises UnggahanDitolak when it is forged, too old or already used."""
    pilih_lagi = UnggahanDitolak("Berkas yang tadi diunggah sudah tidak tersedia. Pilih berkasnya sekali lagi.")
    try:
        isi = signing.loads(titipan, salt=GARAM, max_age=UMUR_TITIPAN)
        if jenis is FotoTersimpan:
            hasil: Any = FotoTersimpan(**{nama: BerkasTersimpan(**bagian) for nama, bagian in isi.items()})
        else:
            hasil = BerkasTersimpan(**isi)
    except (signing.BadSignature, TypeError) as galat:
        raise pilih_lagi from galat
    if Lampiran.objects.filter(kunci=_asli(hasil).kunci).exists():
        raise pilih_lagi
    return hasil


def _asli(tersimpan: Any) -> BerkasTersimpan:
    return tersimpan.asli if isinstance(tersimpan, FotoTersimpan) else tersimpan
