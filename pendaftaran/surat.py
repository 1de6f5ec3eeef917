"""What stands on this service's letters; the paper itself is templates/surat/."""

from __future__ import annotations

from typing import Any

from haji_portal.alur.models import Perkara
from haji_portal.kabar.kirim import pelampir
from haji_portal.surat.galat import SuratGagal
from haji_portal.surat.jenis import isi_surat
from haji_portal.surat.models import Surat
from haji_portal.surat.terbit import isi_pdf

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


@pelampir("sph")
def lampiran_sph(perkara: Perkara) -> tuple[str, bytes]:
    """244/2021 D.10: the signed SPH for the applicant's e-mail."""
    surat = perkara.surat.filter(jenis="sph", status=Surat.Status.DITANDATANGANI).order_by("-pk").first()
    if surat is None:
        raise SuratGagal("SPH yang ditandatangani tidak ada.")
    return f"SPH-{perkara.nomor}.pdf", isi_pdf(surat)
