"""May it happen now, and if not, why? Every rule carries its citation into the sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from haji_portal.alur.deklarasi import syarat
from haji_portal.alur.posisi import sudah_dilakukan
from haji_portal.berkas.models import ButirBerkas
from haji_portal.berkas.syarat import ada_kekurangan, berkas_lengkap, butir_kembali, periksa_perbaikan
from haji_portal.jemaah.domisili import domisili_di
from haji_portal.jemaah.models import Porsi

from .tahap import Pengaju, Sebab

if TYPE_CHECKING:
    from .models import Jurnal, Pembatalan, Reversal
    from .models.isian import IsianPembatalan

__all__ = ["ada_kekurangan", "berkas_lengkap", "butir_kembali", "periksa_perbaikan"]


def tandai_wajib(p: IsianPembatalan, butir: list[ButirBerkas]) -> None:
    """Conditional documents (241/2021 B.2.e, D.1.a.4, D.1.c) are required exactly when their condition holds."""
    wajib = {
        "surat-kuasa": p.berhalangan_tetap or p.pengaju == Pengaju.KUASA,
        "akta-kematian": p.tanggal_meninggal is not None,
        "keterangan-waris": p.tanggal_meninggal is not None,
    }
    for satu in butir:
        if not satu.wajib and wajib.get(satu.kode):
            satu.wajib = True
            satu.save(update_fields=["wajib"])


@syarat("Pembatalan diajukan di kantor sesuai domisili KTP jemaah (Kepdirjen PHU 241/2021 A.2).")
def domisili_sesuai(p: Pembatalan) -> bool:
    # The office cancels by itself at the place where the deposit was brought, maybe for this very reason (D.3).
    return p.sebab == Sebab.TIDAK_MEMENUHI or domisili_di(p.pemohon, p.kantor.kabupaten)


@syarat("Pembatalan hanya sebelum masuk asrama haji embarkasi atau embarkasi antara (Kepdirjen PHU 241/2021 A.6, A.7).")
def belum_masuk_asrama(p: Pembatalan) -> bool:
    return p.masuk_asrama is None and (p.porsi is None or p.porsi.status != Porsi.Status.BERANGKAT)


@syarat("Nomor porsi ini tidak aktif.")
def porsi_aktif(p: Pembatalan) -> bool:
    return p.validasi_saja or (p.porsi is not None and p.porsi.status == Porsi.Status.AKTIF)


@syarat("Setoran ini sudah mempunyai nomor porsi; batalkan porsinya.")
def belum_berporsi(p: Pembatalan) -> bool:
    return not p.validasi_saja or p.setoran.porsi_id is None


@syarat("Isi tanggal meninggal jemaah (Kepdirjen PHU 241/2021 A.6).")
def kematian_tercatat(p: Pembatalan) -> bool:
    return p.sebab != Sebab.MENINGGAL or p.tanggal_meninggal is not None


ATURAN = [domisili_sesuai, belum_masuk_asrama, porsi_aktif, belum_berporsi, kematian_tercatat]


@syarat("Setoran ini sudah dibatalkan.")
def belum_batal(p: Pembatalan) -> bool:
    return p.setoran.dibatalkan is None


@syarat("Foto pengaju belum diambil (Kepdirjen PHU 241/2021 A.4).")
def foto_ada(p: Pembatalan) -> bool:
    if p.sebab == Sebab.TIDAK_MEMENUHI:
        return True  # the office asks for it itself; nobody stands at the desk
    return p.lampiran.filter(jenis="foto_3x4", diganti_pada__isnull=True).exists()


@syarat("Permohonan belum diinput ke Siskohat.")
def data_terinput(p: Pembatalan) -> bool:
    return "input_data" in sudah_dilakukan(p)


@syarat("Jurnal ini sudah diajukan kepada Direktur.")
def jurnal_masih_disusun(p: Pembatalan) -> bool:
    return p.dalam_jurnal is not None and p.dalam_jurnal.tahap == "disusun"


@syarat("Surat pengajuan kepada BPKH belum ditandatangani Direktur.")
def jurnal_terkirim(p: Pembatalan) -> bool:
    return p.dalam_jurnal is not None and p.dalam_jurnal.tahap == "terkirim"


@syarat("Dana belum diterima.")
def dana_sudah_diterima(p: Pembatalan) -> bool:
    return p.anak.filter(jenis="pengembalian", tahap="diterima").exists()


@syarat("Jurnal masih kosong.")
def jurnal_terisi(j: Jurnal) -> bool:
    return j.isi.exists()


@syarat("Nomor validasi ini sudah menjadi nomor porsi: pembatalannya diajukan jemaah di kantor domisilinya.")
def setoran_tanpa_porsi(r: Reversal) -> bool:
    return r.setoran.porsi_id is None and r.setoran.dibatalkan is None
