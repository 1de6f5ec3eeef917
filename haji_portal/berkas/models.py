"""What a service asks for, what a case has brought, and the files that prove it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from haji_portal.akun.models import BerlakuQuerySet, Kantor, Pengguna
from haji_portal.alur.models import Perkara

if TYPE_CHECKING:
    import datetime


class Bentuk(models.TextChoices):
    """In which form a document is to be brought."""

    ASLI = "asli", "Asli"
    SALINAN = "salinan", "Fotokopi"
    LEGALISIR = "legalisir", "Fotokopi dilegalisasi"
    ASLI_DAN_SALINAN = "asli_dan_salinan", "Asli dan fotokopi"
    DITUNJUKKAN = "ditunjukkan", "Ditunjukkan aslinya"
    UNGGAHAN = "unggahan", "Diunggah"


class SyaratQuerySet(BerlakuQuerySet):
    def untuk(self, layanan: str, kasus: str, kantor: Kantor | None, pada: datetime.date) -> list[SyaratBerkas]:
        """Requirements of a service and case in an office on a date, one per `kode`, in printed order.

        The rows of every case (`kasus=""`) and of this case count together. For the same `kode` the office's
        own row wins over the general one, then the case's row over the one of every case, then the later `mulai`.
        Without an office: the general rows alone.
        """
        terpilih: dict[str, SyaratBerkas] = {}
        rows = self.berlaku(pada).filter(Q(kantor=kantor) | Q(kantor=None), layanan=layanan, kasus__in={"", kasus})
        for row in sorted(rows, key=lambda r: (r.kantor_id is not None, r.kasus != "", r.mulai)):
            terpilih[row.kode] = row
        return sorted(terpilih.values(), key=lambda r: (r.urut, r.kode))


class SyaratBerkas(models.Model):
    """One required document of a service: dated office data with its citation, loaded from `syarat_berkas.yaml`."""

    layanan = models.SlugField(max_length=30)
    kasus = models.SlugField(max_length=40, blank=True, help_text="Kosong berarti untuk semua kasus layanan ini.")
    kode = models.SlugField(max_length=60)
    nama = models.CharField("nama berkas", max_length=250)
    bentuk = models.CharField(max_length=20, choices=Bentuk.choices, default=Bentuk.SALINAN)
    jumlah = models.PositiveSmallIntegerField("jumlah lembar", null=True, blank=True)
    wajib = models.BooleanField(default=True)
    keterangan = models.TextField(blank=True)
    sumber = models.CharField("dasar", max_length=250, blank=True, help_text="Ketentuan yang memintanya.")
    kantor = models.ForeignKey(
        Kantor,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="syarat_berkas",
        help_text="Kosong berarti semua kantor. Baris kantor mengganti baris umum dengan kode yang sama.",
    )
    urut = models.PositiveSmallIntegerField(default=0)
    mulai = models.DateField("berlaku dari")
    selesai = models.DateField("berlaku sampai", null=True, blank=True)
    disunting = models.BooleanField(
        default=False, editable=False, help_text="Diubah di admin: pemuatan data acuan tidak menimpanya."
    )

    objects = SyaratQuerySet.as_manager()

    class Meta:
        verbose_name = "syarat berkas"
        verbose_name_plural = "syarat berkas"
        ordering = ["layanan", "kasus", "urut", "kode"]
        constraints = [
            # Two constraints: in SQL an empty office is never equal to another empty office.
            models.UniqueConstraint(
                fields=["layanan", "kasus", "kode", "kantor", "mulai"],
                condition=Q(kantor__isnull=False),
                name="syarat_satu_per_kantor",
            ),
            models.UniqueConstraint(
                fields=["layanan", "kasus", "kode", "mulai"], condition=Q(kantor__isnull=True), name="syarat_satu_umum"
            ),
            models.CheckConstraint(
                condition=Q(selesai__isnull=True) | Q(selesai__gte=F("mulai")), name="syarat_masa_urut"
            ),
        ]

    def __str__(self) -> str:
        return self.nama


class ButirBerkas(models.Model):
    """One line of a case's checklist: the requirement as it was on the day the case opened, and its verdict."""

    class Verdict(models.TextChoices):
        BELUM = "belum", "Belum diperiksa"
        ADA = "ada", "Ada"
        KURANG = "kurang", "Kurang"
        TIDAK = "tidak", "Tidak ada"

    perkara = models.ForeignKey(Perkara, on_delete=models.CASCADE, related_name="butir")
    syarat = models.ForeignKey(
        SyaratBerkas, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    kode = models.SlugField(max_length=60)
    nama = models.CharField("nama berkas", max_length=250)
    bentuk = models.CharField(max_length=20, choices=Bentuk.choices)
    jumlah = models.PositiveSmallIntegerField("jumlah lembar", null=True, blank=True)
    wajib = models.BooleanField(default=True)
    keterangan = models.TextField(blank=True)
    sumber = models.CharField("dasar", max_length=250, blank=True)
    verdict = models.CharField("hasil", max_length=6, choices=Verdict.choices, default=Verdict.BELUM)
    alasan = models.CharField(max_length=300, blank=True)
    diperiksa_oleh = models.ForeignKey(Pengguna, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    diperiksa_pada = models.DateTimeField(null=True, blank=True)
    urut = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "butir berkas"
        verbose_name_plural = "butir berkas"
        ordering = ["perkara_id", "urut", "kode"]
        constraints = [models.UniqueConstraint(fields=["perkara", "kode"], name="butir_satu_per_kode")]

    def __str__(self) -> str:
        return self.nama

    # Files of this line as the checklist form shows them: the present ones, and those that were replaced.
    unggahan: list[Lampiran] = []
    terdahulu: list[Lampiran] = []

    @property
    def dikirim_lagi(self) -> bool:
        """A new file came for a line that was judged before, and nobody has looked at it yet."""
        return self.verdict == self.Verdict.BELUM and bool(self.terdahulu)

    @property
    def diminta(self) -> str:
        """Form and number of copies as one phrase: `Fotokopi, 3 lembar`."""
        return f"{self.get_bentuk_display()}, {self.jumlah} lembar" if self.jumlah else self.get_bentuk_display()

    @property
    def beres(self) -> bool:
        return self.verdict == self.Verdict.ADA


class LampiranQuerySet(models.QuerySet):
    def untuk(self, pengguna: Pengguna) -> LampiranQuerySet:
        """Attachments of the cases in a person's scope; others do not exist for them (404)."""
        return self.filter(perkara__in=Perkara.objects.untuk(pengguna).order_by().values("pk"))

    def terkini(self) -> LampiranQuerySet:
        """Without the older versions that were replaced."""
        return self.filter(diganti_pada__isnull=True)


class Lampiran(models.Model):
    """A stored file of a case. The row is the only way to the file: `kunci` is random and has no address."""

    class Jenis(models.TextChoices):
        BERKAS = "berkas", "Pindaian berkas"
        FOTO = "foto", "Foto asli"
        FOTO_3X4 = "foto_3x4", "Foto 3×4"
        FOTO_4X6 = "foto_4x6", "Foto 4×6"
        BUKTI_SISKOHAT = "bukti_siskohat", "Bukti Siskohat"
        ARSIP = "arsip", "Arsip"
        BUKTI_REKENING = "bukti_rekening", "Buku tabungan"
        BUKTI_SPM = "bukti_spm", "SPM"
        BUKTI_TRANSFER = "bukti_transfer", "Bukti transfer"
        BUKTI_TERIMA = "bukti_terima", "Bukti dana diterima"
        BUKTI_KEPASTIAN = "bukti_kepastian", "Bukti hasil transfer"
        BUKTI_GAGAL = "bukti_gagal", "Bukti penolakan atau retur"
        BUKTI_SALDO = "bukti_saldo", "Jawaban BPKH tentang saldo"
        LAPORAN = "laporan", "Laporan tertulis jemaah"
        BUKTI_SERAH = "bukti_serah", "Tanda terima yang ditandatangani"

    # Of these a case has one at a time, also without a checklist line: the last record counts.
    TUNGGAL = (
        Jenis.FOTO, Jenis.FOTO_3X4, Jenis.FOTO_4X6, Jenis.BUKTI_REKENING, Jenis.BUKTI_SPM, Jenis.BUKTI_TRANSFER,
        Jenis.BUKTI_KEPASTIAN, Jenis.BUKTI_SERAH,
    )  # fmt: skip

    perkara = models.ForeignKey(Perkara, on_delete=models.PROTECT, related_name="lampiran")
    butir = models.ForeignKey(ButirBerkas, null=True, blank=True, on_delete=models.PROTECT, related_name="lampiran")
    jenis = models.CharField(max_length=16, choices=Jenis.choices)
    nama = models.CharField("nama berkas", max_length=120)
    mime = models.CharField("jenis isi", max_length=40)
    ukuran = models.PositiveIntegerField("ukuran (byte)")
    sha256 = models.CharField("SHA-256", max_length=64)
    kunci = models.CharField("kunci penyimpanan", max_length=80, unique=True, editable=False)
    halaman = models.PositiveSmallIntegerField("jumlah halaman", null=True, blank=True)
    diunggah_oleh = models.ForeignKey(Pengguna, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    diunggah_pada = models.DateTimeField(default=timezone.now)
    diganti_pada = models.DateTimeField(null=True, blank=True)

    objects = LampiranQuerySet.as_manager()

    class Meta:
        verbose_name = "lampiran"
        verbose_name_plural = "lampiran"
        ordering = ["-diunggah_pada", "-pk"]
        indexes = [models.Index(fields=["perkara", "jenis", "diganti_pada"])]

    def __str__(self) -> str:
        return self.nama

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("berkas:unduh", args=[self.pk])

    @property
    def gambar(self) -> bool:
        return self.mime.startswith("image/")


class AksesLampiran(models.Model):
    """Who opened which file, and when: asked for by UU 27/2022 for personal data."""

    lampiran = models.ForeignKey(Lampiran, on_delete=models.CASCADE, related_name="akses")
    pengguna = models.ForeignKey(Pengguna, on_delete=models.PROTECT, related_name="+")
    waktu = models.DateTimeField(default=timezone.now)
    unduh = models.BooleanField("disimpan ke komputer", default=False)

    class Meta:
        verbose_name = "akses lampiran"
        verbose_name_plural = "akses lampiran"
        ordering = ["-waktu", "-pk"]

    def __str__(self) -> str:
        return f"{self.pengguna} · {self.lampiran} · {timezone.localtime(self.waktu):%d-%m-%Y %H.%M}"
