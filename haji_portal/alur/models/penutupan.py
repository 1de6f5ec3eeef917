"""A service that takes no new applications from a date on: in one office, or in all but some."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from haji_portal.akun.models import BerlakuQuerySet, Kantor


class PenutupanLayanan(models.Model):
    """Cases that are open then are finished; what was closed by mistake is ended by `selesai`, both days included.

    alasan, dasar_hukum: shown to everybody as they stand. dibuat_oleh is empty for rows of the reference data.
    """

    layanan = models.SlugField(max_length=30)
    kantor = models.ForeignKey(
        Kantor, null=True, blank=True, on_delete=models.PROTECT, related_name="penutupan",
        limit_choices_to={"jenis": Kantor.Jenis.KABKOTA},
        help_text="Kosongkan bila layanan ini ditutup di semua kantor.",
    )  # fmt: skip
    kecuali = models.ManyToManyField(
        Kantor, blank=True, related_name="+", limit_choices_to={"jenis": Kantor.Jenis.KABKOTA},
        verbose_name="tetap dibuka di", help_text="Hanya untuk penutupan di semua kantor.",
    )  # fmt: skip
    mulai = models.DateField("ditutup mulai", help_text="Hari pertama tanpa permohonan baru, menurut waktu kantor itu.")
    selesai = models.DateField(
        "ditutup sampai", null=True, blank=True, help_text="Hari terakhir. Kosongkan bila untuk seterusnya."
    )
    alasan = models.TextField(
        "alasan untuk masyarakat", max_length=400, help_text="Kalimat biasa: mengapa, dan harus ke mana sekarang."
    )
    dasar_hukum = models.TextField(
        "dasar hukum", max_length=600, help_text="Satu baris satu dasar: jenis, nomor, tanggal, dan tentang apa."
    )
    dibuat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    dibuat = models.DateTimeField(auto_now_add=True)

    objects = BerlakuQuerySet.as_manager()

    class Meta:
        verbose_name = "penutupan layanan"
        verbose_name_plural = "penutupan layanan"
        ordering = ["layanan", "mulai"]
        constraints = [
            models.CheckConstraint(
                condition=Q(selesai__isnull=True) | Q(selesai__gte=F("mulai")),
                name="penutupan_urut",
                violation_error_message="Hari terakhir harus sama dengan atau sesudah hari pertama.",
            ),
            models.UniqueConstraint(
                fields=["layanan", "kantor", "mulai"],
                name="penutupan_satu_per_tanggal",
                violation_error_message="Penutupan layanan ini mulai tanggal itu sudah ada.",
            ),
            models.UniqueConstraint(
                fields=["layanan", "mulai"],
                condition=Q(kantor__isnull=True),
                name="penutupan_satu_per_tanggal_umum",
                violation_error_message="Penutupan layanan ini di semua kantor mulai tanggal itu sudah ada.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.layanan} sejak {self.mulai:%d-%m-%Y}"

    @property
    def dasar(self) -> list[str]:
        """The citations, one each."""
        return [baris.strip() for baris in self.dasar_hukum.splitlines() if baris.strip()]
