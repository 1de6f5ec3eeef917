"""What the owner of a reactivation may send from outside: the proof of repayment. The SOP knows no application so."""

from __future__ import annotations

from haji_portal.alur.models import Perkara
from haji_portal.berkas.models import ButirBerkas
from haji_portal.ptsp.ajukan.daftar import Kata, Susulan

from .syarat import BUKTI
from .tahap import Status


def bukti_diminta(perkara: Perkara) -> list[ButirBerkas]:
    """The line of the proof while the case waits for it, else []."""
    return list(perkara.butir.filter(kode=BUKTI)) if perkara.tahap == Status.MENUNGGU_SETORAN else []


SUSULAN = Susulan(
    layanan="pengaktifan",
    butir_terbuka=bukti_diminta,
    perbaikan="kirim_bukti",
    surat=("permintaan_setoran", "jawaban_pengaktifan", "penolakan_pengaktifan"),
    kata=Kata(
        ajakan="Kirim bukti setoran",
        judul="Kirim bukti setoran kembali",
        pengantar="Unggah bukti setoran atau transfer ke rekening BPKH yang tertulis pada surat permintaan kami.",
        tombol="Kirim bukti setoran",
        sesudah="Sesudah dikirim, petugas memeriksanya lalu mengirimkannya ke Kementerian.",
        terima_kasih="Bukti setoran Anda sudah kami terima. Petugas memeriksanya, lalu BPKH memastikan setorannya.",
    ),
    petunjuk={BUKTI: "Foto atau pindaian yang terbaca: tanggal, jumlah, rekening tujuan, dan nomor rujukan bank."},
)
