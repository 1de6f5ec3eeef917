"""SOP tables as data: loaded from the apps' YAML, with identity block and validity."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from functools import lru_cache

from django.db import models
from django.db.models import Q
from django.utils import timezone


class SOP(models.Model):
    kode = models.CharField(max_length=80)
    layanan = models.SlugField(max_length=40)
    kantor = models.SlugField("kantor atau nasional", max_length=40)
    varian = models.SlugField(max_length=40, blank=True)
    nama = models.CharField(max_length=150)
    berlaku_dari = models.DateField()
    berlaku_sampai = models.DateField(null=True, blank=True)
    jangka_waktu = models.CharField(max_length=60, blank=True)
    catatan = models.TextField(blank=True)
    identitas = models.JSONField(default=dict)
    kolom = models.JSONField(default=list)
    # What stands above the rows that the office's own print leaves out (LangkahSOP.lanjutan).
    lanjutan = models.CharField("judul langkah lanjutan", max_length=80, blank=True)
    # The status in which cases under this table begin, "" where it is the machine's own (`Permohonan.status_awal`).
    awal = models.CharField("status awal", max_length=30, blank=True)
    # Time limits that span rows: [{"kode", "menit" or "hari_kerja", "pihak", "sumber"}]; each runs while the file is
    # with one of its `pihak` (Tahap.pihak).
    rentang = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = "SOP"
        verbose_name_plural = "SOP"
        ordering = ["kode", "-berlaku_dari"]
        constraints = [models.UniqueConstraint(fields=["kode", "berlaku_dari"], name="sop_satu_per_tanggal")]

    def __str__(self) -> str:
        return f"{self.nama} ({self.kantor})"

    @classmethod
    def untuk(cls, layanan: str, kantor: str, varian: str = "", pada: datetime.date | None = None) -> SOP:
        """The office's own table in force on a date, else the national one; SOP.DoesNotExist when neither is."""
        kunci = (layanan, kantor, varian)
        sop = cls.pilih([kunci], pada).get(kunci)
        if sop is None:
            raise cls.DoesNotExist(f"Belum ada SOP {layanan} yang berlaku untuk kantor ini.")
        return sop

    @classmethod
    def pilih(
        cls, kunci: Collection[tuple[str, str, str]], pada: datetime.date | None = None
    ) -> dict[tuple[str, str, str], SOP]:
        """`untuk()` for many (layanan, kantor, varian) with one query; what has no table in force is left out.

        An office that prints one table for all variants has it under no variant; it comes before a national one.
        """
        pada = pada or timezone.localdate()
        berlaku = cls.objects.filter(
            Q(berlaku_sampai__isnull=True) | Q(berlaku_sampai__gte=pada),
            layanan__in={layanan for layanan, _, _ in kunci},
            kantor__in={kantor for _, kantor, _ in kunci} | {"nasional"},
            berlaku_dari__lte=pada,
        ).order_by("berlaku_dari")
        # The newest of each wins, being last.
        ada = {(s.layanan, s.kantor, s.varian): s for s in berlaku}
        hasil = {k: _terdekat(ada, *k) for k in kunci}
        return {k: sop for k, sop in hasil.items() if sop is not None}

    def baris(self) -> list[LangkahSOP]:
        """The rows in printed order; only to be read, every case of a table gets the same ones.

        Kept on this instance, and for the same minute by the process: a table has some twenty rows, every step and
        every page of a case wants them, and they change with a new version of the portal only.
        """
        if not hasattr(self, "_baris"):
            self._baris = _baris(self.pk, timezone.now().replace(second=0, microsecond=0))
        return self._baris


def _terdekat(ada: Mapping[tuple[str, str, str], SOP], layanan: str, kantor: str, varian: str) -> SOP | None:
    tempat = [(kantor, varian), (kantor, ""), ("nasional", varian)]
    return next((ada[layanan, k, v] for k, v in tempat if (layanan, k, v) in ada), None)


@lru_cache(maxsize=512)
def _baris(sop_id: int, _menit: datetime.datetime) -> list[LangkahSOP]:
    return list(LangkahSOP.objects.filter(sop_id=sop_id))


def kantor_bertabel(layanan: tuple[str, ...]) -> frozenset[str]:
    """The offices (slugs, or "nasional") with a table of one of these services; kept for the same minute."""
    return _kantor_bertabel(layanan, timezone.now().replace(second=0, microsecond=0))


@lru_cache(maxsize=64)
def _kantor_bertabel(layanan: tuple[str, ...], _menit: datetime.datetime) -> frozenset[str]:
    return frozenset(SOP.objects.filter(layanan__in=layanan).values_list("kantor", flat=True))


def lupakan_baris() -> None:
    """Forget the kept rows: after tables were loaded, and between tests."""
    _baris.cache_clear()
    _kantor_bertabel.cache_clear()


class LangkahSOP(models.Model):
    """One printed row. `transisi` completes it, `status` says whose time counts for it."""

    class Bentuk(models.TextChoices):
        MULAI = "mulai", "Mulai"
        PROSES = "proses", "Proses"
        KEPUTUSAN = "keputusan", "Keputusan"
        SELESAI = "selesai", "Selesai"

    sop = models.ForeignKey(SOP, on_delete=models.CASCADE, related_name="langkah")
    urut = models.PositiveSmallIntegerField()
    no = models.CharField(max_length=4)
    aktivitas = models.CharField(max_length=250)
    pelaksana = models.JSONField(default=list)
    kolom = models.JSONField(default=list)
    salah_satu = models.BooleanField(default=False)
    menunggu = models.CharField(max_length=60, blank=True)
    bentuk = models.CharField(max_length=10, choices=Bentuk.choices, default=Bentuk.PROSES)
    kembali_ke = models.CharField(max_length=4, blank=True)
    kelengkapan = models.CharField(max_length=250, blank=True)
    menit = models.PositiveIntegerField(null=True, blank=True)
    hari_kerja = models.PositiveSmallIntegerField(null=True, blank=True)
    output = models.CharField(max_length=150, blank=True)
    cabang = models.BooleanField(default=False)
    transisi = models.JSONField(default=list)
    selesai = models.CharField(max_length=10, default="semua")
    status = models.JSONField(default=list)
    # The kinds of letters that the row's signing step signs, the leading one first; [] leaves it to the declaration.
    surat = models.JSONField(default=list, blank=True)
    # Not printed in the office's own table: where that ends at the office's door, these rows of the national SOP go on.
    lanjutan = models.BooleanField(default=False)

    class Meta:
        verbose_name = "langkah SOP"
        verbose_name_plural = "langkah SOP"
        ordering = ["sop_id", "urut"]
        constraints = [models.UniqueConstraint(fields=["sop", "no"], name="langkah_sop_nomor")]

    def __str__(self) -> str:
        return f"{self.no}. {self.aktivitas}"
