"""May it happen now, and if not, why? Every rule carries its citation into the sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from haji_portal.alur.deklarasi import syarat
from haji_portal.alur.posisi import sudah_dilakukan
from haji_portal.berkas.models import ButirBerkas
from haji_portal.berkas.syarat import ada_kekurangan, berkas_lengkap, butir_kembali, lampiran_ada, periksa_perbaikan
from haji_portal.jemaah.domisili import domisili_di, sama_nama
from haji_portal.jemaah.models import Porsi
from haji_portal.surat import syarat as surat
from haji_portal.surat.syarat import ada_surat_dicabut

from .tahap import Pengaju, Sebab

if TYPE_CHECKING:
    from .models import Jurnal, Pembatalan, Reversal
    from .models.isian import IsianPembatalan

__all__ = ["ada_kekurangan", "ada_surat_dicabut", "berkas_lengkap", "butir_kembali", "periksa_perbaikan"]


PENGAJU_SAH: dict[str, tuple[str, ...]] = {
    Sebab.MENINGGAL: (Pengaju.AHLI_WARIS,),
    Sebab.SENDIRI: (Pengaju.JEMAAH, Pengaju.KUASA),
    Sebab.ALASAN_SAH: (Pengaju.JEMAAH, Pengaju.AHLI_WARIS, Pengaju.KUASA, Pengaju.KANTOR),
    Sebab.BELUM_DAFTAR: (Pengaju.JEMAAH, Pengaju.AHLI_WARIS, Pengaju.KUASA),
    Sebab.TIDAK_MEMENUHI: (Pengaju.KANTOR,),
}
"""Who may ask for what (241/2021 A.6, A.7, B.2.e, D.1, D.3). A.5.c does not say who cancels for a lawful reason."""
WAKIL = (Pengaju.AHLI_WARIS, Pengaju.KUASA)
BELUM_BERSYARAT = (
    "Kantor ini belum menyusun daftar persyaratan pembatalan dengan alasan yang sah, karena SOP tidak menetapkannya "
    "(Kepdirjen PHU 241/2021 A.5.c). Minta admin mengisinya lebih dulu: Syarat berkas, layanan pembatalan, kasus "
    "alasan-sah."
)
KALIMAT_PENGAJU: dict[str, str] = {
    Sebab.MENINGGAL: "Pembatalan karena meninggal dunia diajukan ahli waris (Kepdirjen PHU 241/2021 A.6).",
    Sebab.SENDIRI: "Pembatalan ini diajukan jemaah sendiri atau penerima kuasanya (Kepdirjen PHU 241/2021 A.7, B.2).",
    Sebab.TIDAK_MEMENUHI: "Pembatalan ini dimulai oleh kantor (Kepdirjen PHU 241/2021 D.3).",
    Sebab.BELUM_DAFTAR: "Pembatalan ini diajukan jemaah, ahli waris, atau penerima kuasa (Kepdirjen PHU 241/2021 D.1).",
}


def wajib_bersyarat(*, berhalangan: bool, wafat: bool) -> dict[str, bool]:
    """Documents with a condition, and whether it holds (241/2021 B.2.e, D.1.a.4, D.1.c)."""
    return {"surat-kuasa": berhalangan, "akta-kematian": wafat, "keterangan-waris": wafat}


def tandai_wajib(p: IsianPembatalan, butir: list[ButirBerkas]) -> list[ButirBerkas]:
    """Conditional documents are required exactly when their condition holds, and otherwise not on the list at all:
    ticked along with the others, the living pilgrim's death certificate would stand in the office's letters."""
    wajib = wajib_bersyarat(berhalangan=p.berhalangan_tetap, wafat=p.tanggal_meninggal is not None)
    for satu in butir:
        if not satu.wajib and satu.kode in wajib:
            if wajib[satu.kode]:
                satu.wajib = True
                satu.save(update_fields=["wajib"])
            else:
                satu.delete()
    return [b for b in butir if b.pk]


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


@syarat("Nomor porsi dan setoran ini bukan milik jemaah yang sama.")
def milik_jemaah(p: Pembatalan) -> bool:
    sama = p.setoran.jemaah_id == p.pemohon.pk == p.rekening.jemaah_id
    return sama and (p.porsi is None or p.porsi.jemaah_id == p.pemohon.pk)


@syarat("Setoran ini sudah mempunyai nomor porsi; batalkan porsinya.")
def belum_berporsi(p: Pembatalan) -> bool:
    return not p.validasi_saja or p.setoran.porsi_id is None


@syarat("Isi tanggal meninggal jemaah (Kepdirjen PHU 241/2021 A.6).")
def kematian_tercatat(p: Pembatalan) -> bool:
    return p.sebab != Sebab.MENINGGAL or p.tanggal_meninggal is not None


def _kalimat_kematian(p: Pembatalan) -> str:
    sejak = "setoran" if p.validasi_saja else "pendaftaran"
    rujukan = "D.1.c" if p.validasi_saja else "A.6"
    return (
        f"Tanggal meninggal berada di luar masa antara {sejak} dan permohonan ini; periksa kembali "
        f"(Kepdirjen PHU 241/2021 {rujukan})."
    )


@syarat(_kalimat_kematian)
def kematian_masuk_akal(p: Pembatalan) -> bool:
    """Death before 29 April 2019 is a rule of pelimpahan only; here the pilgrim need but have been registered."""
    if p.tanggal_meninggal is None:
        return True
    sejak = p.porsi.terbit if p.porsi is not None else p.setoran.tanggal
    return sejak <= p.tanggal_meninggal <= p.tanggal_permohonan


@syarat(lambda p: KALIMAT_PENGAJU[p.sebab])
def pengaju_sah(p: Pembatalan) -> bool:
    return p.pengaju in PENGAJU_SAH[p.sebab]


@syarat(
    "Ahli waris mengajukan hanya bila jemaah meninggal dunia; isi tanggal meninggalnya (Kepdirjen PHU 241/2021 A.6)."
)
def ahli_waris_sah(p: Pembatalan) -> bool:
    return p.pengaju != Pengaju.AHLI_WARIS or p.tanggal_meninggal is not None


@syarat(
    "Penerima kuasa hanya mewakili jemaah yang berhalangan tetap atau sakit permanen "
    "(Kepdirjen PHU 241/2021 B.2.e, D.1.a.4)."
)
def kuasa_sah(p: Pembatalan) -> bool:
    return p.pengaju != Pengaju.KUASA or p.berhalangan_tetap


@syarat("Jemaah yang meninggal dunia tidak mengajukan sendiri; isi data ahli warisnya (Kepdirjen PHU 241/2021 A.6).")
def jemaah_hidup(p: Pembatalan) -> bool:
    return p.tanggal_meninggal is None or p.pengaju not in (Pengaju.JEMAAH, Pengaju.KUASA)


@syarat("Lengkapi nama, NIK, hubungan, dan alamat pengaju (Kepdirjen PHU 241/2021 A.4, B.1.c).")
def pengaju_lengkap(p: Pembatalan) -> bool:
    isi = (p.nama_pengaju, p.hubungan_pengaju, p.alamat_pengaju)
    return p.pengaju not in WAKIL or (all(isi) and re.fullmatch(r"[0-9]{16}", p.nik_pengaju) is not None)


@syarat("Tuliskan alasan pembatalan yang sah (Kepdirjen PHU 241/2021 A.5.c, D.3).")
def alasan_tertulis(p: Pembatalan) -> bool:
    return p.sebab not in (Sebab.ALASAN_SAH, Sebab.TIDAK_MEMENUHI) or bool(p.alasan.strip())


def pemilik_rekening(p: Pembatalan) -> list[str]:
    """In whose name the account may stand: B.1.d the heir's, B.2.d the pilgrim's, D.1.a.3 either; else who asks."""
    wakil = [p.nama_pengaju] if p.pengaju in WAKIL else []
    if p.tanggal_meninggal is not None and p.sebab == Sebab.MENINGGAL:
        return wakil
    return [p.pemohon.nama] if p.sebab == Sebab.SENDIRI else [p.pemohon.nama, *wakil]


def _kalimat_rekening(p: Pembatalan) -> str:
    siapa = {Sebab.MENINGGAL: "ahli waris", Sebab.SENDIRI: "jemaah"}.get(Sebab(p.sebab), "jemaah atau ahli waris")
    return f"Rekening tujuan harus atas nama {siapa} (Kepdirjen PHU 241/2021 B.1.d, B.2.d, D.1.a.3)."


@syarat(_kalimat_rekening)
def rekening_atas_nama(p: Pembatalan) -> bool:
    return any(sama_nama(p.rekening.atas_nama, nama) for nama in pemilik_rekening(p))


ATURAN = [
    domisili_sesuai, belum_masuk_asrama, porsi_aktif, belum_berporsi, milik_jemaah, kematian_tercatat,
    kematian_masuk_akal, pengaju_sah, ahli_waris_sah, kuasa_sah, jemaah_hidup, pengaju_lengkap, alasan_tertulis,
    rekening_atas_nama,
]  # fmt: skip
"""What must hold for every cancellation, at the counter, before the Kasi approves and before the centre enters it."""


@syarat("Setoran ini sudah dibatalkan.")
def belum_batal(p: Pembatalan) -> bool:
    return p.setoran.dibatalkan is None


@syarat("Foto pengaju belum diambil (Kepdirjen PHU 241/2021 A.4).")
def foto_ada(p: Pembatalan) -> bool:
    if p.sebab == Sebab.TIDAK_MEMENUHI:
        return True  # the office asks for it itself; nobody stands at the desk
    return lampiran_ada(p, "foto_3x4")


@syarat("Permohonan belum diinput ke Siskohat.")
def data_terinput(p: Pembatalan) -> bool:
    return "input_data" in sudah_dilakukan(p)


surat_utuh = surat.surat_utuh("Surat kantor ini dicabut dan belum diganti; Kepala Kantor menyusunnya ulang lebih dulu.")


@syarat("Jurnal ini sudah diajukan kepada Direktur.")
def jurnal_masih_disusun(p: Pembatalan) -> bool:
    return p.dalam_jurnal is not None and p.dalam_jurnal.tahap == "disusun"


@syarat("Surat pengajuan kepada BPKH belum ditandatangani Direktur.")
def jurnal_terkirim(p: Pembatalan) -> bool:
    return p.dalam_jurnal is not None and p.dalam_jurnal.tahap == "terkirim"


@syarat(
    "Uang pembatalan ini sedang dikembalikan. Tunggu sampai diterima pemiliknya, atau sampai pembayarannya gagal dan "
    "dihentikan."
)
def uang_belum_jalan(p: Pembatalan) -> bool:
    """Nothing was asked from BPKH that may still be paid; a journal with the Direktur is as good as asked."""
    dijurnal = p.tahap != "dijurnal" or jurnal_masih_disusun(p)
    return dijurnal and not p.anak.filter(jenis="pengembalian", ditutup__isnull=True).exists()


@syarat("Porsi atau setoran ini tidak batal lagi.")
def masih_batal(p: Pembatalan) -> bool:
    return p.setoran.dibatalkan is not None and (p.porsi is None or p.porsi.status == Porsi.Status.BATAL)


@syarat("Dana belum diterima.")
def dana_sudah_diterima(p: Pembatalan) -> bool:
    return p.anak.filter(jenis="pengembalian", tahap="diterima").exists()


@syarat("Jurnal ini masih memuat perkara; keluarkan dulu, atau ajukan.")
def jurnal_kosong(j: Jurnal) -> bool:
    return not j.isi.exists()


pengajuan_dicabut = surat.tidak_berlaku(
    "surat_pengajuan", "Surat pengajuan masih berlaku; hanya surat yang dicabut diganti dengan yang baru."
)


pemberitahuan_dicabut = surat.tidak_berlaku(
    "pemberitahuan_batal", "Pemberitahuan masih berlaku; hanya surat yang dicabut diganti dengan yang baru."
)


@syarat("Jurnal masih kosong.")
def jurnal_terisi(j: Jurnal) -> bool:
    return j.isi.exists()


@syarat("Nomor validasi ini sudah menjadi nomor porsi: pembatalannya diajukan jemaah di kantor domisilinya.")
def setoran_tanpa_porsi(r: Reversal) -> bool:
    return r.setoran.porsi_id is None and r.setoran.dibatalkan is None
