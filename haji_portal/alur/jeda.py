"""Stopping, restarting and extending the clock of one case: recorded like a step, without moving the case."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from haji_portal.akun.models import Penugasan

from .galat import IsianSalah, TidakBerhak
from .jalankan import Hasil, catat_kejadian, masih_bertugas
from .kantor import kantor_pihak
from .models import Giliran, Jeda, Perkara, Permohonan, Tenggat
from .pelaku import Petugas
from .tenggat import hitung_batas

# Who may stop and extend the clock, by the party that has the file; the sentence of a refusal names them.
PENGATUR: dict[str, tuple[frozenset[str], str]] = {
    Giliran.Pihak.KANTOR: (frozenset({"kasi", "kepala"}), "Kepala Seksi atau Kepala Kantor"),
    Giliran.Pihak.KANWIL: (frozenset({"kanwil"}), "Kantor Wilayah"),
    Giliran.Pihak.PUSAT: (frozenset({"subdit", "direktur"}), "Subdirektorat atau Direktur"),
}


def jeda(perkara: Perkara, *, oleh: Petugas, versi: int, alasan: str) -> Hasil:
    """Stop the clock (Siskohat or network down). By the officials of whoever has the file (`PENGATUR`)."""
    _boleh(perkara, oleh)
    alasan = _wajib(alasan)

    def ubah(isi: Permohonan) -> None:
        if isi.ditutup:
            raise IsianSalah({"__all__": ["Perkara ini sudah selesai; waktunya tidak berjalan lagi."]})
        if isi.jeda.filter(selesai__isnull=True).exists():
            raise IsianSalah({"alasan": ["Waktu perkara ini sudah dihentikan."]})
        Jeda.objects.create(kantor=isi.kantor, perkara_id=isi.pk, mulai=isi.waktu, alasan=alasan)

    return catat_kejadian(perkara, "jeda", "Hentikan waktu", oleh, versi, {"alasan": alasan}, ubah)


def lanjutkan(perkara: Perkara, *, oleh: Petugas, versi: int) -> Hasil:
    """Let the clock run again; open deadlines move back by the working minutes it stood."""
    _boleh(perkara, oleh)

    def ubah(isi: Permohonan) -> None:
        if not isi.jeda.filter(selesai__isnull=True).update(selesai=isi.waktu):
            raise IsianSalah({"__all__": ["Waktu perkara ini tidak sedang dihentikan."]})
        for tenggat in isi.tenggat.filter(selesai__isnull=True):
            tenggat.batas = hitung_batas(tenggat)
            tenggat.save(update_fields=["batas"])

    return catat_kejadian(perkara, "lanjutkan", "Jalankan waktu lagi", oleh, versi, {}, ubah)


def perpanjang(perkara: Perkara, *, oleh: Petugas, versi: int, menit: int, alasan: str) -> Hasil:
    """Give the present stage `menit` more working minutes, with a reason that its deadline will show."""
    _boleh(perkara, oleh)
    alasan = _wajib(alasan)
    if not 1 <= menit <= 10_000:
        raise IsianSalah({"menit": ["Isi antara 1 dan 10.000 menit kerja."]})

    def ubah(isi: Permohonan) -> None:
        tenggat = isi.tenggat.filter(jenis=Tenggat.Jenis.STATUS, selesai__isnull=True, batas__isnull=False).first()
        if tenggat is None:
            raise IsianSalah({"__all__": ["Tahap ini tidak mempunyai batas waktu yang dapat diperpanjang."]})
        tenggat.tambahan_menit += menit
        tenggat.alasan_perpanjangan = "; ".join(filter(None, [tenggat.alasan_perpanjangan, alasan]))[:300]
        tenggat.batas = hitung_batas(tenggat)
        if tenggat.batas is not None and tenggat.batas > timezone.now():
            tenggat.peringatan = 0
        tenggat.save()

    isi = {"menit": menit, "alasan": alasan}
    return catat_kejadian(perkara, "perpanjang", "Perpanjang waktu", oleh, versi, isi, ubah)


def pengatur(perkara: Perkara, tugas: Iterable[Penugasan]) -> list[Penugasan]:
    """Those of a person's assignments that may stop and extend the clock of a case in its present stage.

    While an applicant or a partner has the file, that is still the case's own office.
    """
    pihak = perkara.info_tahap.pihak
    peran, _ = PENGATUR.get(pihak, PENGATUR[Giliran.Pihak.KANTOR])
    calon = [t for t in tugas if t.peran in peran]
    kantor = kantor_pihak(perkara, pihak).pk if calon else None
    return [t for t in calon if t.kantor_id == kantor]


def _boleh(perkara: Perkara, oleh: Petugas) -> None:
    if not pengatur(perkara, [oleh.penugasan]) or not masih_bertugas(oleh):
        _, siapa = PENGATUR.get(perkara.info_tahap.pihak, PENGATUR[Giliran.Pihak.KANTOR])
        raise TidakBerhak(f"Waktu perkara hanya dapat diatur oleh {siapa}.")


def _wajib(alasan: str) -> str:
    alasan = alasan.strip().rstrip(".")  # a sentence of the portal goes on around it
    if len(alasan) < 5:
        raise IsianSalah({"alasan": ["Tuliskan alasannya; pemohon dapat menanyakannya."]})
    return alasan[:300]
