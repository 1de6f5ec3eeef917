"""The queue of an office: what can be queued for, desks, the guest book, tickets and what happened to them, devices."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.models import Perkara
from haji_portal.alur.penutupan import hari_kantor

from .publik import token_baru

TERBESAR = 999
"""The highest number of one letter on one day: three digits stand on the ticket and are spoken."""


class LayananAntrean(models.Model):
    """What visitors of one office can queue for, and the letter of its numbers."""

    kantor = models.ForeignKey(Kantor, on_delete=models.CASCADE, related_name="layanan_antrean")
    huruf = models.CharField(
        max_length=1, validators=[RegexValidator(r"^[A-Z]\Z", "Satu huruf besar.")],
        help_text="Huruf di depan nomor antrean.",
    )  # fmt: skip
    nama = models.CharField(max_length=60)
    keterangan = models.CharField(max_length=120, blank=True, help_text="Satu kalimat di bawah nama pada tablet.")
    # A kind of case (alur.apps); its intake opens from the ticket. "" for what never becomes a case.
    jenis = models.SlugField("jenis perkara", max_length=30, blank=True)
    urut = models.PositiveSmallIntegerField("urutan", default=0)
    aktif = models.BooleanField(default=True)

    class Meta:
        verbose_name = "layanan antrean"
        verbose_name_plural = "layanan antrean"
        ordering = ["kantor_id", "urut", "huruf"]
        constraints = [
            models.UniqueConstraint(
                fields=["kantor", "huruf"], name="layanan_antrean_huruf",
                violation_error_message="Huruf ini sudah dipakai layanan lain di kantor ini.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.huruf} {self.nama}"


class Loket(models.Model):
    """A desk of an office, and who sits at it."""

    kantor = models.ForeignKey(Kantor, on_delete=models.CASCADE, related_name="loket")
    nomor = models.PositiveSmallIntegerField()
    nama = models.CharField(max_length=40, blank=True, help_text="Bila bukan “Loket” dengan nomornya.")
    layanan = models.ManyToManyField(
        LayananAntrean, blank=True, related_name="loket", verbose_name="layanan yang dilayani",
        help_text="Kosong berarti semua layanan.",
    )  # fmt: skip
    aktif = models.BooleanField(default=True)
    petugas = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="loket",
        verbose_name="dipakai oleh",
    )  # fmt: skip
    petugas_sejak = models.DateTimeField("dipakai sejak", null=True, blank=True)

    class Meta:
        verbose_name = "loket"
        verbose_name_plural = "loket"
        ordering = ["kantor_id", "nomor"]
        constraints = [
            models.UniqueConstraint(
                fields=["kantor", "nomor"], name="loket_nomor", violation_error_message="Nomor loket ini sudah ada."
            ),
            models.UniqueConstraint(fields=["petugas"], name="loket_satu_per_petugas"),
        ]

    def __str__(self) -> str:
        return self.sebutan

    @property
    def sebutan(self) -> str:
        return self.nama or f"Loket {self.nomor}"

    def dipakai(self, hari: datetime.date) -> bool:
        """Whether somebody sat down at it on this local day; yesterday's place is free again."""
        sejak = self.petugas_sejak
        return self.petugas_id is not None and sejak is not None and hari_kantor(self.kantor, sejak) == hari


class BukuTamu(models.Model):
    """One visitor as they signed the guest book. After some months the row stays as a count, without the person."""

    kantor = models.ForeignKey(Kantor, on_delete=models.PROTECT, related_name="buku_tamu")
    tanggal = models.DateField()
    waktu = models.DateTimeField()
    nama = models.CharField(max_length=120, blank=True)
    asal = models.CharField("alamat atau asal", max_length=120, blank=True)
    telepon = models.CharField("nomor telepon", max_length=20, blank=True)
    keperluan = models.CharField(max_length=160)
    dikosongkan = models.DateTimeField("data diri dihapus", null=True, blank=True)

    class Meta:
        verbose_name = "buku tamu"
        verbose_name_plural = "buku tamu"
        ordering = ["-waktu", "-pk"]
        indexes = [models.Index(fields=["kantor", "tanggal"]), models.Index(fields=["tanggal"])]

    def __str__(self) -> str:
        return f"tamu {self.pk} {self.tanggal:%d-%m-%Y}"


class PerangkatAntrean(models.Model):
    """A tablet at the door or a screen: its address holds `token` and works until it is revoked."""

    class Jenis(models.TextChoices):
        KIOS = "kios", "Tablet pengambilan nomor"
        LAYAR = "layar", "Layar panggilan"

    kantor = models.ForeignKey(Kantor, on_delete=models.CASCADE, related_name="perangkat_antrean")
    jenis = models.CharField(max_length=6, choices=Jenis.choices)
    nama = models.CharField(max_length=60, help_text="Di mana perangkat ini berada.")
    token = models.CharField(max_length=32, unique=True, default=token_baru, editable=False)
    cetak = models.BooleanField(
        "cetak nomor dengan sendirinya", default=False, help_text="Hanya tablet: bila pencetak karcis tersambung."
    )
    di_luar_jam = models.BooleanField(
        "tetap memberi nomor di luar jam layanan", default=False, help_text="Untuk uji coba atau layanan khusus."
    )
    info = models.TextField(
        "informasi di layar",
        blank=True,
        max_length=600,
        help_text="Hanya layar: satu kalimat per baris, ditampilkan bergantian.",
    )
    dibuat = models.DateTimeField(default=timezone.now)
    dibuat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    terakhir = models.DateTimeField("terakhir terhubung", null=True, blank=True)
    dicabut = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "perangkat antrean"
        verbose_name_plural = "perangkat antrean"
        ordering = ["kantor_id", "jenis", "nama"]

    def __str__(self) -> str:
        return f"{self.get_jenis_display()}: {self.nama}"


