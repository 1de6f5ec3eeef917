"""What the page of every case shows of letters and dispositions."""

from __future__ import annotations

from typing import Any

from haji_portal.akun.models import Kantor, Pengguna
from haji_portal.alur.models import Permohonan

from ..models import SuratMasuk
from .cakupan import PENCATAT, PENGIRIM, tugas
from .pohon import rantai


def panel_perkara(perkara: Permohonan, pengguna: Pengguna) -> dict[str, Any] | None:
    """Context of templates/disposisi/_panel.html; None at the centre and where there is nothing to see or to do."""
    if perkara.kantor.jenis != Kantor.Jenis.KABKOTA:
        return None
    boleh_catat = any(t.kantor_id == perkara.kantor_id for t in tugas(pengguna, PENCATAT))
    boleh_kirim = any(t.kantor_id == perkara.kantor_id for t in tugas(pengguna, PENGIRIM))
    surat = list(SuratMasuk.objects.filter(perkara=perkara.pk).order_by("tahun", "urut"))
    simpul = rantai(perkara)
    if not (surat or simpul or boleh_catat):
        return None
    return {
        "templat": "disposisi/_panel.html", "surat": surat, "rantai": simpul, "boleh_catat": boleh_catat,
        "boleh_kirim": boleh_kirim and perkara.ditutup is None, "nomor": perkara.nomor,
    }  # fmt: skip
