"""The daily reconciliation: one statement of one partner for one day, and how every row of both sides was classed.

Everything here is derived from the kept statement and the book; running it again changes only what changed there.
Account numbers stand here masked, names only where they are the mismatch.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from haji_portal.akun.models import Kantor
from haji_portal.alur.models import Perkara

from .mitra import Mitra


class Rekonsiliasi(models.Model):
    """A statement of a day. Of several for the same day one is in force (`berlaku`): what the partner's own system
    said goes before what people uploaded, the later before the earlier.

    sidik: SHA-256 of the statement as it is kept under `kunci`; berkas_*: the uploaded file it was read from;
    hitungan: rows per class.
    """

    class Sumber(models.TextChoices):
        HTTP = "http", "Sistem mitra"
        BERKAS = "berkas", "Berkas"

    mitra = models.CharField(max_length=4, choices=Mitra.choices)
    kantor = models.ForeignKey(Kantor, on_delete=models.PROTECT, related_name="+")
    tanggal = models.DateField()
    sumber = models.CharField(max_length=6, choices=Sumber.choices)
    sidik = models.CharField("SHA-256", max_length=64)
    kunci = models.CharField("kunci penyimpanan", max_length=80, unique=True, editable=False)
    berkas_nama = models.CharField("nama berkas", max_length=120, blank=True)
    berkas_sha256 = models.CharField("SHA-256 berkas", max_length=64, blank=True, db_index=True)
    pengguna = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dibuat = models.DateTimeField()
    dijalankan = models.DateTimeField(null=True, blank=True)
    berlaku = models.BooleanField(default=False)
    jumlah_baris = models.PositiveIntegerField(default=0)
    jumlah_beda = models.PositiveIntegerField("tidak cocok", default=0)
    hitungan = models.JSONField(default=dict)

    class Meta:
        verbose_name = "rekonsiliasi"
        verbose_name_plural = "rekonsiliasi"
        ordering = ["-tanggal", "mitra", "kantor", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["mitra", "kantor", "tanggal", "sidik"], name="rekonsiliasi_sekali"),
            models.UniqueConstraint(
                fields=["mitra", "kantor", "tanggal"], condition=Q(berlaku=True), name="rekonsiliasi_satu_berlaku"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mitra} {self.kantor} {self.tanggal:%d-%m-%Y}"


class BarisRekonsiliasi(models.Model):
    """One row of the statement, or one payment of the book that the statement does not have.

    kunci: `m<row>` or `b<refund>`, the same whenever the same statement is classed again. jumlah: on the statement,
    seharusnya: by the book, whole rupiah. rujukan: as the partner printed it, long numbers hidden.
    """

    class Kelas(models.TextChoices):
        COCOK = "cocok", "Cocok"
        TIADA_SINI = "tiada_sini", "Tidak ada di sini"
        TIADA_SANA = "tiada_sana", "Tidak ada di sana"
        JUMLAH = "jumlah", "Jumlah berbeda"
        REKENING = "rekening", "Rekening berbeda"
        NAMA = "nama", "Nama berbeda"
        TANGGAL = "tanggal", "Tanggal berbeda"
        GANDA = "ganda", "Ganda"
        DIKEMBALIKAN = "kembali", "Dikembalikan"
        RUJUKAN = "rujukan", "Rujukan tidak dikenal"
        MATA_UANG = "mata_uang", "Mata uang berbeda"
        STATUS = "status", "Status berbeda"

    BEDA: ClassVar[tuple[str, ...]] = tuple(k for k in Kelas.values if k != "cocok")

    rekonsiliasi = models.ForeignKey(Rekonsiliasi, on_delete=models.PROTECT, related_name="baris")
    kunci = models.CharField(max_length=20)
    urut = models.PositiveIntegerField("baris ke", default=0)
    kelas = models.CharField(max_length=10, choices=Kelas.choices)
    kalimat = models.CharField(max_length=300, blank=True)
    perkara = models.ForeignKey(Perkara, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rujukan = models.CharField(max_length=60, blank=True)
    rujukan_bank = models.CharField(max_length=60, blank=True)
    tanggal = models.DateField(null=True, blank=True)
    jumlah = models.BigIntegerField("jumlah pada mutasi (rupiah)", null=True, blank=True)
    seharusnya = models.BigIntegerField("jumlah menurut buku (rupiah)", null=True, blank=True)
    mata_uang = models.CharField(max_length=3, blank=True)
    status = models.CharField("status pada mutasi", max_length=12, blank=True)
    rekening = models.CharField("rekening (disamarkan)", max_length=30, blank=True)

    class Meta:
        verbose_name = "baris rekonsiliasi"
        verbose_name_plural = "baris rekonsiliasi"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["rekonsiliasi", "kunci"], name="baris_rekonsiliasi_sekali")]
        indexes = [models.Index(fields=["rekonsiliasi", "kelas"], name="baris_rekonsiliasi_kelas")]

    def __str__(self) -> str:
        return f"{self.kunci} {self.kelas}"
