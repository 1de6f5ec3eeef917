"""What is asked for at the counter of an office with the envelope: services of the portal, and papers to bring."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.apps import layanan_aktif
from haji_portal.alur.models import SOP, Permohonan
from haji_portal.berkas.daftar import siapkan_daftar

KERTAS = ("", "Layanan lain, dikerjakan di atas kertas")


def pilihan_layanan(kantor: Kantor) -> list[tuple[str, str]]:
    """The portal's services that have a table for this office, then the way on paper."""
    hari = timezone.localdate()
    berlaku = SOP.objects.filter(
        Q(berlaku_sampai__isnull=True) | Q(berlaku_sampai__gte=hari),
        kantor__in=[kantor.slug, "nasional"], berlaku_dari__lte=hari,
    )  # fmt: skip
    ada = set(berlaku.values_list("layanan", flat=True))
    return [(c.label, c.nama_layanan) for c in layanan_aktif() if c.label in ada] + [KERTAS]


def siapkan_berkas(perkara: Permohonan) -> None:
    """The envelope's own checklist; what the service itself demands is checked in its own case."""
    siapkan_daftar(perkara, "pelayanan")
