"""The written notice of a cancellation by the Dirjen on behalf of the Minister (241/2021 A.8)."""

from __future__ import annotations

from django.db import models
from django_fsm import FSMField, transition

from haji_portal.akun.models import Peran
from haji_portal.alur.deklarasi import langkah, oleh
from haji_portal.alur.models import Permohonan, Tahap
from haji_portal.surat.terbit import sahkan_semua

from .. import syarat


class Pemberitahuan(Permohonan):
    """A child of the cancellation: the refund does not wait for it, nor it for the refund (docs/keputusan/0023)."""

    class Status(models.TextChoices):
        MENUNGGU_TTD = "menunggu_ttd", "Menunggu tanda tangan Dirjen"
        TERBIT = "terbit", "Terbit"

    status = FSMField(default=Status.MENUNGGU_TTD, choices=Status.choices, protected=True, editable=False)

    JENIS, KODE, PUNYA_SOP = "pemberitahuan", "PM", False
    LABEL_AJUKAN = "Siapkan pemberitahuan"
    PEMBUKA = oleh(pihak=("sistem",))
    EFEK_AJUKAN = (("surat.draf", "pemberitahuan_batal"), ("kabar.giliran", ""))
    TAHAP: dict[str, Tahap] = {
        Status.MENUNGGU_TTD: Tahap("Menunggu tanda tangan Dirjen", "", pihak="pusat", menunggu="tanda tangan Dirjen"),
        Status.TERBIT: Tahap("Terbit", "", akhir=True),
    }

    class Meta:
        verbose_name = "pemberitahuan pembatalan"
        verbose_name_plural = "pemberitahuan pembatalan"

    @transition(
        field=status, source=Status.MENUNGGU_TTD, target=Status.TERBIT, permission=oleh(Peran.DITJEN),
        custom=langkah(
            label="Tanda tangani pemberitahuan", tanda_tangan="pemberitahuan_batal",
            efek=(("alur.induk", "ditandatangani"),),
        ),
    )  # fmt: skip
    def tandatangani(self, *, surat) -> None:
        """241/2021 A.8."""
        sahkan_semua(surat, self.pelaku, self.waktu)

    @transition(
        field=status, source=Status.TERBIT, target=Status.TERBIT, permission=oleh(Peran.DITJEN),
        conditions=[syarat.pemberitahuan_dicabut],
        custom=langkah(
            label="Tanda tangani pengganti pemberitahuan", tanda_tangan="pemberitahuan_batal", cabang=True,
            efek=(("alur.induk", "ditandatangani"),),
        ),
    )  # fmt: skip
    def ganti_surat(self, *, surat) -> None:
        """A withdrawn notice is replaced, and the pilgrim gets the new one."""
        sahkan_semua(surat, self.pelaku, self.waktu)
