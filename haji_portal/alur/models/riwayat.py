"""The immutable history: a hash chain per case, free text apart so that a lawful erasure keeps the chain whole."""

from __future__ import annotations

import hashlib
import json
import secrets

from django.db import models

from haji_portal.akun.models import Kantor, Pengguna

from .perkara import Perkara


def sidik(isi: object) -> str:
    """SHA-256 (hex) of the canonical JSON of a value."""
    return hashlib.sha256(json.dumps(isi, sort_keys=True, separators=(",", ":"), default=str).encode()).hexdigest()


class Riwayat(models.Model):
    """One step that happened. Triggers on both databases refuse UPDATE, DELETE and TRUNCATE."""

    perkara = models.ForeignKey(Perkara, on_delete=models.PROTECT, related_name="riwayat")
    urut = models.PositiveIntegerField()
    waktu = models.DateTimeField()
    langkah = models.CharField(max_length=40)
    label = models.CharField(max_length=100)
    dari = models.CharField(max_length=30, blank=True)
    ke = models.CharField(max_length=30)
    versi = models.PositiveIntegerField("versi sebelum langkah")
    putaran = models.PositiveSmallIntegerField()
    pelaku_jenis = models.CharField(max_length=10)
    pelaku_kunci = models.CharField(max_length=80)
    pengguna = models.ForeignKey(Pengguna, null=True, on_delete=models.PROTECT, related_name="riwayat")
    nama = models.CharField(max_length=120)
    jabatan = models.CharField(max_length=160, blank=True)
    nomor_sk = models.CharField(max_length=80, blank=True)
    peran = models.CharField(max_length=12, blank=True)
    isi_hash = models.CharField(max_length=64)
    hash_sebelum = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "riwayat"
        verbose_name_plural = "riwayat"
        # By the key: the name alone would join the case and sort by its own order.
        ordering = ["perkara_id", "urut"]
        constraints = [models.UniqueConstraint(fields=["perkara", "urut"], name="riwayat_rantai")]

    def __str__(self) -> str:
        return f"{self.perkara_id}#{self.urut} {self.langkah}"

    def hitung_hash(self) -> str:
        """The hash this row must carry: every column but the key and the hash itself, in a fixed order."""
        kolom = [f.attname for f in self._meta.concrete_fields if f.attname not in ("id", "hash", "waktu")]
        return sidik([self.waktu.timestamp(), *[getattr(self, k) for k in kolom]])


class RiwayatIsi(models.Model):
    """Free text and field values of a step; may be erased by law, the salted hash in the chain stays."""

    riwayat = models.OneToOneField(Riwayat, on_delete=models.PROTECT, related_name="isi", primary_key=True)
    garam = models.CharField(max_length=32)
    isi = models.JSONField(default=dict)

    class Meta:
        verbose_name = "isi riwayat"
        verbose_name_plural = "isi riwayat"

    def __str__(self) -> str:
        return f"isi {self.pk}"

    @staticmethod
    def garam_baru() -> str:
        return secrets.token_hex(16)

    @staticmethod
    def hitung_hash(garam: str, isi: object) -> str:
        return sidik([garam, isi])


class SegelHarian(models.Model):
    """The Merkle root over all chain heads of an office on a day; also written outside the database."""

    kantor = models.ForeignKey(Kantor, on_delete=models.PROTECT, related_name="segel")
    tanggal = models.DateField()
    jumlah = models.PositiveIntegerField("jumlah perkara")
    akar = models.CharField(max_length=64)
    tanda_tangan = models.CharField(max_length=200)
    dibuat = models.DateTimeField()

    class Meta:
        verbose_name = "segel harian"
        verbose_name_plural = "segel harian"
        constraints = [models.UniqueConstraint(fields=["kantor", "tanggal"], name="segel_satu_per_hari")]

    def __str__(self) -> str:
        return f"{self.kantor} {self.tanggal}"
