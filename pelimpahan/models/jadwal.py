"""Days of interviews of a Kanwil (or the centre, 245/2021 E.2), their slots, and who comes when.

A slot is a time at a desk. It is held by at most one appointment, and a case holds at most one: both are constraints
of the database, since two officials plan at once.
"""

from __future__ import annotations

import datetime
import secrets

from django.db import models
from django.db.models import Q

from haji_portal.akun.models import Kantor


def token_baru() -> str:
    """The unguessable word in the QR code of an invitation."""
    return secrets.token_urlsafe(18)


class HariWawancara(models.Model):
    """One day at one place, with `meja` desks that interview side by side, `menit` minutes each."""

    kantor = models.ForeignKey(Kantor, verbose_name="penyelenggara", on_delete=models.PROTECT, related_name="wawancara")
    tanggal = models.DateField()
    tempat = models.CharField(max_length=120)
    alamat = models.CharField(max_length=200)
    # Whose recipients come here: a day in a district is planned for it (245/2021 A.10); empty: all of the province.
    untuk = models.ManyToManyField(Kantor, verbose_name="untuk kabupaten/kota", blank=True, related_name="+")
    mulai = models.TimeField("jam mulai", default=datetime.time(8))
    selesai = models.TimeField("jam selesai", default=datetime.time(15))
    menit = models.PositiveSmallIntegerField("menit per orang", default=15)
    meja = models.PositiveSmallIntegerField("jumlah meja", default=1)
    catatan = models.CharField("catatan pada undangan", max_length=300, blank=True)
    dibatalkan = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "hari wawancara"
        verbose_name_plural = "hari wawancara"
        ordering = ["tanggal", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(selesai__gt=models.F("mulai")), name="wawancara_jam",
                violation_error_message="Jam selesai harus sesudah jam mulai.",
            ),
            models.CheckConstraint(
                condition=Q(menit__gte=5, menit__lte=240, meja__gte=1, meja__lte=40), name="wawancara_ukuran",
                violation_error_message="Menit per orang 5–240, jumlah meja 1–40.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.tempat}, {self.tanggal:%d-%m-%Y}"


class Slot(models.Model):
    """A time at a desk."""

    hari = models.ForeignKey(HariWawancara, on_delete=models.CASCADE, related_name="slot")
    jam = models.TimeField()
    meja = models.PositiveSmallIntegerField()
    # Taken out of the day after somebody had held it once: kept for the history, offered no more.
    ditutup = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = "slot wawancara"
        verbose_name_plural = "slot wawancara"
        ordering = ["hari_id", "jam", "meja"]
        constraints = [models.UniqueConstraint(fields=["hari", "jam", "meja"], name="slot_satu")]

    def __str__(self) -> str:
        return f"{self.jam:%H.%M} meja {self.meja}"


class Janji(models.Model):
    """Who comes at a slot. Kept when it is moved or missed: it is the history of the appointment."""

    class Keadaan(models.TextChoices):
        TERJADWAL = "terjadwal", "Terjadwal"
        HADIR = "hadir", "Hadir"
        TIDAK_HADIR = "tidak_hadir", "Tidak hadir"
        DIPINDAH = "dipindah", "Dipindah"
        BATAL = "batal", "Batal"

    MEMEGANG = (Keadaan.TERJADWAL, Keadaan.HADIR, Keadaan.TIDAK_HADIR)
    BERLAKU = (Keadaan.TERJADWAL, Keadaan.HADIR)

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="janji")
    perkara = models.ForeignKey("pelimpahan.Pelimpahan", on_delete=models.PROTECT, related_name="janji")
    keadaan = models.CharField(max_length=12, choices=Keadaan.choices, default=Keadaan.TERJADWAL)
    token = models.CharField(max_length=40, unique=True, default=token_baru, editable=False)
    dibuat = models.DateTimeField()
    hadir_pada = models.DateTimeField(null=True, blank=True)
    alasan = models.CharField("alasan dipindah atau batal", max_length=400, blank=True)

    class Meta:
        verbose_name = "janji wawancara"
        verbose_name_plural = "janji wawancara"
        ordering = ["slot__hari__tanggal", "slot__jam", "slot__meja"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot"], condition=Q(keadaan__in=["terjadwal", "hadir", "tidak_hadir"]), name="janji_satu_slot",
                violation_error_message="Slot ini baru saja diisi penerima lain. Pilih slot yang masih kosong.",
            ),
            models.UniqueConstraint(
                fields=["perkara"], condition=Q(keadaan__in=["terjadwal", "hadir"]), name="janji_satu_perkara",
                violation_error_message="Penerima ini sudah mempunyai jadwal.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.slot} {self.get_keadaan_display()}"
