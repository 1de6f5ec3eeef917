"""The book of money: double entry in whole rupiah, only ever added to (`dana/penjaga.py`), written by `dana/buku.py`.

Sign: a line says by how much the money *at that place* grows (+) or shrinks (-). The lines of one posting add up to
zero for each unsur, since money only moves. A balance is the sum of the lines. `luar` and `nilai_manfaat` are where
money comes from: what came from there stands in them as a negative sum.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from haji_portal.alur.models import Perkara
from haji_portal.jemaah.models import Setoran

MAKS_RUPIAH = 10**15
"""Largest amount of one line, far above any deposit: sums stay within 64 bits."""


class Akun(models.TextChoices):
    """Where the money is."""

    LUAR = "luar", "Penyetor"
    BPKH = "bpkh", "Dikelola BPKH"
    DIPESAN = "dipesan", "Di BPKH, disisihkan untuk pengembalian"
    SPM = "spm", "SPM terbit, menuju bank"
    BPS = "bps", "Dikirim bank, hasil belum pasti"
    PENERIMA = "penerima", "Di rekening penerima"
    NILAI_MANFAAT = "nilai_manfaat", "Nilai manfaat dari BPKH"


class Unsur(models.TextChoices):
    """What a refund consists of, kept apart to the end."""

    SETORAN = "setoran", "Setoran"
    NILAI_MANFAAT = "nilai_manfaat", "Nilai manfaat"


class Posting(models.Model):
    """One movement of one deposit's money. `rujukan` is its name for ever: written twice, it stands here once."""

    class Jenis(models.TextChoices):
        SETORAN = "setoran", "Setoran masuk"
        PESAN = "pesan", "Disisihkan untuk pengembalian"
        LEPAS = "lepas", "Pengembalian gagal, dana kembali dikelola"
        SPM = "spm", "SPM terbit"
        SESUAI = "sesuai", "Nilai manfaat disesuaikan"
        TRANSFER = "transfer", "Dikirim bank"
        TERIMA = "terima", "Diterima"
        RETUR = "retur", "Dikembalikan bank penerima"
        REVERSAL = "reversal", "Setoran dibatalkan bank"
        KEMBALI = "kembali", "Disetor kembali oleh jemaah"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rujukan = models.CharField(max_length=120, unique=True)
    jenis = models.CharField(max_length=10, choices=Jenis.choices)
    setoran = models.ForeignKey(Setoran, on_delete=models.PROTECT, related_name="posting")
    perkara = models.ForeignKey(Perkara, null=True, on_delete=models.PROTECT, related_name="posting")
    waktu = models.DateTimeField()
    keterangan = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "pembukuan dana"
        verbose_name_plural = "buku dana"
        ordering = ["waktu", "pk"]

    def __str__(self) -> str:
        return self.rujukan


class Baris(models.Model):
    """One line of a posting; it is written before its posting, which then counts and seals it."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="baris", db_index=False)
    akun = models.CharField(max_length=14, choices=Akun.choices)
    unsur = models.CharField(max_length=14, choices=Unsur.choices)
    jumlah = models.BigIntegerField("jumlah (rupiah)")

    class Meta:
        verbose_name = "baris buku dana"
        verbose_name_plural = "baris buku dana"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["posting", "akun", "unsur"], name="baris_satu_per_akun"),
            models.CheckConstraint(
                condition=~Q(jumlah=0) & Q(jumlah__gte=-MAKS_RUPIAH) & Q(jumlah__lte=MAKS_RUPIAH), name="baris_jumlah"
            ),
            models.CheckConstraint(
                condition=Q(unsur=Unsur.SETORAN, akun__in=[a for a in Akun if a != Akun.NILAI_MANFAAT])
                | Q(unsur=Unsur.NILAI_MANFAAT, akun__in=[a for a in Akun if a != Akun.LUAR]),
                name="baris_akun_unsur",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.akun} {self.jumlah:+}"


class PeriksaBuku(models.Model):
    """One full check of the book: when, over how much, and how many findings (0 = whole)."""

    waktu = models.DateTimeField()
    pembukuan = models.PositiveBigIntegerField("pembukuan diperiksa")
    temuan = models.PositiveIntegerField()

    class Meta:
        verbose_name = "pemeriksaan buku dana"
        verbose_name_plural = "pemeriksaan buku dana"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.waktu:%d-%m-%Y %H:%M}: {self.temuan} temuan"
