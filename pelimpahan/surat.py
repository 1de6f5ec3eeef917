"""What stands on this service's letters; the paper itself is templates/surat/."""

from __future__ import annotations

from typing import Any

from haji_portal.alur.models import Perkara
from haji_portal.berkas.models import ButirBerkas
from haji_portal.kabar.kirim import pelampir
from haji_portal.surat.galat import SuratGagal
from haji_portal.surat.jenis import isi_surat
from haji_portal.surat.models import NomorSurat, Surat
from haji_portal.surat.terbit import isi_pdf

from .models import Pelimpahan


def isi_perkara(p: Pelimpahan) -> dict[str, Any]:
    """The facts of a case that every one of its papers draws from."""
    return {
        "asal": p.jemaah_asal,
        "penerima": p.pemohon,
        "porsi": p.porsi,
        "setoran": p.setoran_awal,
        "rekening": p.rekening,
        "sebab": p.get_sebab_display(),
        "hubungan": p.get_hubungan_display().lower(),
        "wafat": p.tanggal_meninggal,
    }


def berkas_ada(p: Pelimpahan) -> list[ButirBerkas]:
    """The documents that the office has checked and found: what goes along with its letters."""
    return list(p.butir.filter(verdict=ButirBerkas.Verdict.ADA))


def nomor_rekomendasi(p: Pelimpahan) -> str:
    """The number reserved for the recommendation, "" on drafts: the letters of one step are numbered in their order."""
    dipakai = NomorSurat.objects.filter(
        surat__perkara=p.pk, surat__jenis="rekomendasi_limpah", status=NomorSurat.Status.DIPAKAI
    )
    return dipakai.order_by("-pk").values_list("nomor", flat=True).first() or ""


def kepada_kanwil(p: Pelimpahan) -> list[str]:
    """The addressee of an office's letters (245/2021 C.3)."""
    kanwil = p.kantor.induk
    nama = kanwil.nama if kanwil else "Kantor Wilayah Kementerian Agama"
    return [f"Kepala {nama}", "c.q. Kepala Bidang Penyelenggaraan Haji dan Umrah"]


@isi_surat("rekomendasi_limpah", judul="Surat Rekomendasi Pelimpahan")
def isi_rekomendasi(p: Pelimpahan) -> dict[str, Any]:
    """Tanah Bumbu 4, Kepulauan Seribu 4: the office recommends the transfer after the documents were checked."""
    return isi_perkara(p) | {"tembusan": []}


@isi_surat("pengantar_limpah", judul="Surat Pengantar")
def isi_pengantar(p: Pelimpahan) -> dict[str, Any]:
    """What is sent to the Kanwil, how many, and the place where the receiver signs for it."""
    return isi_perkara(p) | {
        "kepada": kepada_kanwil(p), "butir": berkas_ada(p), "rekomendasi": nomor_rekomendasi(p), "tembusan": [],
    }  # fmt: skip


@isi_surat("permohonan_limpah", judul="Permohonan Pelimpahan Nomor Porsi")
def isi_permohonan(p: Pelimpahan) -> dict[str, Any]:
    """The head asks for the transfer, with the table of porsi, pilgrim, recipient and account."""
    return isi_perkara(p) | {
        "kepada": kepada_kanwil(p), "rekomendasi": nomor_rekomendasi(p), "hal": "Permohonan pelimpahan nomor porsi",
        "lampiran": "1 (satu) berkas", "tembusan": [],
    }  # fmt: skip


@isi_surat("sph_limpah", judul="Surat Pendaftaran Haji Pelimpahan")
def isi_sph(p: Pelimpahan) -> dict[str, Any]:
    """245/2021 C.7: the recipient with the porsi that was passed on; the photo comes from the case's attachments."""
    return isi_perkara(p)


@pelampir("sph_limpah")
def lampiran_sph(perkara: Perkara) -> tuple[str, bytes]:
    """The signed SPH for the recipient's e-mail."""
    surat = perkara.surat.filter(jenis="sph_limpah", status=Surat.Status.DITANDATANGANI).order_by("-pk").first()
    if surat is None:
        raise SuratGagal("SPH pelimpahan yang ditandatangani tidak ada.")
    return f"SPH-{perkara.nomor}.pdf", isi_pdf(surat)
