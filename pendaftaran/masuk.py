"""The intake form: one page from the slip and the KTP to an open case. Nothing typed is ever lost."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.galat import SudahAda
from haji_portal.alur.jalankan import Hasil, buka
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Petugas
from haji_portal.jemaah.domisili import domisili_di
from haji_portal.jemaah.models import Jemaah, Rekening, Setoran
from haji_portal.jemaah.nik import periksa_nik, peringatan_nik
from haji_portal.ptsp.kunjungan import TempatMixin

from .forms import periksa_aturan, tanggal_pendaftaran
from .isian import KTP, REKENING, RIWAYAT_HAJI, SLIP, FormIsian
from .models import Pendaftaran

TIDAK_DIPAKAI_LAGI = "Nomor validasinya tidak dapat dipakai lagi; pendaftar perlu setoran awal yang baru."


def hanya_pengakuan(setoran: Setoran) -> bool:
    """A deposit that only a public sender stated, and whose registration ended without a porsi: nobody owns it yet.

    Without this, whoever types another person's nomor validasi first would keep its owner out for good.
    """
    if setoran.sumber != Setoran.Sumber.PEMOHON or setoran.porsi_id or setoran.dibatalkan:
        return False
    return not Pendaftaran.objects.filter(setoran=setoran, ditutup__isnull=True).exists()


class FormPendaftaran(TempatMixin, FormIsian):
    """The whole intake on one page, with what the desk alone knows: presence, channel, visit."""

    hadir_sendiri = forms.BooleanField(
        label="Pendaftar hadir sendiri",
        error_messages={"required": "Pendaftar wajib hadir sendiri untuk pengambilan foto (244/2021 A.8)."},
    )

    def __init__(self, *args: Any, kantor: Kantor, **kwargs: Any) -> None:
        super().__init__(*args, kantor=kantor, **kwargs)
        self.siapkan_tempat(kantor)
        self.fields["tanggal_setoran"].initial = timezone.localdate()

    def cari(self) -> dict[str, Any]:
        """What is known of the typed NIK and nomor validasi (the bank may have recorded the deposit); else {}."""
        jemaah = Jemaah.objects.filter(nik=str(self["nik"].value() or "").strip()).first()
        nomor = str(self["nomor_validasi"].value() or "").strip().upper()
        setoran = Setoran.objects.filter(nomor_validasi=nomor).select_related("jemaah", "rekening").first()
        if setoran and (jemaah is None or setoran.jemaah == jemaah):
            jemaah = setoran.jemaah
        else:
            setoran = None
        if jemaah is None or not self._orang_sini(jemaah):
            # Whoever types numbers here must not read the pilgrims of another office (their cases answer 404 too).
            return {}
        dikenal = {nama: getattr(jemaah, nama) for nama in KTP}
        if setoran:
            dikenal |= {"bank": setoran.bank, "jumlah": setoran.jumlah, "tanggal_setoran": setoran.tanggal}
        rekening = (setoran and setoran.rekening) or jemaah.rekening.first()
        if rekening:
            dikenal |= {"nomor_rekening": rekening.nomor, "atas_nama": rekening.atas_nama}
        return dikenal

    def _orang_sini(self, jemaah: Jemaah) -> bool:
        sini = domisili_di(jemaah, self.kantor.kabupaten)
        return sini or Perkara.objects.filter(kantor=self.kantor, pemohon=jemaah).exists()

    def kelompok(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields in the order of the papers on the desk: KTP, slip, account, rules."""
        bagian = {
            "Kartu tanda penduduk": KTP,
            "Bukti setoran awal": SLIP,
            "Rekening di bank yang sama": REKENING,
            "Syarat pendaftar": [*RIWAYAT_HAJI, "hadir_sendiri"],
            "Tempat pelayanan": self.TEMPAT,
        }
        return [(judul, [self[n] for n in nama]) for judul, nama in bagian.items()]

    def clean_nik(self) -> str:
        nik = self.cleaned_data["nik"].strip()
        try:
            periksa_nik(nik)
        except ValueError as galat:
            raise ValidationError(str(galat)) from galat
        # Known already: the same person comes back, the row is found again and not written twice.
        if lama := Jemaah.objects.filter(nik=nik).first():
            self.instance = lama
        return nik

    def clean(self) -> dict[str, Any]:
        isi = super().clean()
        self.periksa_tempat(isi)
        self._periksa_setoran(isi)
        if "nik" in isi:
            self.peringatan = peringatan_nik(isi["nik"], isi.get("tanggal_lahir"), isi.get("jenis_kelamin"))
        return isi

    def _periksa_setoran(self, isi: dict[str, Any]) -> None:
        setoran = Setoran.objects.filter(nomor_validasi=isi.get("nomor_validasi", "")).first()
        if setoran and hanya_pengakuan(setoran):
            return
        if setoran and setoran.jemaah.nik != isi.get("nik"):
            self.add_error("nomor_validasi", "Nomor validasi ini tercatat atas nama orang lain. Periksa buktinya.")
        elif setoran and setoran.dibatalkan:
            self.add_error("nomor_validasi", f"Setoran ini sudah {setoran.kata_batal}. {TIDAK_DIPAKAI_LAGI}")
        elif setoran and setoran.porsi_id:
            self.add_error("nomor_validasi", "Setoran ini sudah dipakai untuk nomor porsi yang terbit.")
        elif setoran and isi.get("jumlah") and setoran.jumlah != isi["jumlah"]:
            self.add_error("jumlah", "Jumlah ini berbeda dari yang dicatat bank untuk nomor validasi tersebut.")

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            for kalimat in periksa_aturan(self._calon()):
                self.add_error(None, kalimat)

    def _calon(self) -> Pendaftaran:
        """The application as it would be, unsaved, so that the rules judge it before anything is written."""
        calon = Pendaftaran(kantor=self.kantor, pemohon=self.instance, **self._isian())
        calon.rekening = Rekening(jemaah=self.instance, atas_nama=self.cleaned_data["atas_nama"])
        return calon

    def _isian(self) -> dict[str, Any]:
        nama = ("status_haji", "haji_terakhir", "pengecualian", "hadir_sendiri", "kunjungan")
        return {n: self.cleaned_data[n] for n in nama} | {"tanggal_daftar": tanggal_pendaftaran(self.kantor)}

    def buka(self, oleh: Petugas) -> Hasil:
        """Write pilgrim, account and deposit and open the case, all or nothing. Raises LangkahGagal."""
        isi = self.cleaned_data
        try:
            with transaction.atomic():
                return self._buka(isi, oleh)
        except IntegrityError as galat:
            # Two counters at once met the same new person or slip; the next try finds the first one's rows.
            raise SudahAda(
                "Orang atau bukti setoran ini baru saja dicatat petugas lain. Kirim sekali lagi, datanya akan dipakai."
            ) from galat

    def _buka(self, isi: dict[str, Any], oleh: Petugas) -> Hasil:
        jemaah = self.save()
        rekening, _ = Rekening.objects.update_or_create(
            jemaah=jemaah, bank=isi["bank"], nomor=isi["nomor_rekening"], defaults={"atas_nama": isi["atas_nama"]}
        )
        data = {
            "jemaah": jemaah, "rekening": rekening, "bank": isi["bank"], "jumlah": isi["jumlah"],
            "tanggal": isi["tanggal_setoran"],
        }  # fmt: skip
        setoran, baru = Setoran.objects.get_or_create(nomor_validasi=isi["nomor_validasi"], defaults=data)
        if not baru and hanya_pengakuan(setoran):
            Setoran.objects.filter(pk=setoran.pk).update(**data, sumber=Setoran.Sumber.PETUGAS)
            setoran.refresh_from_db()
        isian = self._isian() | {"pemohon": jemaah, "setoran": setoran, "rekening": rekening}
        return buka(Pendaftaran, kantor=self.kantor, oleh=oleh, isian=isian, saluran=isi["saluran"])
