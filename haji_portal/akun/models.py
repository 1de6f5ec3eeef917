"""Who works where: offices, people, and the roles they hold from one date to another."""

from __future__ import annotations

import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone

ZONA = [("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT")]


class Peran(models.TextChoices):
    """Roles of the SOP tables; `docs/istilah.md` maps every printed pelaksana to these."""

    PTSP = "ptsp", "Petugas PTSP"
    JFU = "jfu", "JFU/Pelaksana"
    KASI = "kasi", "Kepala Seksi"
    KASUBAG = "kasubag", "Kepala Subbagian Tata Usaha"
    KEPALA = "kepala", "Kepala Kantor"
    SISKOHAT = "siskohat", "Tim Siskohat"
    KANWIL = "kanwil", "Kantor Wilayah"
    DIREKTORAT = "direktorat", "Direktorat"
    SUBDIT = "subdit", "Subdirektorat"
    DIREKTUR = "direktur", "Direktur"
    DITJEN = "ditjen", "Direktorat Jenderal"
    BPKH = "bpkh", "BPKH"
    BPS = "bps", "Bank Penerima Setoran"
    INSPEKTORAT = "inspektorat", "Inspektorat"
    ADMIN = "admin", "Admin portal"


class BerlakuQuerySet(models.QuerySet):
    """Rows with a `mulai`/`selesai` date pair, both inclusive; an empty `selesai` means open-ended."""

    def berlaku(self, pada: datetime.date | None = None):
        pada = pada or timezone.localdate()
        return self.filter(Q(selesai__isnull=True) | Q(selesai__gte=pada), mulai__lte=pada)


