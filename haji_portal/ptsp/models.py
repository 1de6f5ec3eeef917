"""What the public site itself has to remember: attempts at the status lookup, without saying whose."""

from __future__ import annotations

from django.db import models


class PercobaanCek(models.Model):
    """One attempt under one key (a case number or an address, as a keyed hash); rows live as long as the limit."""

    kunci = models.CharField(max_length=64)
    waktu = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "percobaan cek status"
        verbose_name_plural = "percobaan cek status"
        indexes = [models.Index(fields=["kunci", "waktu"])]

    def __str__(self) -> str:
        return f"{self.kunci[:8]} {self.waktu:%d-%m-%Y %H.%M}"


class DetakPekerja(models.Model):
    """The last sign of life of a Celery worker, one row, for /sehat/."""

    nama = models.CharField(max_length=20, primary_key=True)
    waktu = models.DateTimeField()

    class Meta:
        verbose_name = "detak pekerja"
        verbose_name_plural = "detak pekerja"

    def __str__(self) -> str:
        return f"{self.nama} {self.waktu:%d-%m-%Y %H.%M.%S}"
