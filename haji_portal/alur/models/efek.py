"""The outbox: one row per thing that must follow a step, claimed by compare-and-swap."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .riwayat import Riwayat


class Efek(models.Model):
    riwayat = models.ForeignKey(Riwayat, on_delete=models.PROTECT, related_name="efek")
    jenis = models.CharField(max_length=40)
    kunci = models.CharField(max_length=80, blank=True)
    jatuh_tempo = models.DateTimeField()
    percobaan = models.PositiveSmallIntegerField(default=0)
    sewa_sampai = models.DateTimeField(null=True, blank=True)
    selesai = models.DateTimeField(null=True, blank=True)
    # Set when the tries are used up: a person must look (admin list, /sehat/ counts it as pending).
    menyerah = models.DateTimeField(null=True, blank=True)
    galat = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "efek"
        verbose_name_plural = "efek"
        ordering = ["jatuh_tempo", "pk"]
        constraints = [models.UniqueConstraint(fields=["riwayat", "jenis", "kunci"], name="efek_sekali")]
        indexes = [models.Index(fields=["jatuh_tempo"], condition=Q(selesai__isnull=True), name="efek_tertunda")]

    def __str__(self) -> str:
        return f"{self.jenis} ({self.riwayat_id})"
