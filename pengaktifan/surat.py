"""What stands on this service's letters; the paper itself is templates/surat/."""

from __future__ import annotations

from typing import Any

from haji_portal.akun.models import Kantor
from haji_portal.alur.kantor import kantor_tunggal
from haji_portal.alur.models import Perkara
from haji_portal.berkas.models import ButirBerkas
from haji_portal.dana.konfirmasi import jumlah_keluar, jumlah_setoran
from haji_portal.dana.models import RekeningBpkh
from haji_portal.dana.pengembalian import setoran_perkara
from haji_portal.jemaah.models import PeristiwaPorsi
from haji_portal.kabar.kirim import pelampir
from haji_portal.surat.galat import SuratGagal
from haji_portal.surat.jenis import isi_surat, judul_surat
from haji_portal.surat.models import Surat
from haji_portal.surat.terbit import isi_pdf

from .models import Pengaktifan
from .tahap import Pelapor

DASAR = (
    "Keputusan Direktur Jenderal Penyelenggaraan Haji dan Umrah Nomor 242 Tahun 2021 tentang Standar Operasional "
    "Prosedur Pengaktifan Nomor Porsi Batal Haji Reguler"
)


def isi_perkara(p: Pengaktifan) -> dict[str, Any]:
    """The facts of a case that every one of its letters draws from; `jumlah` in rupiah."""
    batal = PeristiwaPorsi.objects.filter(porsi=p.porsi_id, jenis=PeristiwaPorsi.Jenis.BATAL).last()
    return {
        "jemaah": p.pemohon,
        "porsi": p.porsi,
        "setoran": setoran_perkara(p),
        "jumlah": jumlah_setoran(p),
        "sebab": p.get_sebab_display(),
        "dasar": DASAR,
        "batal": batal.waktu.astimezone(p.kantor.zona_waktu).date() if batal else None,
        "pembatalan": p.perkara_batal.nomor,
        "pelapor": p.nama_pelapor if p.pelapor == Pelapor.LAIN else "",
        "sebagai": p.sebagai_pelapor,
        "putusan": p.nomor_putusan,
        "tanggal_putusan": p.tanggal_putusan,
        "kantor_asal": p.kantor,
        "dari_kantor": p.pelapor == Pelapor.KANTOR,
    }


def kepada_pelapor(p: Pengaktifan) -> list[str]:
    """The reporter, reached through the office (Kepulauan Seribu 8 and 12)."""
    if p.pelapor == Pelapor.KANTOR:
        return [f"Kepala {p.kantor.nama}", f"di {p.kantor.tempat}"]
    nama = p.nama_pelapor if p.pelapor == Pelapor.LAIN else p.pemohon.nama
    return [f"Bapak/Ibu {nama}", f"melalui Kepala {p.kantor.nama}"]


@isi_surat("laporan_pengaktifan", judul="Laporan Pengaktifan Nomor Porsi")
def isi_laporan(p: Pengaktifan) -> dict[str, Any]:
    """Lombok Timur 2-3b, Kepulauan Seribu 4-5: what happened, and what is asked for."""
    pusat = kantor_tunggal(Kantor.Jenis.PUSAT)
    butir = list(p.butir.filter(verdict=ButirBerkas.Verdict.ADA))
    return isi_perkara(p) | {
        "kepada": ["Direktur Pelayanan Haji Dalam Negeri", pusat.nama if pusat else "", "di Jakarta"],
        "hal": "Laporan kronologi dan permohonan pengaktifan nomor porsi batal",
        "lampiran": f"{len(butir)} berkas" if butir else "",
        "butir": butir,
        "kronologi": [baris.strip() for baris in p.kronologi.splitlines() if baris.strip()],
        "tembusan": [f"Kepala {p.kantor.induk.nama}"] if p.kantor.induk else [],
    }


@isi_surat("permintaan_setoran", judul="Permintaan Setoran Kembali")
def isi_permintaan(p: Pengaktifan) -> dict[str, Any]:
    """Lombok Timur 7, Kepulauan Seribu 8: how much, to which account, and how the proof is sent.

    Raises SuratGagal while the admin has written no account: a letter without it must not go out.
    """
    rekening = RekeningBpkh.kini()
    if rekening is None:
        raise SuratGagal("Rekening BPKH untuk setoran kembali belum diisi admin.")
    return isi_perkara(p) | {
        "kepada": [f"Bapak/Ibu {p.pemohon.nama}", p.pemohon.alamat, p.pemohon.kabupaten],
        "hal": "Permintaan menyetor kembali setoran Bipih",
        "kembali": jumlah_keluar(p),
        "rekening": rekening,
        "nomor_perkara": p.nomor,
    }


@isi_surat("jawaban_pengaktifan", judul="Surat Jawaban Pengaktifan")
def isi_jawaban(p: Pengaktifan) -> dict[str, Any]:
    """Kepulauan Seribu 8 and 12: the porsi is active again."""
    return isi_perkara(p) | {
        "kepada": kepada_pelapor(p),
        "hal": "Jawaban atas laporan pengaktifan nomor porsi batal",
        "aktif": p.diaktifkan_pada,
        "kembali": p.jumlah_kembali,
        "nomor_perkara": p.nomor,
        "tembusan": [f"Kepala {p.kantor.nama}"] if p.pelapor != Pelapor.KANTOR else [],
    }


@isi_surat("penolakan_pengaktifan", judul="Surat Jawaban Pengaktifan")
def isi_penolakan(p: Pengaktifan) -> dict[str, Any]:
    """The same answer when it is no."""
    return isi_perkara(p) | {
        "kepada": kepada_pelapor(p),
        "hal": "Jawaban atas laporan pengaktifan nomor porsi batal",
        "alasan": p.alasan_akhir,
        "nomor_perkara": p.nomor,
        "tembusan": [f"Kepala {p.kantor.nama}"] if p.pelapor != Pelapor.KANTOR else [],
    }


def _lampiran(jenis: str) -> None:
    """The signed letter of this kind goes along with the e-mail about it."""

    def ambil(perkara: Perkara) -> tuple[str, bytes]:
        sah = Surat.objects.filter(perkara=perkara.pk, jenis=jenis, status=Surat.Status.DITANDATANGANI)
        surat = sah.order_by("-pk").first()
        if surat is None:
            raise SuratGagal(f"{judul_surat(jenis)} yang ditandatangani tidak ada.")
        return f"{judul_surat(jenis).replace(' ', '-')}-{perkara.nomor}.pdf", isi_pdf(surat)

    pelampir(jenis)(ambil)


for _jenis in ("permintaan_setoran", "jawaban_pengaktifan", "penolakan_pengaktifan"):
    _lampiran(_jenis)
