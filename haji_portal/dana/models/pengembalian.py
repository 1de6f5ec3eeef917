"""The refund of one cancellation as a case: asked for, ordered (SPM), transferred, received; and what goes wrong.

The amount is reserved when the refund opens. Only a partner's *no* (gagal) frees it; an unknown outcome (belum pasti)
keeps it reserved and is never sent again under another reference; money that bounced after success (retur) is paid
anew as another refund, linked to this one, after a new check of the account and by a new pair of people.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django_fsm import FSMField, transition

from haji_portal.akun.models import Peran
from haji_portal.alur.deklarasi import langkah, oleh
from haji_portal.alur.models import Permohonan
from haji_portal.berkas.simpan import lampirkan
from haji_portal.jemaah.models import Rekening

from .. import pembukuan, syarat
from ..pengembalian import hentikan_pengganti
from .data import DataPengembalian
from .tahap import TAHAP, Hasil, Status

GILIRAN = (("kabar.giliran", ""),)
DIREKTORAT, DIREKTUR, BPKH, BPS = Peran.DIREKTORAT, Peran.DIREKTUR, Peran.BPKH, Peran.BPS
KIRIM = (*GILIRAN, ("dana.kirim", ""))  # released: asked for over BPKH's interface, where there is one


def kabar(*kejadian: str) -> tuple[tuple[str, str], ...]:
    """What follows a step: the next in turn is told, and the parent case learns of it, in this order."""
    return (*GILIRAN, *(("alur.induk", satu) for satu in kejadian))


# Where the end was learnt at once, the parent still hears what led there; what it has heard before counts once.
SUSULAN = kabar("spm_terbit", "ditransfer", "diterima")


class Pengembalian(DataPengembalian, Permohonan):
    """`nomor` is our reference to BPKH and BPS, unique for ever. Amounts are whole rupiah.

    nilai_manfaat is known with the SPM only: BPKH computes it (Lombok Timur pembatalan, peringatan).
    """

    Status, Hasil = Status, Hasil
    status = FSMField(default=Status.DISIAPKAN, choices=Status.choices, protected=True, editable=False)
    rekening = models.ForeignKey(Rekening, on_delete=models.PROTECT, related_name="pengembalian")
    jumlah_setoran = models.PositiveBigIntegerField("setoran (rupiah)")
    nilai_manfaat = models.PositiveBigIntegerField("nilai manfaat (rupiah)", null=True, blank=True)
    sebelumnya = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="pengganti", editable=False
    )
    nomor_spm = models.CharField("nomor SPM", max_length=60, blank=True)
    tanggal_spm = models.DateField("tanggal SPM", null=True, blank=True)
    rujukan_bank = models.CharField("nomor rujukan bank", max_length=60, blank=True)
    # Whose reference it is: the account's bank, kept here because a constraint cannot look into another table.
    bank_rujukan = models.CharField("bank pemberi rujukan", max_length=60, blank=True, editable=False)
    tanggal_transfer = models.DateField("tanggal transfer", null=True, blank=True)
    tanggal_terima = models.DateField("tanggal diterima", null=True, blank=True)
    hasil_usulan = models.CharField("hasil yang diusulkan", max_length=9, choices=Hasil.choices, blank=True)
    alasan_akhir = models.CharField("alasan gagal atau retur", max_length=400, blank=True)
    pesanan_ke = models.PositiveSmallIntegerField("dipesan ke-", default=1, editable=False)

    JENIS, KODE, PUNYA_SOP = "pengembalian", "KD", False
    JEJAK_UANG = True
    LABEL_AJUKAN = "Ajukan pengembalian dana"
    PEMBUKA = oleh(pihak=("sistem",))
    EFEK_AJUKAN = KIRIM
    TAHAP = TAHAP

    class Meta:
        verbose_name = "pengembalian dana"
        verbose_name_plural = "pengembalian dana"
        constraints = [
            models.UniqueConstraint(
                Upper("bank_rujukan"), Upper("rujukan_bank"), condition=~Q(rujukan_bank=""), name="rujukan_bank_sekali",
                violation_error_message=syarat.RUJUKAN_TERPAKAI,
            ),
            models.CheckConstraint(condition=Q(rujukan_bank="") | ~Q(bank_rujukan=""), name="rujukan_bank_milik_bank"),
        ]  # fmt: skip

    def kunci(self) -> list[tuple[str, str]]:
        """One live refund per case."""
        return [("pengembalian", str(self.induk_id))]

    def status_awal(self) -> str:
        """The first refund was approved with the Direktur's letter; every later one needs its own pair."""
        return self.Status.DISIAPKAN if self.sebelumnya_id else self.Status.DIAJUKAN

    def bank_mitra(self) -> str:
        return self.rekening.bank

    def saat_dibuka(self, **data: Any) -> None:
        pembukuan.pesan(self)

    @transition(
        field=status, source=Status.DISIAPKAN, target=Status.DIPERIKSA, permission=oleh(Peran.JFU, Peran.PTSP),
        custom=langkah(label="Periksa rekening tujuan", form="haji_portal.dana.forms.FormRekening", efek=GILIRAN),
    )  # fmt: skip
    def periksa_rekening(self, *, bank: str, nomor: str, atas_nama: str, bukti) -> None:
        """The office checks the account with its owner: a new copy of the bank book is the proof.

        A name that the bank spells otherwise is corrected; the history keeps what stood there.
        """
        self.rekening, _ = Rekening.objects.update_or_create(
            jemaah=self.pemohon, bank=bank, nomor=nomor, defaults={"atas_nama": atas_nama}
        )
        lampirkan(self, bukti, "bukti_rekening", self.pelaku.pengguna)

    @transition(
        field=status, source=Status.DIPERIKSA, target=Status.DIUSULKAN, permission=oleh(DIREKTORAT),
        conditions=[syarat.pembayaran_lama_jelas],
        custom=langkah(label="Usulkan pembayaran ulang", kendali="lepas", sandi=True, efek=GILIRAN),
    )  # fmt: skip
    def usulkan(self) -> None:
        """First of the new pair."""

    @transition(
        field=status, source=[Status.DIPERIKSA, Status.DIUSULKAN], target=Status.DISIAPKAN,
        permission=oleh(DIREKTORAT, DIREKTUR),
        custom=langkah(
            label="Kembalikan ke kantor", form="haji_portal.dana.forms.FormAlasan", cabang=True, putaran_baru=True,
            efek=GILIRAN,
        ),
    )  # fmt: skip
    def kembalikan(self, *, alasan: str) -> None:
        """The account does not convince."""

    @transition(
        field=status, source=Status.DIUSULKAN, target=Status.DIAJUKAN, permission=oleh(DIREKTUR),
        conditions=[syarat.pembayaran_lama_jelas],
        custom=langkah(label="Setujui pembayaran ulang", kendali="lepas", sandi=True, efek=KIRIM),
    )  # fmt: skip
    def setujui(self) -> None:
        """Second of the new pair: released to BPKH."""

    @transition(
        field=status, source=Status.DIAJUKAN, target=None, permission=oleh(BPKH, DIREKTORAT),
        custom=langkah(
            label="Catat SPM", form="haji_portal.dana.forms.FormSpm", kendali="spm", sandi=True, ulang=True,
            efek=GILIRAN,
        ),
    )  # fmt: skip
    def catat_spm(
        self, *, nomor_spm: str, tanggal_spm: datetime.date, jumlah_setoran: int, nilai_manfaat: int, bukti
    ) -> None:
        """241/2021 C.1.i: what stands on the SPM, with its copy; another person confirms it.

        The yield is BPKH's to compute; an SPM for another deposit is none for this refund. Raises IsianSalah.
        """
        syarat.periksa_jumlah("jumlah_setoran", jumlah_setoran, self.jumlah_setoran)
        self.nomor_spm, self.tanggal_spm, self.nilai_manfaat = nomor_spm, tanggal_spm, nilai_manfaat
        lampirkan(self, bukti, "bukti_spm", self.pelaku.pengguna)

    @transition(
        field=status, source=Status.DIAJUKAN, target=Status.SPM_TERBIT, permission=oleh(BPKH, DIREKTORAT),
        conditions=[syarat.spm_tercatat],
        custom=langkah(
            label="Sahkan SPM", kendali="spm", sandi=True, efek=kabar("spm_terbit"),
            keterangan="Cocokkan nomor, tanggal, dan jumlah yang dicatat dengan salinan SPM, dan rekening tujuannya.",
        ),
    )  # fmt: skip
    def sahkan_spm(self) -> None:
        """The second pair of eyes; the money is on its way from BPKH to the bank."""
        pembukuan.terbit_spm(self)

    @transition(
        field=status, source=Status.SPM_TERBIT, target=None, permission=oleh(BPS, DIREKTORAT),
        custom=langkah(
            label="Catat transfer", form="haji_portal.dana.forms.FormTransfer", kendali="transfer", sandi=True,
            ulang=True, efek=GILIRAN,
        ),
    )  # fmt: skip
    def catat_transfer(self, *, rujukan_bank: str, tanggal_transfer: datetime.date, jumlah: int, bukti) -> None:
        """241/2021 C.1.i: the bank's transfer with its proof; another person confirms it. Raises IsianSalah."""
        syarat.periksa_jumlah("jumlah", jumlah, self.jumlah)
        self._lengkapi({"rujukan_bank": rujukan_bank, "tanggal_transfer": tanggal_transfer})
        lampirkan(self, bukti, "bukti_transfer", self.pelaku.pengguna)

    @transition(
        field=status, source=Status.SPM_TERBIT, target=Status.DITRANSFER, permission=oleh(BPS, DIREKTORAT),
        conditions=[syarat.transfer_tercatat],
        custom=langkah(
            label="Sahkan transfer", kendali="transfer", sandi=True, efek=kabar("ditransfer"),
            keterangan="Cocokkan rujukan bank, tanggal, dan rekening tujuan dengan bukti transfer.",
        ),
    )  # fmt: skip
    def sahkan_transfer(self) -> None:
        """The second pair of eyes at the bank."""
        pembukuan.ditransfer(self)

    @transition(
        field=status, source=Status.DITRANSFER, target=Status.DITERIMA,
        permission=oleh(BPS, Peran.JFU, Peran.PTSP, pihak=("sistem",)),
        custom=langkah(label="Catat dana diterima", form="haji_portal.dana.forms.FormTerima", efek=kabar("diterima")),
    )  # fmt: skip
    def terima(self, *, tanggal_terima: datetime.date, bukti=None) -> None:
        """Lombok Timur 9: the money is in the account, by the bank's word, a statement or the owner's bank book."""
        self.tanggal_terima = tanggal_terima
        if bukti is not None:
            lampirkan(self, bukti, "bukti_terima", getattr(self.pelaku, "pengguna", None))
        pembukuan.diterima(self)

    @transition(
        field=status, source=[Status.DIAJUKAN, Status.SPM_TERBIT, Status.DITRANSFER], target=Status.BELUM_PASTI,
        permission=oleh(BPKH, BPS, DIREKTORAT, pihak=("sistem",)),
        custom=langkah(
            label="Nyatakan belum pasti", form="haji_portal.dana.forms.FormAlasan", cabang=True,
            efek=(*kabar("belum_pasti"), ("dana.tanya", "")),
            keterangan="Hasilnya tidak diketahui: dana tetap dipesan dan tidak dikirim lagi sampai ada kepastian.",
        ),
    )  # fmt: skip
    def nyatakan_belum_pasti(self, *, alasan: str) -> None:
        """An outcome that nobody knows is neither success nor failure."""

    @transition(
        field=status, source=Status.BELUM_PASTI, target=None, permission=oleh(BPKH, BPS, DIREKTORAT),
        custom=langkah(
            label="Usulkan kepastian", form="haji_portal.dana.forms.FormKepastian", kendali="kepastian", sandi=True,
            ulang=True, efek=GILIRAN,
        ),
    )  # fmt: skip
    def usulkan_kepastian(self, *, hasil_usulan: str, bukti, **isi: Any) -> None:
        """One person says how it ended, with proof; isi: SPM and transfer fields as far as they were not known.

        Raises IsianSalah.
        """
        self.hasil_usulan = hasil_usulan
        self._lengkapi(isi)
        lampirkan(self, bukti, "bukti_kepastian", self.pelaku.pengguna)

    @transition(
        field=status, source=Status.BELUM_PASTI, target=Status.DITERIMA,
        permission=oleh(BPKH, BPS, DIREKTORAT), conditions=[syarat.usulan_terkirim],
        custom=langkah(
            label="Pastikan dana diterima", kendali="kepastian", sandi=True, cabang=True, efek=SUSULAN,
            keterangan="Setuju dengan usul bahwa dana sampai: buktinya menunjukkan dana masuk ke rekening tujuan.",
        ),
    )  # fmt: skip
    def pastikan_diterima(self) -> None:
        """A second person agrees that it arrived."""
        pembukuan.susulkan(self)

    @transition(
        field=status, source=Status.BELUM_PASTI, target=Status.GAGAL,
        permission=oleh(BPKH, BPS, DIREKTORAT), conditions=[syarat.usulan_tidak_terkirim],
        custom=langkah(
            label="Pastikan dana tidak terkirim", kendali="kepastian", sandi=True, cabang=True,
            keterangan="Setuju dengan usul bahwa dana tidak terkirim: dana bebas lagi dan pembayaran baru disiapkan.",
            efek=(*kabar("gagal"), ("dana.ajukan_lagi", "")),
        ),
    )  # fmt: skip
    def pastikan_gagal(self) -> None:
        """A second person agrees that it did not; only now the amount is free."""
        pembukuan.lepas(self)

    @transition(
        field=status, source=[Status.BELUM_PASTI, Status.SPM_TERBIT, Status.DITRANSFER], target=Status.DITERIMA,
        permission=oleh(pihak=("sistem",)),
        custom=langkah(label="Cocok dengan mutasi rekening", cabang=True, efek=SUSULAN),
    )  # fmt: skip
    def cocokkan(self, *, tanggal_terima: datetime.date, rujukan_bank: str, jumlah: int, bukti) -> None:
        """A bank statement shows the money in the account: stronger than any two people. Raises IsianSalah.

        Where no SPM was ever seen, what lies above the deposit is the yield.
        """
        if self.nilai_manfaat is None and jumlah >= self.jumlah_setoran:
            self.nilai_manfaat = jumlah - self.jumlah_setoran
        syarat.periksa_jumlah("jumlah", jumlah, self.jumlah)
        self._lengkapi({"tanggal_terima": tanggal_terima, "rujukan_bank": rujukan_bank})
        lampirkan(self, bukti, "bukti_terima", None)
        pembukuan.susulkan(self)

    @transition(
        field=status, source=[Status.DIAJUKAN, Status.SPM_TERBIT, Status.DITRANSFER], target=Status.GAGAL,
        permission=oleh(BPKH, BPS, DIREKTORAT, pihak=("sistem",)),
        custom=langkah(
            label="Catat penolakan pembayaran", form="haji_portal.dana.forms.FormGagal", cabang=True, bahaya=True,
            sandi=True, efek=(*kabar("gagal"), ("dana.ajukan_lagi", "")),
        ),
    )  # fmt: skip
    def gagalkan(self, *, alasan: str, bukti=None) -> None:
        """The partner said no: only this frees the amount."""
        self.alasan_akhir = alasan
        if bukti is not None:
            lampirkan(self, bukti, "bukti_gagal", getattr(self.pelaku, "pengguna", None))
        pembukuan.lepas(self)

    @transition(
        field=status, source=[Status.DITRANSFER, Status.DITERIMA], target=Status.RETUR,
        permission=oleh(BPS, DIREKTORAT, pihak=("sistem",)), conditions=[syarat.belum_dipulihkan],
        custom=langkah(
            label="Catat retur", form="haji_portal.dana.forms.FormGagal", cabang=True, bahaya=True, sandi=True,
            efek=(*kabar("retur"), ("dana.ajukan_lagi", "")),
        ),
    )  # fmt: skip
    def kembalikan_dana(self, *, alasan: str, bukti=None) -> None:
        """The money bounced, even after success; this payment ends, another one is prepared."""
        self.alasan_akhir = alasan
        if bukti is not None:
            lampirkan(self, bukti, "bukti_gagal", getattr(self.pelaku, "pengguna", None))
        pembukuan.retur(self)

    # From here on the partners' own machines speak, and the portal after them; each event is judged in dana/mitra.

    @transition(
        field=status, source=[Status.DIAJUKAN, Status.BELUM_PASTI], target=Status.SPM_TERBIT,
        permission=oleh(pihak=("bpkh", "sistem")), conditions=[syarat.belum_dibayar_bpkh],
        custom=langkah(label="Kabar SPM dari BPKH", cabang=True, efek=kabar("spm_terbit")),
    )  # fmt: skip
    def terima_spm(self, *, nilai_manfaat: int, nomor_spm: str = "", tanggal_spm: datetime.date | None = None) -> None:
        """241/2021 C.1.i by machine: the order as BPKH's own system tells of it."""
        self.nomor_spm, self.tanggal_spm, self.nilai_manfaat = nomor_spm, tanggal_spm, nilai_manfaat
        pembukuan.terbit_spm(self)

    @transition(
        field=status, source=[Status.DITRANSFER, Status.BELUM_PASTI, Status.DITERIMA], target=None,
        permission=oleh(pihak=("bpkh", "sistem")),
        custom=langkah(label="Nomor SPM menyusul", cabang=True, ulang=True),
    )  # fmt: skip
    def lengkapi_spm(self, *, nomor_spm: str, tanggal_spm: datetime.date) -> None:
        """The bank's news came before BPKH's: only number and date of the order were missing."""
        self.nomor_spm, self.tanggal_spm = nomor_spm, tanggal_spm

    @transition(
        field=status, source=[Status.SPM_TERBIT, Status.BELUM_PASTI], target=Status.DITRANSFER,
        permission=oleh(pihak=("bpkh", "bps", "sistem")), conditions=[syarat.belum_ditransfer, syarat.spm_dibukukan],
        custom=langkah(label="Kabar transfer dari mitra", cabang=True, efek=(*kabar("ditransfer"), ("dana.tanya", ""))),
    )  # fmt: skip
    def terima_transfer(self, *, tanggal_transfer: datetime.date, nilai_manfaat: int) -> None:
        """The money left for the account; a yield other than the order's is booked as the difference."""
        pembukuan.sesuaikan_manfaat(self, nilai_manfaat)
        self.tanggal_transfer = tanggal_transfer
        pembukuan.ditransfer(self)

    @transition(
        field=status, source=[Status.DIAJUKAN, Status.SPM_TERBIT, Status.BELUM_PASTI], target=Status.GAGAL,
        permission=oleh(pihak=("bpkh", "bps", "sistem")), conditions=[syarat.belum_ditransfer],
        custom=langkah(
            label="Kabar penolakan dari mitra", cabang=True, efek=(*kabar("gagal"), ("dana.ajukan_lagi", "")),
        ),
    )  # fmt: skip
    def terima_penolakan(self, *, alasan: str) -> None:
        """The partner's machine says no, and never said otherwise: the amount is free."""
        self.alasan_akhir = alasan
        pembukuan.lepas(self)

    @transition(
        field=status, source=[Status.DITRANSFER, Status.DITERIMA], target=Status.RETUR,
        permission=oleh(pihak=("bpkh", "bps", "sistem")), conditions=[syarat.belum_dipulihkan],
        custom=langkah(label="Kabar retur dari mitra", cabang=True, efek=(*kabar("retur"), ("dana.ajukan_lagi", ""))),
    )  # fmt: skip
    def terima_retur(self, *, alasan: str) -> None:
        """The money bounced; this payment ends, another one is prepared."""
        self.alasan_akhir = alasan
        pembukuan.retur(self)

    @transition(
        field=status, source=Status.BELUM_PASTI, target=Status.DIAJUKAN,
        permission=oleh(pihak=("bpkh", "sistem")), conditions=[syarat.belum_dibayar_bpkh],
        custom=langkah(label="BPKH sedang memproses", cabang=True, efek=GILIRAN),
    )  # fmt: skip
    def lanjutkan(self) -> None:
        """Asked after an unclear answer, BPKH says that it has the request."""

    @transition(
        field=status, source=Status.BELUM_PASTI, target=Status.DIAJUKAN,
        permission=oleh(pihak=("sistem",)), conditions=[syarat.belum_dibayar_bpkh],
        custom=langkah(label="BPKH belum menerima permintaan", cabang=True, efek=KIRIM),
    )  # fmt: skip
    def kirim_ulang(self) -> None:
        """Asked after an unclear answer, BPKH does not know our reference: it is sent again under the same one."""

    @transition(
        field=status, source=Status.GAGAL, target=Status.BELUM_PASTI, permission=oleh(pihak=("bpkh", "bps", "sistem")),
        conditions=[syarat.pengganti_belum_dikirim, syarat.belum_dipulihkan],
        custom=langkah(label="Kabar yang bertentangan sesudah gagal", cabang=True, efek=kabar("belum_pasti")),
    )  # fmt: skip
    def buka_kembali(self) -> None:
        """Said to have failed, and now said to be paid: reserved again before anybody pays it a second time.

        The payment that was being prepared in its place ends here; two people or a statement say how this one ended.
        """
        hentikan_pengganti(self)
        self.pesanan_ke += 1
        self.hasil_usulan = ""
        pembukuan.pesan(self)

    @transition(
        field=status, source=[Status.DISIAPKAN, Status.DIPERIKSA, Status.DIUSULKAN], target=Status.DIHENTIKAN,
        permission=oleh(pihak=("sistem",)),
        custom=langkah(label="Hentikan, pembayaran sebelumnya diperiksa lagi", cabang=True, efek=GILIRAN),
    )  # fmt: skip
    def hentikan(self) -> None:
        """Never sent to BPKH; its amount is free for the payment before it."""
        pembukuan.lepas(self)