class Tiket(models.Model):
    """One number of one day. It changes only through the room `antrean`, with a row of its log for each change."""

    class Prioritas(models.TextChoices):
        BIASA = "", "Tidak"
        LANSIA = "lansia", "Berusia 60 tahun ke atas"
        DISABILITAS = "disabilitas", "Penyandang disabilitas"
        HAMIL = "hamil", "Sedang hamil"
        BAYI = "bayi", "Membawa bayi"

    class Keadaan(models.TextChoices):
        MENUNGGU = "menunggu", "Menunggu"
        DIPANGGIL = "dipanggil", "Dipanggil"
        DILAYANI = "dilayani", "Sedang dilayani"
        SELESAI = "selesai", "Selesai"
        DILEWATI = "dilewati", "Dilewati"
        BATAL = "batal", "Dibatalkan"

    DI_LOKET = (Keadaan.DIPANGGIL, Keadaan.DILAYANI)

    kantor = models.ForeignKey(Kantor, on_delete=models.PROTECT, related_name="tiket")
    tanggal = models.DateField("hari")
    layanan = models.ForeignKey(LayananAntrean, on_delete=models.PROTECT, related_name="tiket")
    # Of the service it was taken for: a ticket that is moved to another service keeps the number people know.
    huruf = models.CharField(max_length=1)
    nomor = models.PositiveSmallIntegerField()
    prioritas = models.CharField(max_length=12, choices=Prioritas.choices, blank=True, default=Prioritas.BIASA)
    keadaan = models.CharField(max_length=9, choices=Keadaan.choices, default=Keadaan.MENUNGGU)
    token = models.CharField(max_length=32, unique=True, default=token_baru, editable=False)
    # Made by the form: a request that is repeated because no answer came gets the same number.
    kunci = models.CharField(max_length=36, unique=True)
    tamu = models.OneToOneField(BukuTamu, null=True, blank=True, on_delete=models.PROTECT, related_name="tiket")
    diambil = models.DateTimeField()
    dipanggil = models.DateTimeField("terakhir dipanggil", null=True, blank=True)
    dilayani = models.DateTimeField("mulai dilayani", null=True, blank=True)
    selesai = models.DateTimeField(null=True, blank=True)
    loket = models.ForeignKey(Loket, null=True, blank=True, on_delete=models.PROTECT, related_name="tiket")
    # Set while a ticket that was moved waits for one desk only.
    untuk_loket = models.ForeignKey(
        Loket,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tiket_menunggu",
        verbose_name="untuk loket",
    )
    perkara = models.ManyToManyField(Perkara, blank=True, related_name="tiket_antrean")
    versi = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "tiket antrean"
        verbose_name_plural = "tiket antrean"
        ordering = ["-tanggal", "diambil", "pk"]
        indexes = [models.Index(fields=["kantor", "tanggal", "keadaan"])]
        constraints = [
            models.UniqueConstraint(fields=["kantor", "tanggal", "huruf", "nomor"], name="tiket_nomor_satu"),
            models.UniqueConstraint(
                fields=["loket", "tanggal"], condition=Q(keadaan__in=["dipanggil", "dilayani"]),
                name="tiket_satu_per_loket",
            ),
            models.CheckConstraint(condition=Q(nomor__gte=1, nomor__lte=TERBESAR), name="tiket_nomor_wajar"),
            models.CheckConstraint(
                condition=~Q(keadaan__in=["dipanggil", "dilayani"]) | Q(loket__isnull=False), name="tiket_di_loket"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.kode

    @property
    def kode(self) -> str:
        """As it is printed and shown: A-012."""
        return f"{self.huruf}-{self.nomor:03d}"


class PeristiwaTiket(models.Model):
    """What happened to a ticket, never changed: waiting and service times are computed from these rows."""

    class Jenis(models.TextChoices):
        DIAMBIL = "diambil", "Nomor diambil"
        DIPANGGIL = "dipanggil", "Dipanggil"
        DIULANG = "diulang", "Dipanggil ulang"
        DILAYANI = "dilayani", "Mulai dilayani"
        DILEWATI = "dilewati", "Dilewati"
        DIPINDAH = "dipindah", "Dipindahkan"
        PERKARA = "perkara", "Permohonan dibuka"
        SELESAI = "selesai", "Selesai"
        BATAL = "batal", "Dibatalkan pengunjung"
        DITUTUP = "ditutup", "Ditutup pada akhir hari"

    PANGGILAN = (Jenis.DIPANGGIL, Jenis.DIULANG)

    tiket = models.ForeignKey(Tiket, on_delete=models.PROTECT, related_name="peristiwa")
    jenis = models.CharField(max_length=9, choices=Jenis.choices)
    waktu = models.DateTimeField()
    # The service for which the ticket stands from here on, and the desk where it happened or to which it goes.
    layanan = models.ForeignKey(LayananAntrean, on_delete=models.PROTECT, related_name="+")
    loket = models.ForeignKey(Loket, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    petugas = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "peristiwa tiket"
        verbose_name_plural = "peristiwa tiket"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_jenis_display()} {self.waktu:%d-%m-%Y %H.%M.%S}"