class Kantor(models.Model):
    class Jenis(models.TextChoices):
        KABKOTA = "kabkota", "Kabupaten/Kota"
        KANWIL = "kanwil", "Kantor Wilayah"
        PUSAT = "pusat", "Pusat"
        BPKH = "bpkh", "BPKH"
        BPS = "bps", "Bank Penerima Setoran"

    slug = models.SlugField("kode alamat", unique=True)
    nama = models.CharField(max_length=150)
    nama_pendek = models.CharField(max_length=60)
    jenis = models.CharField(max_length=10, choices=Jenis.choices, default=Jenis.KABKOTA)
    induk = models.ForeignKey(
        "self", verbose_name="kantor induk", null=True, blank=True, on_delete=models.PROTECT, related_name="bawahan"
    )
    kode_perkara = models.CharField(
        "kode nomor perkara",
        max_length=4,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2,4}$", "2–4 huruf besar.")],
    )
    kode_surat = models.CharField("kode jabatan pada nomor surat", max_length=30, blank=True)
    zona = models.CharField("zona waktu", max_length=30, choices=ZONA, default="Asia/Jakarta")
    provinsi = models.CharField(max_length=60, blank=True)
    kabupaten = models.CharField("kabupaten/kota", max_length=60, blank=True)
    kode_wilayah = models.CharField(
        "kode wilayah", max_length=4, blank=True, help_text="Empat angka kode kabupaten/kota, untuk petunjuk domisili."
    )
    alamat = models.CharField(max_length=200, blank=True)
    telepon = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    bank_lain = models.BooleanField(
        "melayani bank tanpa kantor sendiri", default=False,
        help_text="Satu kantor BPS menerima setoran dan pengembalian semua bank yang tidak didaftarkan di kantor lain.",
    )  # fmt: skip
    aktif = models.BooleanField(default=True)

    class Meta:
        verbose_name = "kantor"
        verbose_name_plural = "kantor"
        ordering = ["nama"]
        constraints = [
            models.UniqueConstraint(
                fields=["bank_lain"], condition=Q(bank_lain=True), name="kantor_bank_lain_satu",
                violation_error_message="Sudah ada kantor yang melayani bank tanpa kantor sendiri.",
            ),
            models.CheckConstraint(
                condition=Q(bank_lain=False) | Q(jenis="bps"), name="kantor_bank_lain_bps",
                violation_error_message="Hanya kantor BPS yang dapat melayani bank.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.nama

    @property
    def zona_waktu(self) -> ZoneInfo:
        return ZoneInfo(self.zona)

    @property
    def tempat(self) -> str:
        """The place that stands before the date of a letter."""
        return self.kabupaten.removeprefix("Kabupaten ").removeprefix("Kota ") or self.nama_pendek.removeprefix(
            "Kanwil "
        )

    def kop(self, pada: datetime.date | None = None) -> KopSurat | None:
        """The letterhead in force on a date: old letters keep the old head."""
        return self.kopsurat_set.berlaku(pada).order_by("-mulai").first()

    def peran_penanda_tangan(self, jenis_surat: str, pada: datetime.date | None = None) -> str | None:
        """The role that signs this kind of letter here, or None when the office has not said."""
        row = self.penandatangansurat_set.berlaku(pada).filter(jenis_surat=jenis_surat).order_by("-mulai").first()
        return row.peran if row else None


class NamaBank(models.Model):
    """A bank as its name stands on slips and accounts, in one of its spellings, and the office that answers for it."""

    kantor = models.ForeignKey(
        Kantor, on_delete=models.CASCADE, related_name="bank", limit_choices_to={"jenis": Kantor.Jenis.BPS}
    )
    nama = models.CharField("nama bank", max_length=60, help_text="Seperti tertulis pada bukti setoran atau rekening.")

    class Meta:
        verbose_name = "nama bank"
        verbose_name_plural = "nama bank"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                Upper("nama"), name="nama_bank_satu_kantor",
                violation_error_message="Bank ini sudah dilayani sebuah kantor.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.nama

    def clean(self) -> None:
        if self.kantor_id and self.kantor.jenis != Kantor.Jenis.BPS:
            raise ValidationError("Hanya kantor BPS yang dapat melayani bank.")


class KopSurat(models.Model):
    """A letterhead is dated: the ministry's name and head changed in 2025 (UU 14/2025)."""

    kantor = models.ForeignKey(Kantor, on_delete=models.CASCADE)
    kementerian = models.CharField(max_length=120)
    baris = models.JSONField(
        "baris kop", default=list, help_text="Baris di bawah nama kementerian, dari atas ke bawah."
    )
    mulai = models.DateField("berlaku dari")
    selesai = models.DateField("berlaku sampai", null=True, blank=True)

    objects = BerlakuQuerySet.as_manager()

    class Meta:
        verbose_name = "kop surat"
        verbose_name_plural = "kop surat"
        ordering = ["kantor", "-mulai"]
        constraints = [models.UniqueConstraint(fields=["kantor", "mulai"], name="kop_satu_per_tanggal")]

    def __str__(self) -> str:
        return f"Kop {self.kantor} sejak {self.mulai}"


class JamLayanan(models.Model):
    """Opening hours of one weekday; a missing weekday is closed."""

    HARI = [(1, "Senin"), (2, "Selasa"), (3, "Rabu"), (4, "Kamis"), (5, "Jumat"), (6, "Sabtu"), (7, "Minggu")]

    kantor = models.ForeignKey(Kantor, on_delete=models.CASCADE)
    hari = models.PositiveSmallIntegerField(choices=HARI)
    buka = models.TimeField()
    tutup = models.TimeField()
    istirahat_mulai = models.TimeField(null=True, blank=True)
    istirahat_selesai = models.TimeField(null=True, blank=True)

    class Meta:
        verbose_name = "jam layanan"
        verbose_name_plural = "jam layanan"
        ordering = ["kantor_id", "hari"]
        constraints = [models.UniqueConstraint(fields=["kantor", "hari"], name="jam_satu_per_hari")]

    def __str__(self) -> str:
        return f"{self.get_hari_display()} {self.buka:%H.%M}–{self.tutup:%H.%M}"

    def clean(self) -> None:
        if self.buka >= self.tutup:
            raise ValidationError("Jam tutup harus sesudah jam buka.")
        if bool(self.istirahat_mulai) != bool(self.istirahat_selesai):
            raise ValidationError("Isi jam mulai dan jam selesai istirahat, atau kosongkan keduanya.")
        if (
            self.istirahat_mulai
            and self.istirahat_selesai
            and not (self.buka <= self.istirahat_mulai < self.istirahat_selesai <= self.tutup)
        ):
            raise ValidationError("Jam istirahat harus berada di antara jam buka dan jam tutup.")


class PenandaTanganSurat(models.Model):
    """Which role signs which kind of letter in an office: office data, not code (Lombok Timur row 5)."""

    kantor = models.ForeignKey(Kantor, on_delete=models.CASCADE)
    jenis_surat = models.SlugField("jenis surat")
    peran = models.CharField(max_length=12, choices=Peran.choices)
    mulai = models.DateField("berlaku dari")
    selesai = models.DateField("berlaku sampai", null=True, blank=True)

    objects = BerlakuQuerySet.as_manager()

    class Meta:
        verbose_name = "penanda tangan surat"
        verbose_name_plural = "penanda tangan surat"

    def __str__(self) -> str:
        return f"{self.jenis_surat}: {self.get_peran_display()}"


class Pengguna(AbstractUser):
    """A staff account; what it may do comes only from its current Penugasan."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    nama = models.CharField(max_length=120)
    nip = models.CharField(
        "NIP",
        max_length=18,
        unique=True,
        null=True,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{18}\Z", "NIP terdiri atas 18 angka.")],
    )

    REQUIRED_FIELDS = ["nama", "email"]
    objects: ClassVar = UserManager()

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        ordering = ["nama"]

    def __str__(self) -> str:
        return self.nama or self.username

    def get_full_name(self) -> str:
        return self.nama

    def get_short_name(self) -> str:
        return self.nama

    def penugasan_berlaku(self) -> list[Penugasan]:
        """Current assignments with their office, cached on this instance (one query per request)."""
        if not self.is_active:
            return []
        if not hasattr(self, "_penugasan"):
            self._penugasan = list(self.penugasan.berlaku().select_related("kantor", "kantor__induk"))
        return self._penugasan


class Penugasan(models.Model):
    """A role in an office for a time, by a decree; acting officials are rows of their own."""

    class Jenis(models.TextChoices):
        DEFINITIF = "definitif", "Definitif"
        PLT = "plt", "Plt."
        PLH = "plh", "Plh."
        AN = "an", "a.n."

    pengguna = models.ForeignKey(Pengguna, on_delete=models.CASCADE, related_name="penugasan")
    kantor = models.ForeignKey(Kantor, on_delete=models.PROTECT, related_name="penugasan")
    peran = models.CharField(max_length=12, choices=Peran.choices)
    jenis = models.CharField(max_length=10, choices=Jenis.choices, default=Jenis.DEFINITIF)
    jabatan = models.CharField(max_length=120, help_text="Sebutan jabatan seperti tercetak pada surat.")
    nomor_sk = models.CharField("nomor SK", max_length=80)
    mulai = models.DateField("berlaku dari")
    selesai = models.DateField("berlaku sampai", null=True, blank=True)

    objects = BerlakuQuerySet.as_manager()

    class Meta:
        verbose_name = "penugasan"
        verbose_name_plural = "penugasan"
        ordering = ["kantor", "peran", "-mulai"]
        indexes = [models.Index(fields=["kantor", "peran"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(selesai__isnull=True) | Q(selesai__gte=models.F("mulai")), name="penugasan_urut"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pengguna} · {self.sebutan}"

    @property
    def sebutan(self) -> str:
        """The position as it stands on a letter: `Plh. Kepala Kantor ...`."""
        awalan = "" if self.jenis == self.Jenis.DEFINITIF else f"{self.get_jenis_display()} "
        return f"{awalan}{self.jabatan}"


class TokenApi(models.Model):
    """A key with which a program acts as one person. The key itself is shown once; only its keyed hash is kept."""

    pengguna = models.ForeignKey(Pengguna, on_delete=models.CASCADE, related_name="token_api")
    nama = models.CharField("nama", max_length=60, help_text="Program atau komputer yang memakainya.")
    awalan = models.CharField(max_length=12, editable=False)
    sidik = models.CharField(max_length=64, unique=True, editable=False)
    # A changed password ends the keys made under the old one, like the person's sessions.
    sidik_sandi = models.CharField(max_length=64, editable=False)
    dua_faktor = models.BooleanField("dibuat dengan kode dari aplikasi", default=False, editable=False)
    hanya_baca = models.BooleanField("hanya membaca", default=False)
    dibuat = models.DateTimeField()
    kedaluwarsa = models.DateTimeField()
    terakhir_dipakai = models.DateTimeField(null=True, blank=True)
    dicabut = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "token API"
        verbose_name_plural = "token API"
        ordering = ["-dibuat"]
        constraints = [
            models.CheckConstraint(condition=Q(kedaluwarsa__gt=models.F("dibuat")), name="token_ada_akhirnya")
        ]

    def __str__(self) -> str:
        return f"{self.nama} ({self.awalan}…)"

    @property
    def keadaan(self) -> str:
        """In force, expired or revoked, in one word for lists."""
        if self.dicabut:
            return "dicabut"
        return "berlaku" if self.kedaluwarsa > timezone.now() else "kedaluwarsa"
