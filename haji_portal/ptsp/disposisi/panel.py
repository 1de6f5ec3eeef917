"""What the page of every case shows of letters and dispositions."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef

from haji_portal.akun.models import Kantor, Pengguna
from haji_portal.alur.models import Permohonan

from ..models import Disposisi, SuratMasuk
from .cakupan import PENCATAT, PENGIRIM, tugas
from .pohon import rantai

KOLOM = ("ada_surat_masuk", "ada_disposisi")
"""Annotations of a case page's case, so that one without letters and dispositions costs no queries of theirs."""


def kolom_panel() -> dict[str, Any]:
    semua = (SuratMasuk.objects, Disposisi.objects)
    return {nama: Exists(rows.filter(perkara=OuterRef("pk"))) for nama, rows in zip(KOLOM, semua, strict=True)}


def panel_perkara(perkara: Permohonan, pengguna: Pengguna) -> dict[str, Any] | None:
    """Context of templates/disposisi/_panel.html; None at the centre and where there is nothing to see or to do."""
    if perkara.kantor.jenis != Kantor.Jenis.KABKOTA:
        return None
    boleh_catat = any(t.kantor_id == perkara.kantor_id for t in tugas(pengguna, PENCATAT))
    boleh_kirim = any(t.kantor_id == perkara.kantor_id for t in tugas(pengguna, PENGIRIM))
    ada_surat, ada_disposisi = (getattr(perkara, nama, True) for nama in KOLOM)
    surat = list(SuratMasuk.objects.filter(perkara=perkara.pk).order_by("tahun", "urut")) if ada_surat else []
    simpul = rantai(perkara) if ada_disposisi else []
    if not (surat or simpul or boleh_catat):
        return None
    return {
        "templat": "disposisi/_panel.html", "surat": surat, "rantai": simpul, "boleh_catat": boleh_catat,
        "boleh_kirim": boleh_kirim and perkara.ditutup is None, "nomor": perkara.nomor,
    }  # fmt: skip
