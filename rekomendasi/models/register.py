"""The register of travel organisers with their licences: one list for every office, each change in an immutable log."""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from haji_portal.alur.tampil_waktu import tanggal
from haji_portal.meja.models import ImporBerkas

from ..tahap import Tujuan

MAKS_CARI = 80
_BADAN = re.compile(r"^(pt|cv|pt tbk)\s+|\s+(pt|cv|tbk)$")


def rata_nama(nama: str) -> str:
    """A company's name as it is compared: without case, marks and the legal form before or behind it."""
    teks = unicodedata.normalize("NFKC", nama).casefold()
    polos = " ".join(re.sub(r"[^0-9a-z]+", " ", teks).split())
    return _BADAN.sub("", polos).strip() or polos


class PenyelenggaraQuerySet(models.QuerySet):
    def dengan_sk(self) -> PenyelenggaraQuerySet:
        """With `sk_nomor`, `sk_akhir`, `sk_pk` of the newest licence: the one that counts."""
        terbaru = SkPenyelenggara.objects.filter(penyelenggara=OuterRef("pk"), dicabut=None)
        terbaru = terbaru.order_by("-tanggal", "-pk")
        return self.annotate(
            sk_pk=Subquery(terbaru.values("pk")[:1]),
            sk_nomor=Subquery(terbaru.values("nomor")[:1]),
            sk_akhir=Subquery(terbaru.values("berlaku_sampai")[:1]),
        )

    def habis_sampai(self, hari: datetime.date) -> PenyelenggaraQuerySet:
        """Whose newest licence ends on that day or before; who has none recorded is not among them."""
        return self.dengan_sk().filter(sk_akhir__lte=hari)

    def cari(self, teks: str) -> PenyelenggaraQuerySet:
        """By name, city or number of a licence."""
        teks = teks.strip()[:MAKS_CARI]
        if not teks:
            return self
        kena = SkPenyelenggara.objects.filter(nomor__icontains=teks).values("penyelenggara")
        q = Q(kota__icontains=teks) | Q(pk__in=kena)
        if rata := rata_nama(teks):
            q |= Q(nama_rata__contains=rata)
        return self.filter(q)


