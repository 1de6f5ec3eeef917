"""Invented visits of the mobile service."""

from __future__ import annotations

from django.utils import timezone

from haji_portal.akun.models import Kantor, Penugasan

from .models import Kunjungan


def kunjungan_contoh(kantor: Kantor) -> Kunjungan:
    """One visit of today per office, with its counter and back office as the team."""
    tim = Penugasan.objects.berlaku().filter(kantor=kantor, peran__in=("ptsp", "jfu"))
    kunjungan, _ = Kunjungan.objects.get_or_create(
        kantor=kantor, tempat=f"Balai desa, {kantor.nama_pendek}",
        defaults={"tanggal": timezone.localdate(), "perangkat": "Laptop, kamera, pencetak, modem"},
    )  # fmt: skip
    kunjungan.tim.set(p.pengguna for p in tim.select_related("pengguna"))
    return kunjungan
