"""What an office begins with: one letter per service it has an SOP for, two for everything else, two desks."""

from __future__ import annotations

from django.db import transaction

from haji_portal.akun.models import Kantor
from haji_portal.alur.apps import SopConfig
from haji_portal.alur.models import SOP

from ..models import LayananAntrean, Loket
from ..views import semua_layanan

TAMBAHAN = (
    ("Konsultasi dan informasi", "Bertanya tentang syarat, nomor porsi, atau perkiraan berangkat."),
    ("Pengambilan dokumen", "Mengambil surat atau dokumen yang sudah selesai."),
)
LOKET = 2


@transaction.atomic
def muat_antrean() -> int:
    """Give every kabupaten/kota office without a queue its first one; returns how many offices have one.

    What an admin edited or took away stays as it is.
    """
    semua = list(Kantor.objects.filter(jenis=Kantor.Jenis.KABKOTA).order_by("pk"))
    ada = set(LayananAntrean.objects.order_by().values_list("kantor", flat=True).distinct())
    for kantor in semua:
        if kantor.pk not in ada:
            lengkapi(kantor)
    return len(semua)


def lengkapi(kantor: Kantor) -> None:
    """The first queue of an office that has none."""
    layanan = [(c.nama_layanan, c.ringkas, c.label) for c in semua_layanan() if _punya_sop(c, kantor)]
    layanan += [(nama, keterangan, "") for nama, keterangan in TAMBAHAN]
    for ke, (nama, keterangan, jenis) in enumerate(layanan):
        LayananAntrean.objects.create(
            kantor=kantor, huruf=chr(ord("A") + ke), nama=nama, keterangan=keterangan[:120], jenis=jenis, urut=ke + 1
        )
    if not kantor.loket.exists():
        Loket.objects.bulk_create(Loket(kantor=kantor, nomor=n) for n in range(1, LOKET + 1))


def _punya_sop(config: SopConfig, kantor: Kantor) -> bool:
    return SOP.objects.filter(layanan__in=config.tabel_sop, kantor__in=(kantor.slug, "nasional")).exists()