class PenyelenggaraPerjalanan(models.Model):
    """An organiser under one kind of licence; who holds both kinds stands here twice."""

    class Jenis(models.TextChoices):
        PPIU = "ppiu", "PPIU (umrah)"
        PIHK = "pihk", "PIHK (haji khusus)"

    # Which licence a purpose needs (Kepulauan Seribu 009/2023 prints PPIU; PIHK for haji khusus is our extension).
    UNTUK = {Tujuan.UMRAH.value: Jenis.PPIU, Tujuan.HAJI_KHUSUS.value: Jenis.PIHK}

    jenis = models.CharField(max_length=4, choices=Jenis.choices, default=Jenis.PPIU)
    nama = models.CharField("nama penyelenggara", max_length=150)
    nama_rata = models.CharField(max_length=150, editable=False, db_index=True)
    kota = models.CharField("kota/kabupaten", max_length=80, blank=True)
    alamat = models.CharField(max_length=250, blank=True)
    telepon = models.CharField(max_length=40, blank=True)
    catatan = models.CharField(max_length=400, blank=True)
    dibuat = models.DateTimeField(auto_now_add=True)

    objects = PenyelenggaraQuerySet.as_manager()

    class Meta:
        verbose_name = "penyelenggara perjalanan"
        verbose_name_plural = "penyelenggara perjalanan"
        ordering = ["nama", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["jenis", "nama_rata"], name="penyelenggara_sekali",
                violation_error_message="Penyelenggara dengan nama dan jenis izin ini sudah ada dalam daftar.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.nama

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.nama_rata = rata_nama(self.nama)[:150]
        super().save(*args, **kwargs)

    @property
    def izin(self) -> str:
        """PPIU or PIHK, as it stands before the number of a licence."""
        return str(self.jenis).upper()

    def sk_terbaru(self) -> SkPenyelenggara | None:
        return self.sk.filter(dicabut=None).order_by("-tanggal", "-pk").first()

    def sk_berlaku(self, hari: datetime.date) -> SkPenyelenggara | None:
        """The newest licence in force on that day; None where there is none."""
        berlaku = self.sk.filter(SkPenyelenggara.q_berlaku(hari))
        return berlaku.order_by("-tanggal", "-pk").first()


class SkPenyelenggara(models.Model):
    """One licence. A renewed one is a further row: the old one stays, with the letters that were written under it."""

    penyelenggara = models.ForeignKey(PenyelenggaraPerjalanan, on_delete=models.PROTECT, related_name="sk")
    nomor = models.CharField("nomor SK", max_length=80)
    tanggal = models.DateField("tanggal SK")
    berlaku_sampai = models.DateField(
        null=True, blank=True, help_text="Hari terakhir SK berlaku. Kosong bila SK tidak menyebut batas."
    )
    dicabut = models.DateField("dicabut sejak", null=True, blank=True)
    dicatat = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "SK penyelenggara"
        verbose_name_plural = "SK penyelenggara"
        ordering = ["penyelenggara", "-tanggal", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["penyelenggara", "nomor"], name="sk_penyelenggara_sekali",
                violation_error_message="Nomor SK ini sudah tercatat untuk penyelenggara tersebut.",
            ),
            models.CheckConstraint(
                condition=Q(berlaku_sampai__isnull=True) | Q(berlaku_sampai__gte=F("tanggal")),
                name="sk_penyelenggara_urut",
                violation_error_message="Batas berlaku tidak dapat sebelum tanggal SK.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"SK {self.nomor}"

    @staticmethod
    def q_berlaku(hari: datetime.date) -> Q:
        akhir = Q(berlaku_sampai=None) | Q(berlaku_sampai__gte=hari)
        return Q(tanggal__lte=hari) & akhir & (Q(dicabut=None) | Q(dicabut__gt=hari))

    def berlaku(self, hari: datetime.date) -> bool:
        mulai = self.tanggal <= hari and (self.dicabut is None or self.dicabut > hari)
        return mulai and (self.berlaku_sampai is None or self.berlaku_sampai >= hari)

    def keadaan(self, hari: datetime.date) -> str:
        """In words: until when it counts, or since when it does not."""
        if self.dicabut is not None and self.dicabut <= hari:
            return f"dicabut sejak {tanggal(self.dicabut)}"
        if self.tanggal > hari:
            return f"baru berlaku mulai {tanggal(self.tanggal)}"
        if self.berlaku_sampai is None:
            return "berlaku, tanpa batas waktu"
        if self.berlaku_sampai < hari:
            return f"habis {tanggal(self.berlaku_sampai)}"
        return f"berlaku sampai {tanggal(self.berlaku_sampai)}"


class JejakRegister(models.Model):
    """Who changed what of the register, and how; append-only (rekomendasi.apps)."""

    class Apa(models.TextChoices):
        BARU = "baru", "Penyelenggara dicatat"
        UBAH = "ubah", "Data diubah"
        SK_BARU = "sk_baru", "SK dicatat"
        SK_UBAH = "sk_ubah", "SK diperbaiki"

    penyelenggara = models.ForeignKey(PenyelenggaraPerjalanan, on_delete=models.PROTECT, related_name="jejak")
    apa = models.CharField(max_length=8, choices=Apa.choices)
    # {field: [before, after]} as text.
    isi = models.JSONField(default=dict)
    pengguna = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    waktu = models.DateTimeField()
    impor = models.ForeignKey(ImporBerkas, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "jejak daftar penyelenggara"
        verbose_name_plural = "jejak daftar penyelenggara"
        ordering = ["-waktu", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_apa_display()} {self.penyelenggara_id}"


class PeringatanSk(models.Model):
    """That a licence ends soon, or has ended, was told: once per licence and threshold (days before its end)."""

    sk = models.ForeignKey(SkPenyelenggara, on_delete=models.CASCADE, related_name="peringatan")
    ambang = models.PositiveSmallIntegerField("ambang (hari)")
    waktu = models.DateTimeField()

    class Meta:
        verbose_name = "peringatan SK"
        verbose_name_plural = "peringatan SK"
        ordering = ["-waktu", "-pk"]
        constraints = [models.UniqueConstraint(fields=["sk", "ambang"], name="peringatan_sk_sekali")]

    def __str__(self) -> str:
        return f"{self.sk}: {self.ambang} hari"
