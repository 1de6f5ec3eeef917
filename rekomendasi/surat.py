"""What stands on this service's papers; the paper itself is templates/surat/."""

from __future__ import annotations

from typing import Any

from haji_portal.akun.models import Peran
from haji_portal.alur.models import Perkara
from haji_portal.berkas.models import ButirBerkas
from haji_portal.kabar.kirim import pelampir
from haji_portal.surat.galat import SuratGagal
from haji_portal.surat.jenis import isi_surat
from haji_portal.surat.models import Surat
from haji_portal.surat.terbit import isi_pdf

from .models import Rekomendasi
from .models.register import PenyelenggaraPerjalanan

DASAR = (
    "Surat Edaran Direktur Jenderal Penyelenggaraan Haji dan Umrah Nomor B-7001/DJ.II/Hk.00.5/03/2017 tentang "
    "Penambahan Syarat Rekomendasi Kepala Kantor Kementerian Kabupaten/Kota bagi Pemohon Paspor Umrah dan Haji Khusus"
)
STANDAR = "Standar Pelayanan Nomor 009 Tahun 2023"
IZIN = {
    PenyelenggaraPerjalanan.Jenis.PPIU.value: "Penyelenggara Perjalanan Ibadah Umrah (PPIU)",
    PenyelenggaraPerjalanan.Jenis.PIHK.value: "Penyelenggara Ibadah Haji Khusus (PIHK)",
}


def isi_perkara(p: Rekomendasi) -> dict[str, Any]:
    """The facts of a case that every one of its papers draws from."""
    return {
        "pemohon": p.pemohon,
        "peserta": p.daftar_peserta(),
        "tujuan": p.get_tujuan_display().lower(),
        "penyelenggara": p.penyelenggara,
        "izin": IZIN[p.penyelenggara.jenis],
        "izin_pendek": p.izin,
        "sk": p.sk or p.penyelenggara.sk_terbaru(),
        "pengantar": p.nomor_pengantar,
        "tanggal_pengantar": p.tanggal_pengantar,
        "standar": STANDAR,
    }


@isi_surat("rekomendasi_paspor", judul="Surat Rekomendasi Paspor")
def isi_rekomendasi(p: Rekomendasi) -> dict[str, Any]:
    """Kepulauan Seribu 4: to the immigration office, for one person or for all whom the application names."""
    return isi_perkara(p) | {
        "kepada": [f"Kepala {p.kantor_imigrasi}", "di tempat"],
        "sifat": "Biasa",
        "hal": f"Rekomendasi permohonan paspor {p.get_tujuan_display().lower()}",
        "dasar": DASAR,
        # Signed by the Kasi because the head directs so: on the head's behalf.
        "atas_nama": "Kepala Kantor" if p.penanda_tangan == Peran.KASI else "",
    }


@isi_surat("catatan_pengembalian", judul="Catatan Pengembalian Berkas", bertanda_tangan=False)
def isi_catatan(p: Rekomendasi) -> dict[str, Any]:
    """Kepulauan Seribu 4: the written reason, by the back office, that goes back with the papers."""
    langkah = p.riwayat.filter(langkah="kembalikan_bo").order_by("-urut").first()
    if langkah is None or not p.catatan_kembali:
        raise SuratGagal("Catatan pengembalian ada sesudah BO mengembalikan berkas ini.")
    return isi_perkara(p) | {
        "alasan": p.catatan_kembali,
        "petugas": (langkah.nama, langkah.jabatan),
        "pada": langkah.waktu,
        "butir": list(p.butir.filter(verdict=ButirBerkas.Verdict.ADA)),
    }


@isi_surat("tanda_terima_surat", judul="Tanda Terima Surat Rekomendasi", bertanda_tangan=False)
def isi_tanda_terima_surat(p: Rekomendasi) -> dict[str, Any]:
    """Kepulauan Seribu 6: signed by the applicant when the letter is handed over."""
    sah = surat_sah(p)
    if sah is None:
        raise SuratGagal("Tanda terima ini ada sesudah surat rekomendasi ditandatangani.")
    return isi_perkara(p) | {"surat": sah, "penerima": p.penerima or p.pemohon.nama, "diserahkan": p.diserahkan_pada}


def surat_sah(perkara: Perkara) -> Surat | None:
    """The signed letter that counts."""
    sah = Surat.objects.filter(perkara=perkara.pk, jenis="rekomendasi_paspor", status=Surat.Status.DITANDATANGANI)
    return sah.order_by("-pk").first()


@pelampir("rekomendasi_paspor")
def lampirkan_rekomendasi(perkara: Perkara) -> tuple[str, bytes]:
    """The signed letter goes along with the e-mail that says it was handed over."""
    surat = surat_sah(perkara)
    if surat is None:
        raise SuratGagal("Surat rekomendasi yang ditandatangani tidak ada.")
    return f"Surat-Rekomendasi-Paspor-{perkara.nomor}.pdf", isi_pdf(surat)
