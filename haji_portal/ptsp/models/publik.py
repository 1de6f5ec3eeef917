"""What the front desk and the public site remember: attempts, one-time codes, applications not sent yet, visits."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from haji_portal.akun.models import Kantor
from haji_portal.alur.models import Perkara
from haji_portal.berkas.simpan import BerkasTersimpan
from haji_portal.kabar.models import Pesan


def token_baru() -> str:
    """128 random bits; opens nothing without the session that was let in."""
    return secrets.token_hex(16)


class PercobaanCek(models.Model):
    """One attempt under one key (a case number or an address, as a keyed hash); rows live as long as the limit."""

    kunci = models.CharField(max_length=64)
    waktu = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "percobaan cek status"
        verbose_name_plural = "percobaan cek status"
        indexes = [models.Index(fields=["kunci", "waktu"])]

    def __str__(self) -> str:
        return f"{self.kunci[:8]} {self.waktu:%d-%m-%Y %H.%M}"


class DetakPekerja(models.Model):
    """The last sign of life of a Celery worker, one row, for /sehat/."""

    nama = models.CharField(max_length=20, primary_key=True)
    waktu = models.DateTimeField()

    class Meta:
        verbose_name = "detak pekerja"
        verbose_name_plural = "detak pekerja"

    def __str__(self) -> str:
        return f"{self.nama} {self.waktu:%d-%m-%Y %H.%M.%S}"


class KodeKontak(models.Model):
    """A one-time code on its way to a contact. Only its hash is kept, and what a right answer opens."""

    class Keperluan(models.TextChoices):
        AJUKAN = "ajukan", "memulai permohonan"
        LANJUT = "lanjut", "melanjutkan permohonan"
        PERKARA = "perkara", "membuka permohonan Anda"

    # In the session of the browser that asked: a code is worth nothing anywhere else.
    token = models.CharField(max_length=32, unique=True, default=token_baru)
    keperluan = models.CharField(max_length=8, choices=Keperluan.choices)
    saluran = models.CharField(max_length=8, choices=Pesan.Saluran.choices)
    alamat = models.CharField("alamat surel atau nomor ponsel", max_length=254)
    isi = models.JSONField(default=dict)
    hash = models.CharField(max_length=64)
    percobaan = models.PositiveSmallIntegerField(default=0)
    sampai = models.DateTimeField("berlaku sampai", db_index=True)

    class Meta:
        verbose_name = "kode sekali pakai"
        verbose_name_plural = "kode sekali pakai"

    def __str__(self) -> str:
        return f"kode {self.pk}"


class Konsep(models.Model):
    """An application that is being filled in, or the new files for a returned case, before anything is sent.

    `isi` holds the answers as they were typed, so that nothing is lost that is not right yet; it is emptied at sending.
    """

    token = models.CharField(max_length=32, unique=True, default=token_baru)
    layanan = models.SlugField(max_length=30)
    kantor = models.ForeignKey(Kantor, on_delete=models.PROTECT, related_name="konsep")
    nik_hash = models.CharField(max_length=64, blank=True)
    saluran = models.CharField(max_length=8, choices=Pesan.Saluran.choices)
    alamat = models.CharField("alamat surel atau nomor ponsel", max_length=254)
    dikonfirmasi = models.DateTimeField()
    isi = models.JSONField(default=dict, blank=True)
    dibuat = models.DateTimeField(auto_now_add=True)
    habis = models.DateField("dihapus sesudah", db_index=True)
    diingatkan = models.DateTimeField(null=True, blank=True)
    terkirim = models.ForeignKey(Perkara, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    perbaiki = models.OneToOneField(Perkara, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "konsep permohonan"
        verbose_name_plural = "konsep permohonan"
        ordering = ["-dibuat"]
        constraints = [
            models.UniqueConstraint(
                fields=["layanan", "nik_hash", "alamat"],
                condition=Q(terkirim__isnull=True, perbaiki__isnull=True),
                name="konsep_satu_per_orang",
            )
        ]

    def __str__(self) -> str:
        return f"konsep {self.layanan} {self.pk}"


class BerkasKonsep(models.Model):
    """One cleaned file of a draft; the newest of its line."""

    konsep = models.ForeignKey(Konsep, on_delete=models.CASCADE, related_name="berkas")
    kode = models.SlugField(max_length=60)
    nama = models.CharField("nama berkas", max_length=120)
    mime = models.CharField("jenis isi", max_length=40)
    ukuran = models.PositiveIntegerField("ukuran (byte)")
    sha256 = models.CharField("SHA-256", max_length=64)
    kunci = models.CharField("kunci penyimpanan", max_length=80, unique=True, editable=False)
    halaman = models.PositiveSmallIntegerField("jumlah halaman", null=True, blank=True)
    # Of an upload in pieces: a browser that never heard the end of it asks again.
    sidik = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "berkas konsep"
        verbose_name_plural = "berkas konsep"
        constraints = [models.UniqueConstraint(fields=["konsep", "kode"], name="berkas_konsep_satu_per_kode")]

    def __str__(self) -> str:
        return self.nama

    def tersimpan(self) -> BerkasTersimpan:
        return BerkasTersimpan(self.kunci, self.mime, self.ukuran, self.sha256, self.nama, self.halaman)


class UnggahanSebagian(models.Model):
    """An upload of which some pieces have arrived; `posisi` bytes of `ukuran` are on disk."""

    konsep = models.ForeignKey(Konsep, on_delete=models.CASCADE, related_name="sebagian")
    kode = models.SlugField(max_length=60)
    # The browser's fingerprint of the file: another file begins anew.
    sidik = models.CharField(max_length=64)
    nama = models.CharField("nama berkas", max_length=200)
    ukuran = models.PositiveIntegerField("ukuran (byte)")
    posisi = models.PositiveIntegerField(default=0)
    kunci = models.CharField(max_length=32, unique=True, default=token_baru, editable=False)
    diubah = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        verbose_name = "unggahan sebagian"
        verbose_name_plural = "unggahan sebagian"
        constraints = [models.UniqueConstraint(fields=["konsep", "kode"], name="sebagian_satu_per_kode")]

    def __str__(self) -> str:
        return f"{self.posisi}/{self.ukuran}"


class Kunjungan(models.Model):
    """One visit of the mobile service (244/2021 A.4.b, 241/2021 A.3.b): place, date, team and devices."""

    kantor = models.ForeignKey(Kantor, on_delete=models.PROTECT, related_name="kunjungan")
    tempat = models.CharField(max_length=150)
    tanggal = models.DateField()
    tim = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="kunjungan", verbose_name="tim petugas")
    perangkat = models.CharField("perangkat yang dibawa", max_length=250)
    catatan = models.CharField(max_length=250, blank=True)

    class Meta:
        verbose_name = "kunjungan layanan keliling"
        verbose_name_plural = "kunjungan layanan keliling"
        ordering = ["-tanggal"]

    def __str__(self) -> str:
        return f"{self.tempat}, {self.tanggal:%d-%m-%Y}"
