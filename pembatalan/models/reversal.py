"""A bank undid a deposit whose nomor validasi was out already (241/2021 D.4): BPS straight to the Direktorat."""

from __future__ import annotations

from typing import Any

from django.db import models
from django_fsm import FSMField, transition

from haji_portal.akun.models import Kantor, Peran
from haji_portal.alur.deklarasi import langkah, oleh
from haji_portal.alur.models import Permohonan, Tahap
from haji_portal.berkas.simpan import lampirkan
from haji_portal.dana import pembukuan
from haji_portal.jemaah.models import Setoran

from .. import syarat

KABAR = (("kabar.giliran", ""),)


class Reversal(Permohonan):
    """Belongs to the centre, channel bps, exempt from the domicile rule. The bank has the money: there is no refund."""

    class Status(models.TextChoices):
        DIPERIKSA = "diperiksa", "Diperiksa Direktorat"
        DIKEMBALIKAN = "dikembalikan", "Dikembalikan kepada bank"
        SELESAI = "selesai", "Nomor validasi batal"
        DITOLAK = "ditolak", "Ditolak"

    status = FSMField(default=Status.DIPERIKSA, choices=Status.choices, protected=True, editable=False)
    setoran = models.ForeignKey(Setoran, on_delete=models.PROTECT, related_name="reversal")
    tanggal_reversal = models.DateField("tanggal reversal")
    nomor_surat_bank = models.CharField("nomor surat bank", max_length=60)
    alasan = models.CharField("alasan reversal", max_length=400)
    alasan_akhir = models.CharField("alasan ditolak", max_length=400, blank=True)

    JENIS, KODE, MILIK = "reversal", "PB", Kantor.Jenis.PUSAT
    JEJAK_UANG = True
    LABEL_AJUKAN = "Ajukan pembatalan karena reversal"
    PEMBUKA = oleh(Peran.BPS)
    EFEK_AJUKAN = KABAR
    TAHAP: dict[str, Tahap] = {
        Status.DIPERIKSA: Tahap("Diperiksa Direktorat", "", pihak="pusat", menunggu="Direktorat memeriksa"),
        Status.DIKEMBALIKAN: Tahap(
            "Dikembalikan kepada bank", "", pihak="mitra", menunggu="bank melengkapi permohonan"
        ),
        Status.SELESAI: Tahap("Selesai, nomor validasi batal", "", akhir=True),
        Status.DITOLAK: Tahap("Ditolak", "", akhir=True),
    }  # fmt: skip

    class Meta:
        verbose_name = "pembatalan karena reversal"
        verbose_name_plural = "pembatalan karena reversal"

    def kunci(self) -> list[tuple[str, str]]:
        return [("setoran", str(self.setoran_id))]

    def layanan_sop(self) -> str:
        return "pembatalan-validasi-reversal"

    def saat_dibuka(self, **data: Any) -> None:
        """surat_bank: the bank's letter, BerkasTersimpan."""
        lampirkan(self, data["surat_bank"], "berkas", self.pelaku.pengguna)

    @transition(
        field=status, source=Status.DIPERIKSA, target=Status.SELESAI, permission=oleh(Peran.DIREKTORAT),
        conditions=[syarat.setoran_tanpa_porsi],
        custom=langkah(label="Batalkan nomor validasi", form="pembatalan.forms.FormBatal", bahaya=True, efek=KABAR),
    )  # fmt: skip
    def batalkan(self, *, bukti) -> None:
        """241/2021 D.4: the nomor validasi is void; the book records that the bank took the deposit back."""
        lampirkan(self, bukti, "bukti_siskohat", self.pelaku.pengguna)
        Setoran.objects.filter(pk=self.setoran_id).update(dibatalkan=self.waktu)
        pembukuan.reversal(self.setoran, self)

    @transition(
        field=status, source=Status.DIPERIKSA, target=Status.DIKEMBALIKAN, permission=oleh(Peran.DIREKTORAT),
        custom=langkah(
            label="Kembalikan kepada bank", form="pembatalan.forms.FormAlasan", cabang=True, putaran_baru=True,
            efek=KABAR,
        ),
    )  # fmt: skip
    def kembalikan(self, *, alasan: str) -> None:
        """Something is missing: back to the bank with the reason."""

    @transition(
        field=status, source=Status.DIKEMBALIKAN, target=Status.DIPERIKSA, permission=oleh(Peran.BPS),
        custom=langkah(label="Kirim lagi", form="pembatalan.forms.FormSuratBank", cabang=True, efek=KABAR),
    )  # fmt: skip
    def lengkapi(self, *, surat_bank) -> None:
        """The bank answers with a new letter."""
        lampirkan(self, surat_bank, "berkas", self.pelaku.pengguna)

    @transition(
        field=status, source=Status.DIPERIKSA, target=Status.DITOLAK, permission=oleh(Peran.DIREKTORAT),
        custom=langkah(label="Tolak", form="pembatalan.forms.FormAlasan", cabang=True, bahaya=True, efek=KABAR),
    )  # fmt: skip
    def tolak(self, *, alasan: str) -> None:
        """The nomor validasi is in use, or nothing was reversed."""
        self.alasan_akhir = alasan
