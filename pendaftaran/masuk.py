"""The intake form: one page from the slip and the KTP to an open case. Nothing typed is ever lost."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.jalankan import Hasil, buka
from haji_portal.alur.kalender import hari_terima
from haji_portal.alur.pelaku import Petugas
from haji_portal.jemaah.models import Jemaah, Rekening, Setoran
from haji_portal.jemaah.nik import peringatan_nik
from haji_portal.meja.masuk import (
    KTP,
    REKENING,
    SLIP,
    LoketMixin,
    hanya_pengakuan,
    keberatan_setoran,
    orang_sini,
    simpan_setoran,
)  # fmt: skip
from haji_portal.ptsp.kunjungan import TempatMixin

from .isian import RIWAYAT_HAJI, FormIsian
from .models import Pendaftaran
from .syarat import ATURAN_PENDAFTAR

TIDAK_DIPAKAI_LAGI = "Nomor validasinya tidak dapat dipakai lagi; pendaftar perlu setoran awal yang baru."


class FormPendaftaran(TempatMixin, LoketMixin, FormIsian):
    """The whole intake on one page, with what the desk alone knows: presence, channel, visit."""

    hadir_sendiri = forms.BooleanField(
        label="Pendaftar hadir sendiri",
        error_messages={"required": "Pendaftar wajib hadir sendiri untuk pengambilan foto (244/2021 A.8)."},
    )

    ATURAN = ATURAN_PENDAFTAR

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
        if jemaah is None or not orang_sini(self.kantor, jemaah):
            # Whoever types numbers here must not read the pilgrims of another office (their cases answer 404 too).
            return {}
        dikenal = {nama: getattr(jemaah, nama) for nama in KTP}
        if setoran:
            dikenal |= {"bank": setoran.bank, "jumlah": setoran.jumlah, "tanggal_setoran": setoran.tanggal}
        rekening = (setoran and setoran.rekening) or jemaah.rekening.first()
        if rekening:
            dikenal |= {"nomor_rekening": rekening.nomor, "atas_nama": rekening.atas_nama}
        return dikenal

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

    def clean(self) -> dict[str, Any]:
        isi = super().clean()
        self.periksa_tempat(isi)
        self._periksa_setoran(isi)
        if "nik" in isi:
            self.peringatan = peringatan_nik(isi["nik"], isi.get("tanggal_lahir"), isi.get("jenis_kelamin"))
        return isi

    def _periksa_setoran(self, isi: dict[str, Any]) -> None:
        setoran = Setoran.objects.filter(nomor_validasi=isi.get("nomor_validasi", "")).first()
        if setoran is None or hanya_pengakuan(setoran):
            return
        if keberatan := keberatan_setoran(setoran, isi.get("nik"), isi.get("jumlah")):
            bidang, kalimat = keberatan
            self.add_error(bidang, f"{kalimat} {TIDAK_DIPAKAI_LAGI}" if setoran.dibatalkan else kalimat)
        elif setoran.porsi_id:
            self.add_error("nomor_validasi", "Setoran ini sudah dipakai untuk nomor porsi yang terbit.")

    def _calon(self) -> Pendaftaran:
        calon = Pendaftaran(kantor=self.kantor, pemohon=self.instance, **self._isian())
        calon.rekening = Rekening(jemaah=self.instance, atas_nama=self.cleaned_data["atas_nama"])
        return calon

    def _isian(self) -> dict[str, Any]:
        nama = ("status_haji", "haji_terakhir", "pengecualian", "hadir_sendiri", "kunjungan")
        return {n: self.cleaned_data[n] for n in nama} | {"tanggal_daftar": hari_terima(self.kantor)}

    def _buka(self, isi: dict[str, Any], oleh: Petugas) -> Hasil:
        jemaah = self.save()
        rekening, _ = Rekening.objects.update_or_create(
            jemaah=jemaah, bank=isi["bank"], nomor=isi["nomor_rekening"], defaults={"atas_nama": isi["atas_nama"]}
        )
        setoran = simpan_setoran(
            isi["nomor_validasi"], jemaah=jemaah, rekening=rekening, bank=isi["bank"], jumlah=isi["jumlah"],
            tanggal=isi["tanggal_setoran"],
        )  # fmt: skip
        isian = self._isian() | {"pemohon": jemaah, "setoran": setoran, "rekening": rekening}
        return buka(Pendaftaran, kantor=self.kantor, oleh=oleh, isian=isian, saluran=isi["saluran"])
