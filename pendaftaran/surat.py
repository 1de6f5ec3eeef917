"""What stands on this service's letters; the paper itself is templates/surat/."""

from __future__ import annotations

from typing import Any

from haji_portal.surat.jenis import isi_surat

from .models import Pendaftaran


@isi_surat("sph", judul="Surat Pendaftaran Haji")
def isi_sph(perkara: Pendaftaran) -> dict[str, Any]:
    """244/2021 C.5-6: the pilgrim, the porsi, the deposit; the photo comes from the case's attachments."""
    return {
        "jemaah": perkara.pemohon,
        "porsi": perkara.porsi,
        "setoran": perkara.setoran,
        "rekening": perkara.rekening,
        "tanggal_daftar": perkara.tanggal_daftar,
    }


@isi_surat("tanda_terima", judul="Tanda terima berkas", bertanda_tangan=False)
def isi_tanda_terima(perkara: Pendaftaran) -> dict[str, Any]:
    return {"jemaah": perkara.pemohon, "butir": list(perkara.butir.all())}
