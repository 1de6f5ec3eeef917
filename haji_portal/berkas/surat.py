"""The receipt for a file: one paper for every kind of case that has a checklist."""

from __future__ import annotations

from typing import Any

from haji_portal.alur.models import Permohonan
from haji_portal.surat.galat import SuratGagal
from haji_portal.surat.jenis import isi_surat


@isi_surat("tanda_terima", judul="Tanda terima berkas", bertanda_tangan=False)
def isi_tanda_terima(perkara: Permohonan) -> dict[str, Any]:
    """Who stood at the desk may be somebody else than the pilgrim (an heir): `nama_pengaju`, where a case has it."""
    if perkara.pemohon is None:
        raise SuratGagal("Perkara ini tidak menerima berkas dari pemohon.")
    penyerah = getattr(perkara, "nama_pengaju", "") or perkara.pemohon.nama
    return {"jemaah": perkara.pemohon, "penyerah": penyerah, "butir": list(perkara.butir.all())}
