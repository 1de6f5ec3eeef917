"""Row 1 at the counter: who asks for which service, before anything is handed in."""

from __future__ import annotations

from typing import Any

from django import forms

from haji_portal.akun.models import Kantor
from haji_portal.alur.jalankan import Hasil, buka
from haji_portal.alur.pelaku import Petugas
from haji_portal.jemaah.models import Jemaah
from haji_portal.jemaah.nik import peringatan_nik
from haji_portal.meja.masuk import KTP, FormOrang, LoketMixin, orang_sini

from ..models import Pelayanan
from .daftar import pilihan_layanan


class FormPelayanan(LoketMixin, FormOrang):
    """The visitor by the KTP and what is asked for; no deposit and no account."""

    layanan = forms.ChoiceField(label="Layanan yang diminta")
    nama_layanan = forms.CharField(
        label="Nama layanan di atas kertas", max_length=120, required=False,
        help_text="Hanya untuk layanan lain, misalnya legalisasi surat keterangan.",
    )  # fmt: skip
    keperluan = forms.CharField(
        label="Keperluan", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    cari_sesudah = "Pemohon menurut KTP"

    def __init__(self, *args: Any, kantor: Kantor, **kwargs: Any) -> None:
        super().__init__(*args, kantor=kantor, **kwargs)
        self.pilihan = dict(pilihan_layanan(kantor))
        # "" would read as an empty answer; the way on paper has a word of its own here.
        layanan: Any = self.fields["layanan"]
        layanan.choices = [("", "Pilih layanan"), *((kode or "kertas", nama) for kode, nama in self.pilihan.items())]

    def kelompok(self) -> list[tuple[str, list[forms.BoundField]]]:
        bagian = {"Layanan": ["layanan", "nama_layanan", "keperluan"], "Pemohon menurut KTP": KTP}
        return [(judul, [self[n] for n in nama]) for judul, nama in bagian.items()]

    def cari(self) -> dict[str, Any]:
        """What is known of the typed NIK, for people of this office only; else {}."""
        jemaah = Jemaah.objects.filter(nik="".join(str(self["nik"].value() or "").split())).first()
        if jemaah is None or not orang_sini(self.kantor, jemaah):
            return {}
        return {nama: getattr(jemaah, nama) for nama in KTP}

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or {}
        if isi.get("layanan") == "kertas" and not isi.get("nama_layanan"):
            self.add_error("nama_layanan", "Tuliskan layanan apa yang diminta.")
        if "nik" in isi:
            self.peringatan = peringatan_nik(isi["nik"], isi.get("tanggal_lahir"), isi.get("jenis_kelamin"))
        return isi

    def _calon(self) -> Pelayanan:
        """No rule of its own judges a request: whoever asks is served."""
        return Pelayanan(kantor=self.kantor, pemohon=self.instance)

    def _buka(self, isi: dict[str, Any], oleh: Petugas) -> Hasil:
        kode = "" if isi["layanan"] == "kertas" else isi["layanan"]
        isian = {
            "pemohon": self.save(), "layanan": kode, "keperluan": isi["keperluan"],
            "nama_layanan": self.pilihan[kode] if kode else isi["nama_layanan"],
        }  # fmt: skip
        return buka(Pelayanan, kantor=self.kantor, oleh=oleh, isian=isian)
