"""What people decided about an event in quarantine: one proposes, another agrees. Written once, never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from haji_portal.akun.models import Kantor

from .mitra import Putusan


class TindakanMitra(models.Model):
    """jabatan: the official's position and SK of that moment, as in the history of cases."""

    class Jenis(models.TextChoices):
        USUL = "usul", "Diusulkan"
        SETUJU = "setuju", "Disetujui"
        TOLAK = "tolak", "Usul ditolak"

    class Keputusan(models.TextChoices):
        ABAIKAN = "abaikan", "Tutup tanpa mengubah pengembalian"
        NILAI_ULANG = "nilai_ulang", "Nilai ulang dengan keadaan sekarang"

    putusan = models.ForeignKey(Putusan, on_delete=models.PROTECT, related_name="tindakan")
    jenis = models.CharField(max_length=6, choices=Jenis.choices)
    keputusan = models.CharField(max_length=11, choices=Keputusan.choices)
    catatan = models.CharField(max_length=400)
    pengguna = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    jabatan = models.CharField(max_length=300)
    kantor = models.ForeignKey(Kantor, on_delete=models.PROTECT, related_name="+")
    waktu = models.DateTimeField()

    class Meta:
        verbose_name = "tindakan atas kabar mitra"
        verbose_name_plural = "tindakan atas kabar mitra"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["putusan"], condition=Q(jenis="setuju"), name="tindakan_setuju_sekali",
                violation_error_message="Kabar ini baru saja diputuskan orang lain.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.putusan_id}: {self.jenis} {self.keputusan}"
