"""Who may withdraw a letter, and the withdrawal itself, recorded in the case like a step."""

from __future__ import annotations

from haji_portal.akun.models import Kantor, Pengguna, Penugasan, Peran
from haji_portal.alur.jalankan import catat_kejadian
from haji_portal.alur.models import Permohonan
from haji_portal.alur.pelaku import Petugas
from haji_portal.surat.models import Surat
from haji_portal.surat.terbit import batalkan, cabut

PIMPINAN: dict[str, tuple[str, str]] = {
    Kantor.Jenis.PUSAT: (Peran.DITJEN, Peran.DIREKTUR),
    Kantor.Jenis.KANWIL: (Peran.KANWIL, Peran.KANWIL),
}
"""Head and deputy who sign letters, by kind of office; everywhere else Kepala and Kasi. A Kanwil knows one role."""
DAPAT_DICABUT = (Surat.Status.DITANDATANGANI, Surat.Status.DIBEKUKAN)


def pencabut(pengguna: Pengguna, surat: Surat) -> Penugasan | None:
    """The assignment under which a person may withdraw this letter, or None.

    The head of the office that issued it may withdraw every letter, the deputy those that a deputy signs there: nobody
    takes back the word of a superior. One person is enough, the signer too: to withdraw grants nothing to anybody.
    """
    if surat.status not in DAPAT_DICABUT:
        return None
    kantor = surat.kantor
    atasan, bawahan = PIMPINAN.get(kantor.jenis, (Peran.KEPALA, Peran.KASI))
    boleh = {atasan}
    if kantor.peran_penanda_tangan(surat.jenis, surat.tanggal) in (bawahan, None):
        boleh.add(bawahan)
    return next((t for t in pengguna.penugasan_berlaku() if t.kantor == kantor and t.peran in boleh), None)


def laksanakan_cabut(surat: Surat, oleh: Petugas, versi: int, alasan: str) -> None:
    """A signed letter is withdrawn, a frozen one cancelled; in one transaction with the case's history."""
    akhiri = cabut if surat.status == Surat.Status.DITANDATANGANI else batalkan

    def ubah(isi: Permohonan) -> None:
        akhiri(surat, alasan, isi.waktu)

    isi = {"surat": surat.pk, "nomor": surat.nomor, "alasan": alasan}
    catat_kejadian(surat.perkara, "cabut_surat", "Cabut surat", oleh, versi, isi, ubah)
