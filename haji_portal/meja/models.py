"""What the API itself has to remember: keys under which a program's request was done, and the answer it got."""

from __future__ import annotations

from django.db import models


class KunciIdempotensi(models.Model):
    """One `Idempotency-Key` of one caller. The row is claimed before the work and completed inside its transaction.

    kunci and sidik are keyed hashes: neither what the caller wrote as key nor what was sent can be read back.
    """

    pemilik = models.CharField(max_length=40)
    kunci = models.CharField(max_length=64)
    sidik = models.CharField("sidik permintaan", max_length=64)
    pemegang = models.CharField("permintaan yang memegangnya", max_length=32)
    sewa_sampai = models.DateTimeField("dipegang sampai")
    dibuat = models.DateTimeField(db_index=True)
    selesai = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    kepala = models.JSONField(default=dict)
    isi = models.JSONField(default=dict)

    class Meta:
        verbose_name = "kunci idempotensi"
        verbose_name_plural = "kunci idempotensi"
        constraints = [models.UniqueConstraint(fields=["pemilik", "kunci"], name="idempotensi_satu_per_pemilik")]

    def __str__(self) -> str:
        return f"{self.pemilik} {self.kunci[:8]}"
