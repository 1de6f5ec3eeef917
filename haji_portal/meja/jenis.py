"""Which kinds of cases a person can ever meet: what lists, filters and the menu offer."""

from __future__ import annotations

from collections.abc import Iterable

from haji_portal.akun.models import Kantor, Penugasan, Peran
from haji_portal.alur.apps import JenisPerkara, layanan_aktif, model_perkara, semua_jenis
from haji_portal.alur.deklarasi import peran_mesin
from haji_portal.alur.giliran import JENIS_PIHAK
from haji_portal.alur.models.sop import kantor_bertabel

MITRA = JENIS_PIHAK["mitra"]
PEMBACA = frozenset({Peran.INSPEKTORAT, Peran.ADMIN})
"""Roles that read and never have a turn."""


def jenis_terlihat(penugasan: Iterable[Penugasan]) -> list[JenisPerkara]:
    """The kinds inside the scope of these assignments, as `Perkara.objects.untuk()` draws it."""
    tugas = list(penugasan)
    return [satu for satu in semua_jenis() if any(_terlihat(t, satu) for t in tugas)]


def jenis_menu(penugasan: Iterable[Penugasan]) -> list[JenisPerkara]:
    """Of these what a person acts on, services first; then the services to read, then what is only overseen."""
    tugas = list(penugasan)
    layanan = {c.label for c in layanan_aktif()}

    def letak(satu: JenisPerkara) -> int:
        bertindak = any(t.peran in _peran(satu.jenis) for t in tugas)
        return (0 if bertindak else 2) + (satu.jenis not in layanan)

    terlihat = [s for s in jenis_terlihat(tugas) if letak(s) < 3 or any(_semua(t) for t in tugas)]
    return sorted(terlihat, key=letak)


def melihat_banyak_kantor(penugasan: Iterable[Penugasan]) -> bool:
    """Whether somebody sees cases of more than the own regency's office."""
    return any(t.kantor.jenis != Kantor.Jenis.KABKOTA or t.peran == Peran.INSPEKTORAT for t in penugasan)


def _semua(tugas: Penugasan) -> bool:
    return tugas.peran == Peran.INSPEKTORAT or tugas.kantor.jenis == Kantor.Jenis.PUSAT


def _terlihat(tugas: Penugasan, satu: JenisPerkara) -> bool:
    if _semua(tugas):
        return True
    if tugas.kantor.jenis in MITRA:
        return tugas.peran in _peran(satu.jenis)
    if satu.bertabel and tugas.kantor.jenis == Kantor.Jenis.KABKOTA:
        return not kantor_bertabel(satu.layanan_sop).isdisjoint({tugas.kantor.slug, "nasional"})
    return model_perkara(satu.jenis).MILIK == Kantor.Jenis.KABKOTA


def _peran(jenis: str) -> frozenset[str]:
    """Who acts on such a case, and the partners who are sent it to read."""
    model = model_perkara(jenis)
    return peran_mesin(model) | model.PENERIMA
