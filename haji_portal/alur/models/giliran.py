"""Whose turn it is, and what only one open case may hold."""

from __future__ import annotations

from django.db import models

from haji_portal.akun.models import Kantor, Peran

from .perkara import Perkara


class Giliran(models.Model):
    """One or more rows per open case: the inbox is a query on this table."""

    class Pihak(models.TextChoices):
        KANTOR = "kantor", "Kantor"
        KANWIL = "kanwil", "Kantor Wilayah"
        PUSAT = "pusat", "Kementerian (pusat)"
        PEMOHON = "pemohon", "Menunggu pemohon"
        MITRA = "mitra", "Menunggu pihak lain"

    # The offices of the ministry: the SOP's time runs while one of them has the file, and its lateness is warned of.
    KEMENTERIAN = (Pihak.KANTOR, Pihak.KANWIL, Pihak.PUSAT)

    perkara = models.ForeignKey(Perkara, on_delete=models.CASCADE, related_name="giliran")
    peran = models.CharField(max_length=12, choices=Peran.choices)
    kantor = models.ForeignKey(Kantor, on_delete=models.PROTECT, related_name="giliran")
    pihak = models.CharField(max_length=8, choices=Pihak.choices, default=Pihak.KANTOR)
    kegiatan = models.CharField(max_length=100, help_text="Langkah berikutnya sebagai kata kerja.")
    langkah = models.CharField(max_length=40, blank=True)
    sejak = models.DateTimeField()
    # The same for every turn of a case; the case's round is copied, so that the tabs are counted on this table alone.
    tenggat = models.DateTimeField(null=True, blank=True)
    putaran = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = "giliran"
        verbose_name_plural = "giliran"
        constraints = [models.UniqueConstraint(fields=["perkara", "peran", "kantor"], name="giliran_unik")]
        # The inbox in its order: the first page is read from here, however many cases wait behind it.
        indexes = [models.Index(fields=["kantor", "peran", "pihak", "tenggat", "perkara"], name="giliran_kotak")]

    def __str__(self) -> str:
        return f"{self.perkara_id}: {self.peran}"


class Kunci(models.Model):
    """Taken when a case opens, released when it closes; the database keeps a second open case out."""

    perkara = models.ForeignKey(Perkara, on_delete=models.CASCADE, related_name="kunci_dipegang")
    jenis = models.CharField(max_length=20)
    nilai = models.CharField(max_length=80)

    class Meta:
        verbose_name = "kunci"
        verbose_name_plural = "kunci"
        constraints = [models.UniqueConstraint(fields=["jenis", "nilai"], name="kunci_satu_perkara_terbuka")]

    def __str__(self) -> str:
        return f"{self.jenis} ({self.perkara_id})"


class Terlibat(models.Model):
    """An office outside the ministry (BPKH, BPS) that was given a case, or filed it: what such an office may see."""

    perkara = models.ForeignKey(Perkara, on_delete=models.CASCADE, related_name="terlibat")
    kantor = models.ForeignKey(Kantor, on_delete=models.PROTECT, related_name="terlibat")

    class Meta:
        verbose_name = "mitra yang terlibat"
        verbose_name_plural = "mitra yang terlibat"
        constraints = [models.UniqueConstraint(fields=["perkara", "kantor"], name="terlibat_sekali")]

    def __str__(self) -> str:
        return f"{self.perkara_id}: {self.kantor}"
