"""The intake of a transfer at the counter: the porsi first, then why, then who is to receive it."""

from __future__ import annotations

from typing import Any

from django import forms

from haji_portal.akun.models import Kantor
from haji_portal.alur.galat import SudahAda
from haji_portal.alur.jalankan import Hasil, buka
from haji_portal.alur.kalender import hari_terima
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Petugas
from haji_portal.jemaah.models import Jemaah, Porsi, Rekening, Setoran
from haji_portal.meja.masuk import LoketMixin, bersyarat, orang_sini, simpan_setoran
from haji_portal.meja.porsi_lama import ORANG_LAIN, LoketPorsiMixin, catat_porsi, sambung
from haji_portal.ptsp.kunjungan import TempatMixin

from .isian import ASAL, KEADAAN, KHUSUS, PENERIMA, SLIP, TUJUAN, FormIsian
from .models import Pelimpahan
from .syarat import ATURAN

HADIR = "Penerima datang sendiri di loket; wajahnya dicocokkan dengan KTP asli (245/2021 E.1)"
CARI = "Cukup nomornya bila porsi sudah dikenal portal: data jemaah dan setorannya terisi sendiri."

MASIH_ADA = (
    "Untuk porsi ini masih berjalan permohonan {nomor} di kantor ini. Selesaikan atau akhiri dulu permohonan itu; bila "
    "dikirim dari rumah oleh orang yang tidak berhak, akhiri dengan Tolak."
)


