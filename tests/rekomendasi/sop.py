"""The only table of recommendations, lent to another office: what an admin does who loads one and lets
the office stay open."""

from __future__ import annotations

from haji_portal.akun.models import Kantor
from haji_portal.alur.models import SOP, LangkahSOP, PenutupanLayanan


def pinjamkan_sop(slug: str, dari: str = "kepulauan-seribu") -> SOP:
    for tutup in PenutupanLayanan.objects.filter(layanan="rekomendasi"):
        tutup.kecuali.add(Kantor.objects.get(slug=slug))
    sop = SOP.objects.get(layanan="rekomendasi", kantor=dari)
    baris = list(LangkahSOP.objects.filter(sop=sop))
    sop.pk, sop.kode, sop.kantor = None, f"rekomendasi/{slug}", slug
    sop._state.adding = True
    sop.save()
    for satu in baris:
        satu.pk, satu.sop = None, sop
        satu._state.adding = True
    LangkahSOP.objects.bulk_create(baris)
    return sop
