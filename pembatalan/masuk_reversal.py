"""A bank files the reversal of its own deposit, straight to the Direktorat (241/2021 D.4)."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from haji_portal.akun.models import Kantor
from haji_portal.alur.deklarasi import gagal
from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.giliran import kantor_bank, kantor_tunggal
from haji_portal.alur.jalankan import Hasil, buka
from haji_portal.alur.pelaku import Petugas
from haji_portal.berkas.forms import BidangUnggah
from haji_portal.jemaah.models import Setoran
from haji_portal.jemaah.periksa import lampau, nomor_validasi
from haji_portal.meja.masuk import ANGKA, HARI

from .models import Reversal
from .syarat import setoran_tanpa_porsi

BUKAN_MILIK = "Nomor validasi ini tidak tercatat sebagai setoran pada bank Anda."


class FormReversal(forms.Form):
    nomor_validasi = forms.CharField(label="Nomor validasi", max_length=40, widget=forms.TextInput(attrs=ANGKA))
    tanggal_reversal = forms.DateField(label="Tanggal reversal", widget=HARI)
    nomor_surat_bank = forms.CharField(label="Nomor surat permohonan bank", max_length=60)
    surat_bank = BidangUnggah(label="Surat permohonan bank (PDF)", izinkan=("pdf",))
    alasan = forms.CharField(
        label="Alasan reversal", min_length=5, max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, kantor: Kantor, **kwargs: Any) -> None:
        """kantor: the bank's own office."""
        super().__init__(*args, **kwargs)
        self.kantor = kantor
        self.setoran: Setoran | None = None

    def kelompok(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [("Setoran yang dibatalkan bank", [self[nama] for nama in self.fields])]

    def clean_nomor_validasi(self) -> str:
        nomor = nomor_validasi(self.cleaned_data["nomor_validasi"])
        setoran = Setoran.objects.filter(nomor_validasi=nomor).select_related("jemaah").first()
        # The same sentence for another bank's deposit and for none: nobody learns here what others hold.
        if setoran is None or kantor_bank(setoran.bank) != self.kantor:
            raise ValidationError(BUKAN_MILIK)
        if kalimat := gagal(Reversal(setoran=setoran), [setoran_tanpa_porsi]):
            raise ValidationError(kalimat)
        self.setoran = setoran
        return nomor

    def clean_tanggal_reversal(self) -> datetime.date:
        return lampau(self.cleaned_data["tanggal_reversal"], "Tanggal reversal")

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or {}
        hari = isi.get("tanggal_reversal")
        if self.setoran and hari and hari < self.setoran.tanggal:
            self.add_error("tanggal_reversal", "Tanggal reversal tidak dapat sebelum tanggal setorannya.")
        return isi

    def buka(self, oleh: Petugas) -> Hasil:
        """Raises LangkahGagal: another case on the deposit is open, or no centre is set up."""
        pusat = kantor_tunggal(Kantor.Jenis.PUSAT)
        if pusat is None or self.setoran is None:
            raise LangkahGagal("Kantor pusat belum terdaftar; minta admin mengisinya.")
        isian = {n: self.cleaned_data[n] for n in ("tanggal_reversal", "nomor_surat_bank", "alasan")}
        isian |= {"pemohon": self.setoran.jemaah, "setoran": self.setoran}
        data = {"surat_bank": self.cleaned_data["surat_bank"]}
        return buka(Reversal, kantor=pusat, oleh=oleh, isian=isian, saluran="bps", data=data)
