"""The satisfaction survey (Permenpan-RB 14/2017): who may still answer, and answers that nobody can trace to a case.

The two tables share no key, no order and no time. docs/keputusan/0035 says what that is worth and what it is not.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from haji_portal.akun.models import Kantor
from haji_portal.alur.models import Perkara

UNSUR = ("u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8", "u9")
"""Codes of the nine elements; forms differ in their order, the code does not."""


class TautanSurvei(models.Model):
    """The one-time address of one case. Nothing says when it was used: that would be the time of an answer."""

    perkara = models.OneToOneField(Perkara, primary_key=True, on_delete=models.CASCADE, related_name="+")
    sidik = models.CharField("sidik token", max_length=64, unique=True)
    habis = models.DateField("berlaku sampai", db_index=True)
    terpakai = models.BooleanField(default=False)

    class Meta:
        verbose_name = "tautan survei"
        verbose_name_plural = "tautan survei"

    def __str__(self) -> str:
        return f"survei {self.perkara_id}"


class JawabanSurvei(models.Model):
    """One answered survey: service, office and month, nine values from 1 to 4, and what people chose to add."""

    class Usia(models.TextChoices):
        MUDA = "-29", "di bawah 30 tahun"
        DEWASA = "30-44", "30–44 tahun"
        MADYA = "45-59", "45–59 tahun"
        LANSIA = "60-", "60 tahun ke atas"

    class Kelamin(models.TextChoices):
        LAKI = "L", "laki-laki"
        PEREMPUAN = "P", "perempuan"

    class Pendidikan(models.TextChoices):
        SD = "sd", "SD atau di bawahnya"
        SMP = "smp", "SMP"
        SMA = "sma", "SMA"
        DIPLOMA = "d", "diploma"
        S1 = "s1", "S1"
        S2 = "s2", "S2 ke atas"

    class Pekerjaan(models.TextChoices):
        ASN = "asn", "PNS/ASN, TNI, Polri"
        SWASTA = "swasta", "pegawai swasta"
        WIRAUSAHA = "wirausaha", "wirausaha, pedagang"
        TANI = "tani", "petani, nelayan"
        LAIN = "lain", "lainnya"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    layanan = models.SlugField(max_length=30)
    kantor = models.ForeignKey(Kantor, on_delete=models.PROTECT, related_name="+")
    bulan = models.DateField(help_text="Hari pertama bulan itu, menurut waktu kantor.")
    u1 = models.PositiveSmallIntegerField("U1 persyaratan")
    u2 = models.PositiveSmallIntegerField("U2 sistem, mekanisme, dan prosedur")
    u3 = models.PositiveSmallIntegerField("U3 waktu penyelesaian")
    u4 = models.PositiveSmallIntegerField("U4 biaya/tarif")
    u5 = models.PositiveSmallIntegerField("U5 produk spesifikasi jenis pelayanan")
    u6 = models.PositiveSmallIntegerField("U6 kompetensi pelaksana")
    u7 = models.PositiveSmallIntegerField("U7 perilaku pelaksana")
    u8 = models.PositiveSmallIntegerField("U8 sarana dan prasarana")
    u9 = models.PositiveSmallIntegerField("U9 penanganan pengaduan, saran, dan masukan")
    saran = models.TextField(max_length=500, blank=True)
    usia = models.CharField("kelompok usia", max_length=6, choices=Usia.choices, blank=True)
    kelamin = models.CharField("jenis kelamin", max_length=1, choices=Kelamin.choices, blank=True)
    pendidikan = models.CharField(max_length=4, choices=Pendidikan.choices, blank=True)
    pekerjaan = models.CharField(max_length=10, choices=Pekerjaan.choices, blank=True)

    class Meta:
        verbose_name = "jawaban survei"
        verbose_name_plural = "jawaban survei"
        ordering = ["-bulan", "id"]
        indexes = [models.Index(fields=["kantor", "layanan", "bulan"], name="survei_kantor_bulan")]
        constraints = [
            models.CheckConstraint(condition=Q(**{f"{u}__range": (1, 4)}), name=f"survei_{u}_1_4") for u in UNSUR
        ]

    def __str__(self) -> str:
        return f"{self.layanan} {self.bulan:%m-%Y}"
