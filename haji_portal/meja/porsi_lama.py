"""What the intakes for a porsi that exists already share: its number, its deposit, and writing down an old one."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from haji_portal.akun.models import Kantor
from haji_portal.dana.buku import catat_setoran
from haji_portal.jemaah.models import Jemaah, PeristiwaPorsi, Porsi, Setoran, angka_10
from haji_portal.jemaah.nik import peringatan_nik
from haji_portal.jemaah.periksa import lampau

from .masuk import ANGKA, HARI, SLIP, FormMasuk, hanya_pengakuan, keberatan_setoran

PORSI = ["nomor_porsi", "terbit"]
PORSI_LAIN = "Setoran ini tercatat untuk nomor porsi lain. Periksa buktinya."
ORANG_LAIN = "Nomor porsi ini tercatat atas nama orang lain. Periksa SPH-nya."


class FormAtasPorsi(FormMasuk):
    """A FormMasuk about a porsi that was given before; the dates of its pilgrim lie in the past."""

    nomor_porsi = forms.CharField(label="Nomor porsi", validators=[angka_10], widget=forms.TextInput(attrs=ANGKA))
    terbit = forms.DateField(label="Tanggal terbit nomor porsi", widget=HARI)

    def clean_terbit(self) -> datetime.date | None:
        return lampau(self.cleaned_data["terbit"], "Tanggal terbit")

    def clean_tanggal_meninggal(self) -> datetime.date | None:
        return lampau(self.cleaned_data["tanggal_meninggal"], "Tanggal meninggal")

    def clean_masuk_asrama(self) -> datetime.date | None:
        return lampau(self.cleaned_data["masuk_asrama"], "Tanggal masuk asrama")

    def ingatkan_nik(self, isi: dict[str, Any]) -> None:
        """What looks odd about the NIK is said, and stops nobody."""
        if "nik" in isi:
            self.peringatan = peringatan_nik(isi["nik"], isi.get("tanggal_lahir"), isi.get("jenis_kelamin"))


class LoketPorsiMixin(forms.Form):
    """The counter's part of a FormAtasPorsi: what is known of porsi and deposit is found, the rest is asked."""

    porsi: Porsi | None
    setoran: Setoran | None
    wajib: Any

    def temukan_porsi(self, nomor: str) -> Porsi | None:
        return Porsi.objects.filter(nomor=nomor).select_related("jemaah").first()

    def temukan_setoran(self, isi: dict[str, Any], nik: str | None, *, atas_porsi: bool = True) -> None:
        """The deposit by its number, else by the porsi, when it can be this person's; an unknown one needs its slip.

        nik: whose deposit it has to be.
        """
        nomor = isi.get("nomor_validasi", "")
        dikenal = Setoran.objects.filter(nomor_validasi=nomor).select_related("jemaah").first() if nomor else None
        if dikenal is None and not nomor and self.porsi:
            dikenal = self.porsi.setoran_awal
        if dikenal is None or hanya_pengakuan(dikenal):
            self.wajib(SLIP, "Setoran ini belum dikenal portal: isi menurut bukti setorannya.")
            return
        self.setoran = dikenal
        if keberatan := keberatan_setoran(dikenal, nik, isi.get("jumlah")):
            self.add_error(*keberatan)
        elif atas_porsi and dikenal.porsi_id and dikenal.porsi != self.porsi:
            self.add_error("nomor_validasi", PORSI_LAIN)


def catat_porsi(nomor: str, jemaah: Jemaah, kantor: Kantor, terbit: datetime.date, *, saat: str) -> Porsi:
    """A porsi from before the portal, written with the day on which it was given. saat: what it was needed for."""
    porsi = Porsi.objects.create(nomor=nomor, jemaah=jemaah, kantor=kantor, terbit=terbit)
    PeristiwaPorsi.objects.create(
        porsi=porsi, jenis=PeristiwaPorsi.Jenis.TERBIT, keterangan=f"Dicatat dari SPH saat {saat} diajukan",
        waktu=datetime.datetime.combine(terbit, datetime.time(12), kantor.zona_waktu),
    )  # fmt: skip
    return porsi


def sambung(setoran: Setoran, porsi: Porsi) -> None:
    """A deposit from before the portal belongs to its porsi and enters the book of money."""
    if setoran.porsi_id is None:
        setoran.porsi = porsi
        setoran.save(update_fields=["porsi"])
    catat_setoran(setoran)