class FormPelimpahan(TempatMixin, LoketPorsiMixin, LoketMixin, FormIsian):
    """The whole intake on one page. A porsi from before the portal is written from its papers."""

    hadir_sendiri = forms.BooleanField(
        label=HADIR, error_messages={"required": "Penerima pelimpahan tidak dapat diwakilkan (245/2021 E.1)."}
    )

    ATURAN = ATURAN

    cari_sesudah = "Cari porsi"
    """The group of fields under which the button stands that looks known people and deposits up."""

    def __init__(self, *args: Any, kantor: Kantor, **kwargs: Any) -> None:
        super().__init__(*args, kantor=kantor, **kwargs)
        self.siapkan_tempat(kantor)
        self.porsi: Porsi | None = None
        self.setoran: Setoran | None = None
        self.fields["nomor_porsi"].help_text = CARI
        # What a known porsi already tells is not asked again; an unknown one needs its papers.
        bersyarat(self, [*SLIP, *ASAL, "terbit"])

    def kelompok(self) -> list[tuple[str, list[forms.BoundField]]]:
        bagian = {
            "Pelimpahan": ["sebab", "hubungan"],
            "Cari porsi": ["nomor_porsi"],
            "Jemaah yang porsinya dilimpahkan": [*ASAL, *KEADAAN],
            "Porsi dan setoran": ["terbit", *SLIP],
            "Penerima menurut KTP": [*PENERIMA, KHUSUS, "hadir_sendiri"],
            "Rekening penerima": TUJUAN,
            "Tempat pelayanan": self.TEMPAT,
        }
        return [(judul, [self[n] for n in nama]) for judul, nama in bagian.items()]

    def cari(self) -> dict[str, Any]:
        """What is known of the typed nomor porsi and of the recipient's NIK, for this office only; else {}."""
        dikenal: dict[str, Any] = {}
        porsi = self.temukan_porsi(self.ketikan("nomor_porsi"))
        if porsi and (porsi.kantor_id == self.kantor.pk or orang_sini(self.kantor, porsi.jemaah)):
            dikenal |= {f"asal_{n}": getattr(porsi.jemaah, n) for n in (a.removeprefix("asal_") for a in ASAL)}
            dikenal |= {"terbit": porsi.terbit}
            if setoran := porsi.setoran_awal:
                dikenal |= {
                    "bank": setoran.bank, "nomor_validasi": setoran.nomor_validasi, "jumlah": setoran.jumlah,
                    "tanggal_setoran": setoran.tanggal, "bank_penerima": setoran.bank,
                }  # fmt: skip
        penerima = Jemaah.objects.filter(nik=self.ketikan("nik")).first()
        if penerima and orang_sini(self.kantor, penerima):
            dikenal |= {n: getattr(penerima, n) for n in PENERIMA}
        return dikenal

    def clean(self) -> dict[str, Any]:
        isi = super().clean()
        self.periksa_tempat(isi)
        if not isi.get("nomor_porsi"):
            return isi
        self.porsi = self.temukan_porsi(isi["nomor_porsi"])
        if self.porsi is None:
            self.wajib([*ASAL, "terbit", *SLIP], "Nomor porsi ini belum dikenal portal: isi menurut SPH dan buktinya.")
        else:
            self._periksa_asal(isi, self.porsi)
        self.temukan_setoran(isi, self.porsi.jemaah.nik if self.porsi else isi.get("asal_nik"))
        return isi

    def _periksa_asal(self, isi: dict[str, Any], porsi: Porsi) -> None:
        """What was typed of the pilgrim must not contradict the holder of the porsi."""
        if isi.get("asal_nik") and isi["asal_nik"] != porsi.jemaah.nik:
            self.add_error("nomor_porsi", ORANG_LAIN)

    def _calon(self) -> Pelimpahan:
        isi, penerima = self.cleaned_data, self.instance
        asal = self.porsi.jemaah if self.porsi else self._asal(isi)
        porsi = self.porsi or Porsi(nomor=isi["nomor_porsi"], jemaah=asal, kantor=self.kantor, terbit=isi["terbit"])
        rekening = Rekening(jemaah=penerima, bank=isi["bank_penerima"], atas_nama=isi["atas_nama"])
        calon = Pelimpahan(
            kantor=self.kantor, pemohon=penerima, jemaah_asal=asal, porsi=porsi, rekening=rekening, **self._isian()
        )
        calon.bank_setoran = self.setoran.bank if self.setoran else isi["bank"]
        return calon

    def _asal(self, isi: dict[str, Any]) -> Jemaah:
        """The pilgrim as the papers name them: found by NIK, or not written yet."""
        lama = Jemaah.objects.filter(nik=isi["asal_nik"]).first()
        data = {n.removeprefix("asal_"): isi[n] for n in ASAL}
        return lama or Jemaah(**data, kabupaten=self.kantor.kabupaten, provinsi=self.kantor.provinsi)

    def _isian(self) -> dict[str, Any]:
        nama = ("sebab", "hubungan", "kunjungan", KHUSUS, *KEADAAN)
        return {n: self.cleaned_data[n] for n in nama} | {"tanggal_permohonan": hari_terima(self.kantor)}

    def buka(self, oleh: Petugas) -> Hasil:
        try:
            return super().buka(oleh)
        except SudahAda as galat:
            terbuka = Perkara.objects.filter(kantor=self.kantor, porsi=self.porsi, ditutup=None) if self.porsi else None
            if terbuka and (lain := terbuka.first()):
                raise SudahAda(MASIH_ADA.format(nomor=lain.nomor)) from galat
            raise

    def _buka(self, isi: dict[str, Any], oleh: Petugas) -> Hasil:
        penerima = self.save()
        asal = self.porsi.jemaah if self.porsi else self._asal(isi)
        if asal.pk is None:
            asal.save()
        porsi = self.porsi or catat_porsi(isi["nomor_porsi"], asal, self.kantor, isi["terbit"], saat="pelimpahan")
        setoran = self.setoran or simpan_setoran(
            isi["nomor_validasi"], jemaah=asal, bank=isi["bank"], jumlah=isi["jumlah"], tanggal=isi["tanggal_setoran"]
        )
        sambung(setoran, porsi)
        rekening, _ = Rekening.objects.update_or_create(
            jemaah=penerima, bank=isi["bank_penerima"], nomor=isi["nomor_rekening"],
            defaults={"atas_nama": isi["atas_nama"]},
        )  # fmt: skip
        isian = self._isian() | {"pemohon": penerima, "jemaah_asal": asal, "porsi": porsi, "rekening": rekening}
        return buka(Pelimpahan, kantor=self.kantor, oleh=oleh, isian=isian, saluran=isi["saluran"])
