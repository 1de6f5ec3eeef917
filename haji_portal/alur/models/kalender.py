"""Editable working-time data (the library brings national holidays) and dated rule values."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from haji_portal.akun.models import BerlakuQuerySet, Kantor


class HariLibur(models.Model):
    """A day that is not a working day. Without an office it counts everywhere."""

    class Jenis(models.TextChoices):
        NASIONAL = "nasional", "Libur nasional"
        CUTI_BERSAMA = "cuti_bersama", "Cuti bersama"
        SETEMPAT = "setempat", "Libur setempat"
        TETAP_KERJA = "tetap_kerja", "Tetap hari kerja (membatalkan libur)"

    tanggal = models.DateField()
    nama = models.CharField(max_length=120)
    jenis = models.CharField(max_length=12, choices=Jenis.choices, default=Jenis.NASIONAL)
    kantor = models.ForeignKey(Kantor, null=True, blank=True, on_delete=models.CASCADE, related_name="hari_libur")

    class Meta:
        verbose_name = "hari libur"
        verbose_name_plural = "hari libur"
        ordering = ["tanggal"]
        constraints = [
            models.UniqueConstraint(fields=["tanggal", "jenis", "kantor"], name="libur_unik"),
            models.UniqueConstraint(
                fields=["tanggal", "jenis"], condition=models.Q(kantor__isnull=True), name="libur_unik_umum"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tanggal} {self.nama}"


class PeriodeJamLayanan(models.Model):
    """Other hours from one date to another (Ramadan, Perpres 21/2023). Without an office: all offices."""

    kantor = models.ForeignKey(Kantor, null=True, blank=True, on_delete=models.CASCADE, related_name="periode_jam")
    nama = models.CharField(max_length=80)
    dari = models.DateField()
    sampai = models.DateField()
    # {"1": ["08:00", "15:00", "12:00", "12:30"], ...}; isoweekday -> buka, tutup, istirahat; a missing day is closed.
    jam = models.JSONField(default=dict)

    class Meta:
        verbose_name = "periode jam layanan"
        verbose_name_plural = "periode jam layanan"
        ordering = ["dari"]

    def __str__(self) -> str:
        return f"{self.nama} {self.dari}–{self.sampai}"

    def clean(self) -> None:
        if self.dari > self.sampai:
            raise ValidationError("Tanggal akhir harus sesudah tanggal awal.")


class Aturan(models.Model):
    """A dated rule value, e.g. the minimum age: the law changes, old cases keep the rule of their day."""

    kode = models.SlugField(max_length=40)
    nilai = models.CharField(max_length=60)
    sumber = models.CharField(max_length=200)
    mulai = models.DateField("berlaku dari")
    selesai = models.DateField("berlaku sampai", null=True, blank=True)

    objects = BerlakuQuerySet.as_manager()

    class Meta:
        verbose_name = "aturan"
        verbose_name_plural = "aturan"
        ordering = ["kode", "-mulai"]
        constraints = [models.UniqueConstraint(fields=["kode", "mulai"], name="aturan_satu_per_tanggal")]

    def __str__(self) -> str:
        return f"{self.kode} = {self.nilai} sejak {self.mulai}"

    @classmethod
    def pada(cls, kode: str, tanggal: datetime.date | None = None) -> Aturan:
        """The rule in force on a date; Aturan.DoesNotExist when the reference data lacks it."""
        row = cls.objects.berlaku(tanggal or timezone.localdate()).filter(kode=kode).order_by("-mulai").first()
        if row is None:
            raise cls.DoesNotExist(f"Aturan {kode} belum diisi untuk tanggal ini.")
        return row
