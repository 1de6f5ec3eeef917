"""The intake of a reactivation at the counter: which porsi, why its cancellation was wrong, and who says so."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from haji_portal.akun.models import Kantor
from haji_portal.alur.deklarasi import gagal
from haji_portal.alur.galat import LangkahGagal, Tertutup
from haji_portal.alur.jalankan import Hasil, alasan_tertutup, buka, cari_di_tahap, jalankan
from haji_portal.alur.kalender import hari_terima
from haji_portal.alur.models import Perkara, Permohonan
from haji_portal.alur.pelaku import Petugas, Sistem
from haji_portal.dana.forms import BidangHari
from haji_portal.jemaah.domisili import sama_nama
from haji_portal.jemaah.models import PeristiwaPorsi, Porsi
from haji_portal.meja.masuk import ANGKA, bersyarat, telepon_rapi
from haji_portal.ptsp.kunjungan import TempatMixin

from .forms import BIDANG_KRONOLOGI
from .models import Pengaktifan
from .syarat import ATURAN
from .tahap import Pelapor, Sebab

PELAPOR = ["nama_pelapor", "sebagai_pelapor", "telepon_pelapor", "surel_pelapor"]
PUTUSAN = ["nomor_putusan", "tanggal_putusan"]
BUKAN_SINI = "Nomor porsi ini tidak tercatat pada kantor ini. Periksa angkanya pada SPH."
TANPA_PERKARA = (
    "Pembatalan porsi ini tidak tercatat di portal, jadi tidak ada perkara yang dapat dikaitkan. Hubungi Direktorat."
)


class FormPengaktifan(TempatMixin, forms.Form):
    """The whole intake on one page. A cancellation that is still open lets the porsi go in the same transaction."""

    nomor_porsi = forms.RegexField(
        r"^[0-9]{10}\Z", strip=True, label="Nomor porsi", widget=forms.TextInput(attrs=ANGKA | {"maxlength": 10}),
        error_messages={"invalid": "Nomor porsi terdiri atas 10 angka."},
    )  # fmt: skip
    nama_jemaah = forms.CharField(label="Nama jemaah", max_length=120, help_text="Seperti pada SPH atau bukti setoran.")
    sebab = forms.ChoiceField(label="Mengapa pembatalannya keliru?", choices=[("", "Pilih"), *Sebab.choices])
    nomor_putusan = forms.CharField(label="Nomor putusan pengadilan", max_length=80)
    tanggal_putusan = BidangHari(label="Tanggal putusan")
    kronologi = forms.CharField(
        help_text="Menurut pelapor: kapan batal, oleh siapa, bagaimana diketahui keliru. Dapat disunting sebelum surat "
        "laporan dibuat.",
        **BIDANG_KRONOLOGI,
    )  # fmt: skip
    pelapor = forms.ChoiceField(label="Dilaporkan oleh", choices=Pelapor.choices, initial=Pelapor.JEMAAH)
    nama_pelapor = forms.CharField(label="Nama pelapor", max_length=120)
    sebagai_pelapor = forms.CharField(
        label="Hubungan atau jabatan", max_length=80, help_text="Misalnya anak kandung, kuasa hukum, petugas bank."
    )
    telepon_pelapor = forms.CharField(label="Nomor ponsel pelapor", max_length=20, required=False)
    surel_pelapor = forms.EmailField(label="Surel pelapor", required=False)

    cari_sesudah = "Porsi yang batal"

    def __init__(self, *args: Any, kantor: Kantor, **kwargs: Any) -> None:
        self.kantor = kantor
        super().__init__(*args, **kwargs)
        self.siapkan_tempat(kantor)
        bersyarat(self, PUTUSAN, sebab=[Sebab.PUTUSAN])
        bersyarat(self, PELAPOR, pelapor=[Pelapor.LAIN])
        self.porsi: Porsi | None = None
        self.batal: Permohonan | None = None

    def kelompok(self) -> list[tuple[str, list[forms.BoundField]]]:
        bagian = {
            "Porsi yang batal": ["nomor_porsi", "nama_jemaah"],
            "Mengapa diaktifkan kembali": ["sebab", *PUTUSAN, "kronologi"],
            "Pelapor": ["pelapor", *PELAPOR],
            "Tempat pelayanan": self.TEMPAT,
        }
        return [(judul, [self[n] for n in nama]) for judul, nama in bagian.items()]

    def cari(self) -> dict[str, Any]:
        """The pilgrim of a porsi of this office; {} for every other number."""
        nomor = str(self["nomor_porsi"].value() or "").strip()
        porsi, _ = temukan(self.kantor, nomor)
        return {"nomor_porsi": porsi.nomor, "nama_jemaah": porsi.jemaah.nama} if porsi else {}

    def clean_telepon_pelapor(self) -> str:
        return telepon_rapi(self.cleaned_data["telepon_pelapor"])

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or {}
        self.periksa_tempat(isi)
        if isi.get("pelapor") != Pelapor.LAIN:
            isi |= dict.fromkeys(PELAPOR, "")
        if isi.get("sebab") != Sebab.PUTUSAN:
            isi |= {"nomor_putusan": "", "tanggal_putusan": None}
        if self.errors:
            return isi
        self.porsi, self.batal = temukan(self.kantor, isi["nomor_porsi"])
        if self.porsi is None:
            self.add_error("nomor_porsi", BUKAN_SINI)
        elif not sama_nama(self.porsi.jemaah.nama, isi["nama_jemaah"]):
            self.add_error("nama_jemaah", "Nama ini berbeda dari pemilik nomor porsi. Periksa keduanya pada SPH.")
        else:
            self._periksa_aturan(self.porsi)
        return isi

    def _periksa_aturan(self, porsi: Porsi) -> None:
        calon = Pengaktifan(kantor=self.kantor, pemohon=porsi.jemaah, porsi=porsi, **self._isian())
        kalimat = gagal(calon, ATURAN)
        if not kalimat and self.batal is None:
            kalimat = [TANPA_PERKARA]
        if not kalimat and self.batal is not None:
            kalimat = alasan_tidak_lepas(self.batal)
        for satu in kalimat:
            self.add_error(None, ValidationError(satu))

    def _isian(self) -> dict[str, Any]:
        nama = ("sebab", "kronologi", "pelapor", "kunjungan", *PELAPOR, *PUTUSAN)
        return {n: self.cleaned_data.get(n) for n in nama} | {"tanggal_permohonan": hari_terima(self.kantor)}

    def buka(self, oleh: Petugas) -> Hasil:
        """Let the porsi go where a cancellation still holds it, and open the case: both or neither."""
        if self.porsi is None or self.batal is None:
            raise ValueError("only a valid form opens a case")
        isian = self._isian() | {"pemohon": self.porsi.jemaah, "porsi": self.porsi, "perkara_batal_id": self.batal.pk}
        with transaction.atomic():
            lepaskan(self.batal)
            saluran = self.cleaned_data["saluran"]
            return buka(Pengaktifan, kantor=self.kantor, oleh=oleh, isian=isian, saluran=saluran)


def temukan(kantor: Kantor, nomor: str) -> tuple[Porsi | None, Permohonan | None]:
    """A porsi that this office gave or cancelled, and the case that made it *batal*; None where there is none."""
    porsi = Porsi.objects.filter(nomor=nomor).select_related("jemaah").first()
    if porsi is None:
        return None, None
    batal = pembatalan_terakhir(porsi)
    if porsi.kantor_id != kantor.pk and (batal is None or batal.kantor_id != kantor.pk):
        return None, None
    return porsi, batal.rinci() if batal else None


def pembatalan_terakhir(porsi: Porsi) -> Perkara | None:
    """The case behind the last cancellation of a porsi; its life names it by number."""
    peristiwa = porsi.peristiwa.filter(jenis=PeristiwaPorsi.Jenis.BATAL).last()
    return Perkara.objects.filter(nomor=peristiwa.rujukan).first() if peristiwa and peristiwa.rujukan else None


def alasan_tidak_lepas(batal: Permohonan) -> list[str]:
    """Why the cancellation cannot let go of the porsi now; [] when it can, or is over."""
    if batal.ditutup is not None:
        return []
    try:
        if not batal.LEPAS_PORSI:
            raise Tertutup(f"Perkara {batal.nomor} masih terbuka untuk porsi ini. Selesaikan perkara itu lebih dulu.")
        return alasan_tertutup(batal, cari_di_tahap(batal, batal.LEPAS_PORSI))
    except LangkahGagal as galat:
        return [galat.kalimat]


def lepaskan(batal: Permohonan) -> None:
    """The open cancellation stops and gives its locks free. Raises LangkahGagal with the sentence what to wait for."""
    if batal.ditutup is None:
        jalankan(batal, batal.LEPAS_PORSI, oleh=Sistem("pengaktifan.lepas"), versi=None)
