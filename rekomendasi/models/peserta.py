"""The people whom one application names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from haji_portal.jemaah.models import angka_16, hash_nik

if TYPE_CHECKING:
    from .rekomendasi import Rekomendasi


class Peserta(models.Model):
    """Somebody who travels. No row of `Jemaah`: nothing but this letter is kept of most of them."""

    rekomendasi: models.ForeignKey[Rekomendasi] = models.ForeignKey(
        "rekomendasi.Rekomendasi", on_delete=models.PROTECT, related_name="peserta"
    )
    urut = models.PositiveSmallIntegerField()
    nik = models.CharField("NIK", max_length=16, validators=[angka_16])
    nik_hash = models.CharField(max_length=64, db_index=True, editable=False)
    nama = models.CharField("nama lengkap", max_length=120)
    tempat_lahir = models.CharField(max_length=60)
    tanggal_lahir = models.DateField()
    hubungan = models.CharField("hubungan atau keterangan", max_length=60, blank=True)

    class Meta:
        verbose_name = "peserta"
        verbose_name_plural = "peserta"
        ordering = ["rekomendasi", "urut"]
        constraints = [
            models.UniqueConstraint(fields=["rekomendasi", "nik_hash"], name="peserta_sekali_per_permohonan")
        ]

    def __str__(self) -> str:
        return self.nama

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.nik_hash = hash_nik(self.nik)
        super().save(*args, **kwargs)
