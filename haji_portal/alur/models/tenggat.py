"""Deadlines in the owning office's working time. Every stay in a status is a row; every minute has an owner."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from haji_portal.akun.models import Kantor

from .giliran import Giliran
from .perkara import Perkara


class Tenggat(models.Model):
    """One stay in a status (`jenis=status`) or a span over several (`jenis=rentang`).

    `pihak` owns its minutes, `kantor` is the office whose hours, holidays and outages count: the case's own, its
    Kanwil, or the centre. Budget: `hari_kerja` working days and then `menit` working minutes, both empty = the SOP
    sets none (the stay is still measured); `hari_kerja` 0 with `menit` is what a span of days has left when it is
    entered again. `batas` already contains pauses and extensions. `menit_terpakai` is set when the row is closed.
    """

    class Jenis(models.TextChoices):
        STATUS = "status", "Tahap"
        RENTANG = "rentang", "Rentang"

    perkara = models.ForeignKey(Perkara, on_delete=models.CASCADE, related_name="tenggat")
    jenis = models.CharField(max_length=8, choices=Jenis.choices, default=Jenis.STATUS)
    kode = models.CharField(max_length=40)
    kelompok = models.CharField("nomor baris SOP", max_length=40, blank=True)
    putaran = models.PositiveSmallIntegerField(default=1)
    pihak = models.CharField(max_length=8, choices=Giliran.Pihak.choices, default=Giliran.Pihak.KANTOR)
    kantor = models.ForeignKey(Kantor, on_delete=models.PROTECT, related_name="tenggat")
    mulai = models.DateTimeField()
    selesai = models.DateTimeField(null=True, blank=True)
    menit = models.PositiveIntegerField(null=True, blank=True)
    hari_kerja = models.PositiveSmallIntegerField(null=True, blank=True)
    tambahan_menit = models.PositiveIntegerField("perpanjangan (menit)", default=0)
    alasan_perpanjangan = models.CharField(max_length=300, blank=True)
    batas = models.DateTimeField(null=True, blank=True)
    menit_terpakai = models.PositiveIntegerField(null=True, blank=True)
    sumber = models.CharField(max_length=200, blank=True)
    # 0 none yet, 1 owner warned, 2 and 3 the officials above (`alur.tenggat.TINGKAT`): moved only by compare-and-swap,
    # so each warns exactly once.
    peringatan = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "tenggat"
        verbose_name_plural = "tenggat"
        ordering = ["perkara_id", "mulai"]
        constraints = [
            models.UniqueConstraint(
                fields=["perkara", "jenis", "kode"], condition=Q(selesai__isnull=True), name="tenggat_satu_terbuka"
            )
        ]
        indexes = [
            # The sweep of every minute: what is late and was told to everybody lies outside.
            models.Index(
                fields=["batas"],
                condition=Q(selesai__isnull=True, pihak__in=Giliran.KEMENTERIAN, peringatan__lt=3),
                name="tenggat_diawasi",
            )
        ]

    def __str__(self) -> str:
        return f"{self.perkara_id} {self.kode}"


class Jeda(models.Model):
    """A time in which the clock stands still: for one case, or for a whole office (Siskohat or network down)."""

    kantor = models.ForeignKey(Kantor, on_delete=models.CASCADE, related_name="jeda")
    perkara = models.ForeignKey(Perkara, null=True, blank=True, on_delete=models.CASCADE, related_name="jeda")
    mulai = models.DateTimeField()
    selesai = models.DateTimeField(null=True, blank=True)
    alasan = models.CharField(max_length=300)

    class Meta:
        verbose_name = "jeda"
        verbose_name_plural = "jeda"
        ordering = ["mulai"]

    def __str__(self) -> str:
        return f"{self.kantor} {self.mulai:%d-%m-%Y %H.%M}"
