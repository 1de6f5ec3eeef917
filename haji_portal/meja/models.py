"""What the desk and the API remember: files exchanged with Siskohat, what left the portal, requests done once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from haji_portal.akun.models import Kantor, Pengguna
from haji_portal.alur.models import Perkara


class ImporBerkas(models.Model):
    """An uploaded file of answers. The bytes stay as proof under `kunci` with their SHA-256; rows in BarisImpor.

    kolom: list of {judul, dipakai}, the file's columns and what each was taken for ("" = ignored). catatan: sentences
    about the file as a whole.
    """

    kantor = models.ForeignKey(Kantor, on_delete=models.PROTECT, related_name="impor_berkas")
    layanan = models.SlugField(max_length=30)
    pengguna = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    dibuat = models.DateTimeField()
    nama = models.CharField("nama berkas", max_length=120)
    ukuran = models.PositiveIntegerField("ukuran (byte)")
    sha256 = models.CharField("SHA-256", max_length=64)
    kunci = models.CharField("kunci penyimpanan", max_length=80, unique=True, editable=False)
    diperiksa = models.DateTimeField(null=True, blank=True)
    kolom = models.JSONField(default=list)
    catatan = models.JSONField(default=list)

    class Meta:
        verbose_name = "impor Siskohat"
        verbose_name_plural = "impor Siskohat"
        ordering = ["-dibuat", "-pk"]
        indexes = [models.Index(fields=["kantor", "-dibuat"])]

    def __str__(self) -> str:
        return f"{self.nama} ({self.kantor})"

    @classmethod
    def untuk(cls, pengguna: Pengguna, peran: frozenset[str]) -> models.QuerySet[ImporBerkas]:
        """Imports of the offices in which the person now holds one of these roles; others do not exist (404)."""
        kantor = [t.kantor_id for t in pengguna.penugasan_berlaku() if t.peran in peran]
        return cls.objects.filter(kantor__in=kantor).select_related("kantor", "pengguna")


class BarisImpor(models.Model):
    """One row of an uploaded file as it was shown, and what became of it.

    nomor: what stood in the key column; isi: the cells of the answer as they were read (no NIK); versi: the case's
    version when the row was shown: a case that moved on since is reported, never forced.
    """

    class Keadaan(models.TextChoices):
        SIAP = "siap", "Akan dicatat"
        SAMA = "sama", "Sudah tercatat"
        GALAT = "galat", "Perlu diperbaiki"
        KOSONG = "kosong", "Belum diisi"
        TERCATAT = "tercatat", "Dicatat"
        GAGAL = "gagal", "Tidak jadi"

    impor = models.ForeignKey(ImporBerkas, on_delete=models.PROTECT, related_name="baris")
    urut = models.PositiveIntegerField("baris ke")
    nomor = models.CharField(max_length=60, blank=True)
    perkara = models.ForeignKey(Perkara, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    versi = models.PositiveIntegerField(null=True, blank=True)
    isi = models.JSONField(default=dict)
    keadaan = models.CharField(max_length=8, choices=Keadaan.choices)
    kalimat = models.CharField(max_length=500, blank=True)
    pengguna = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    waktu = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "baris impor"
        verbose_name_plural = "baris impor"
        ordering = ["impor", "urut"]
        constraints = [
            models.UniqueConstraint(fields=["impor", "urut"], name="baris_impor_sekali"),
            models.CheckConstraint(
                condition=~Q(keadaan="siap") | Q(perkara__isnull=False, versi__isnull=False),
                name="baris_siap_berperkara",
            ),
        ]
        indexes = [models.Index(fields=["impor", "keadaan", "urut"])]

    def __str__(self) -> str:
        return f"{self.impor_id}#{self.urut}"


class UnduhanBerkas(models.Model):
    """Personal data left the portal as a file: who took what, of which cases, and when (UU 27/2022)."""

    class Apa(models.TextChoices):
        EKSPOR = "ekspor", "Data yang menunggu"
        BUKTI = "bukti", "Berkas yang diunggah"
        HASIL = "hasil", "Hasil pencatatan"

    kantor = models.ForeignKey(Kantor, on_delete=models.PROTECT, related_name="unduhan_berkas")
    layanan = models.SlugField(max_length=30)
    apa = models.CharField(max_length=6, choices=Apa.choices)
    pengguna = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    waktu = models.DateTimeField()
    format = models.CharField(max_length=5)
    jumlah = models.PositiveIntegerField("jumlah perkara")
    sha256 = models.CharField("SHA-256", max_length=64)
    impor = models.ForeignKey(ImporBerkas, null=True, blank=True, on_delete=models.PROTECT, related_name="unduhan")
    perkara = models.ManyToManyField(Perkara, related_name="unduhan_berkas", blank=True)

    class Meta:
        verbose_name = "unduhan Siskohat"
        verbose_name_plural = "unduhan Siskohat"
        ordering = ["-waktu", "-pk"]
        indexes = [models.Index(fields=["kantor", "-waktu"])]

    def __str__(self) -> str:
        return f"{self.get_apa_display()}: {self.jumlah} perkara, {self.pengguna}"


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
    # Text, not JSON: PostgreSQL would hand the members back in another order, and the answer is to be the same.
    isi = models.TextField(blank=True)

    class Meta:
        verbose_name = "kunci idempotensi"
        verbose_name_plural = "kunci idempotensi"
        constraints = [models.UniqueConstraint(fields=["pemilik", "kunci"], name="idempotensi_satu_per_pemilik")]

    def __str__(self) -> str:
        return f"{self.pemilik} {self.kunci[:8]}"
