"""A question to BPKH about the money of one porsi as a case: does the deposit lie there, has it come back?"""

from __future__ import annotations

import datetime

from django.db import models
from django_fsm import FSMField, transition

from haji_portal.akun.models import BerlakuQuerySet, Peran
from haji_portal.alur.deklarasi import langkah, oleh
from haji_portal.alur.models import Permohonan, Tahap
from haji_portal.alur.tampil_waktu import rupiah
from haji_portal.berkas.simpan import lampirkan

from .. import pembukuan, syarat

GILIRAN = (("kabar.giliran", ""),)
PENJAWAB = oleh(Peran.BPKH, Peran.DIREKTORAT, pihak=("sistem",))


class KonfirmasiSaldo(Permohonan):
    """A child of the case that has to know. `jumlah` (whole rupiah) is what BPKH is asked for; `jawaban` what it says.

    Asked over BPKH's interface where there is one, else answered on its page or by file (docs/keputusan/0029).
    """

    class Status(models.TextChoices):
        DITANYAKAN = "ditanyakan", "Ditanyakan kepada BPKH"
        ADA = "ada", "Dijawab: saldo ada di BPKH"
        TIDAK_ADA = "tidak_ada", "Dijawab: saldo tidak ada di BPKH"

    class Tentang(models.TextChoices):
        SETORAN = "setoran", "Apakah setoran masih di BPKH"
        SETOR_KEMBALI = "setor-kembali", "Apakah setoran yang dikembalikan jemaah sudah masuk"

    status = FSMField(default=Status.DITANYAKAN, choices=Status.choices, protected=True, editable=False)
    tentang = models.CharField("yang ditanyakan", max_length=14, choices=Tentang.choices, default=Tentang.SETORAN)
    jumlah = models.PositiveBigIntegerField("jumlah yang ditanyakan (rupiah)")
    jawaban = models.PositiveBigIntegerField("saldo menurut BPKH (rupiah)", null=True, blank=True)
    per_tanggal = models.DateField("saldo per tanggal", null=True, blank=True)
    keterangan = models.CharField("keterangan jawaban", max_length=400, blank=True)

    JENIS, KODE, PUNYA_SOP = "konfirmasi-saldo", "KS", False
    LABEL_AJUKAN = "Tanyakan saldo kepada BPKH"
    PEMBUKA = oleh(pihak=("sistem",))
    EFEK_AJUKAN = (*GILIRAN, ("dana.tanya_saldo", ""))
    TAHAP: dict[str, Tahap] = {
        Status.DITANYAKAN: Tahap("Ditanyakan kepada BPKH", "", pihak="mitra", menunggu="jawaban BPKH"),
        Status.ADA: Tahap("Dijawab, saldo ada di BPKH", "", akhir=True),
        Status.TIDAK_ADA: Tahap("Dijawab, saldo tidak ada di BPKH", "", akhir=True),
    }

    class Meta:
        verbose_name = "konfirmasi saldo"
        verbose_name_plural = "konfirmasi saldo"

    def kunci(self) -> list[tuple[str, str]]:
        """One open question per case."""
        return [("konfirmasi-saldo", str(self.induk_id))]

    def data_pokok(self) -> list[tuple[str, str]]:
        return [("Yang ditanyakan", str(self.get_tentang_display())), ("Jumlah", rupiah(self.jumlah))]

    @transition(
        field=status, source=Status.DITANYAKAN, target=Status.ADA, permission=PENJAWAB,
        conditions=[syarat.induk_menunggu],
        custom=langkah(
            label="Jawab: saldo ada di BPKH", form="haji_portal.dana.forms_saldo.FormSaldoAda",
            efek=(*GILIRAN, ("alur.induk", "ada")),
        ),
    )  # fmt: skip
    def nyatakan_ada(self, *, jumlah: int, per_tanggal: datetime.date, keterangan: str = "", bukti=None) -> None:
        """Kepulauan Seribu 6-7 and 10-11: the whole amount lies at BPKH. Raises IsianSalah for another amount."""
        syarat.periksa_saldo("jumlah", jumlah, self.jumlah)
        self._jawab(jumlah, per_tanggal, keterangan, bukti)
        if self.tentang == self.Tentang.SETOR_KEMBALI:
            pembukuan.disetor_kembali(self)

    @transition(
        field=status, source=Status.DITANYAKAN, target=Status.TIDAK_ADA, permission=PENJAWAB,
        conditions=[syarat.induk_menunggu],
        custom=langkah(
            label="Jawab: saldo tidak ada di BPKH", form="haji_portal.dana.forms_saldo.FormSaldoTidakAda", cabang=True,
            efek=(*GILIRAN, ("alur.induk", "tidak_ada")),
        ),
    )  # fmt: skip
    def nyatakan_tidak_ada(self, *, jumlah: int, per_tanggal: datetime.date, keterangan: str = "", bukti=None) -> None:
        """Kepulauan Seribu 8: it was paid back, or what came is not the whole amount. Raises IsianSalah."""
        syarat.periksa_kurang("jumlah", jumlah, self.jumlah)
        self._jawab(jumlah, per_tanggal, keterangan, bukti)

    @transition(
        field=status, source=Status.DITANYAKAN, target=Status.DITANYAKAN, permission=oleh(pihak=("sistem",)),
        custom=langkah(label="BPKH tidak mengenal nomor ini", cabang=True, efek=GILIRAN),
    )  # fmt: skip
    def catat_tidak_dikenal(self) -> None:
        """By machine BPKH knows no such number: no answer yet, a person at BPKH or at the centre gives one."""
        self.keterangan = "Sistem BPKH tidak mengenal nomor porsi ini; jawabannya dicari petugas."

    def _jawab(self, jumlah: int, per_tanggal: datetime.date, keterangan: str, bukti) -> None:
        self.jawaban, self.per_tanggal, self.keterangan = jumlah, per_tanggal, keterangan
        if bukti is not None:
            lampirkan(self, bukti, "bukti_saldo", getattr(self.pelaku, "pengguna", None))


class RekeningBpkh(models.Model):
    """Where money that was paid back wrongly is returned to: BPKH's account from one day to another, by the admin."""

    bank = models.CharField(max_length=60)
    nomor = models.CharField("nomor rekening", max_length=30, validators=[syarat.nomor_rekening])
    atas_nama = models.CharField("atas nama", max_length=120, default="Badan Pengelola Keuangan Haji")
    sumber = models.CharField("surat atau ketentuan", max_length=200)
    mulai = models.DateField("berlaku dari")
    selesai = models.DateField("berlaku sampai", null=True, blank=True)

    objects = BerlakuQuerySet.as_manager()

    class Meta:
        verbose_name = "rekening BPKH"
        verbose_name_plural = "rekening BPKH"
        ordering = ["-mulai"]
        constraints = [models.UniqueConstraint(fields=["mulai"], name="rekening_bpkh_satu_per_tanggal")]

    def __str__(self) -> str:
        return f"{self.bank} {self.nomor} atas nama {self.atas_nama}"

    @classmethod
    def kini(cls) -> RekeningBpkh | None:
        """The account in force today, the newest of several; None until the admin has written one."""
        return cls.objects.berlaku().order_by("-mulai").first()
