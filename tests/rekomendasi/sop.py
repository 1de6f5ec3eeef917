"""The only table of recommendations, lent to another office: what an admin does who loads one."""

from __future__ import annotations

from haji_portal.alur.models import SOP, LangkahSOP


def pinjamkan_sop(slug: str, dari: str = "kepulauan-seribu") -> SOP:
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
