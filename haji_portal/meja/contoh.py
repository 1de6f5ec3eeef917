"""Taking steps as whoever may take them: for demo data and for the contract tests."""

from __future__ import annotations

from typing import Any

from haji_portal.akun.models import Penugasan
from haji_portal.alur.deklarasi import Langkah
from haji_portal.alur.giliran import kantor_peran, terhalang_oleh_kendali
from haji_portal.alur.jalankan import Hasil, cari_di_tahap, jalankan
from haji_portal.alur.models import SOP, Permohonan
from haji_portal.alur.pelaku import Pelaku, Pemohon, Petugas, Sistem
from haji_portal.alur.posisi import peran_langkah, peran_pembuka
from haji_portal.surat.cara import cara_ttd
from haji_portal.surat.models import CaraTtd
from haji_portal.surat.tandatangan import SesiTtd, buka_sesi

from .tandatangan import tandatangani_langkah


def petugas_untuk(perkara: Permohonan, langkah: Langkah) -> Petugas:
    """The first active person with a current assignment who may take this step; LookupError when nobody is left."""
    terlarang = terhalang_oleh_kendali(perkara, langkah)
    for peran in sorted(peran_langkah(perkara, langkah)):
        tugas = Penugasan.objects.berlaku().filter(
            kantor=kantor_peran(perkara, peran), peran=peran, pengguna__is_active=True
        )
        orang = tugas.exclude(pengguna_id__in=terlarang).select_related("pengguna", "kantor").order_by("pk").first()
        if orang is not None:
            return Petugas(orang.pengguna, orang)
    raise LookupError(f"nobody may take {langkah.nama} on {perkara.nomor}")


def pembuka(calon: Permohonan) -> Petugas:
    """Somebody who may open a case like this one, which is not saved; LookupError when nobody may."""
    if type(calon).PUNYA_SOP:
        calon.sop = SOP.untuk(calon.layanan_sop(), calon.kantor.slug, calon.varian())
    for peran in sorted(peran_pembuka(calon), reverse=True):
        tugas = Penugasan.objects.berlaku().filter(
            kantor=kantor_peran(calon, peran), peran=peran, pengguna__is_active=True
        )
        if (orang := tugas.select_related("pengguna", "kantor").order_by("pk").first()) is not None:
            return Petugas(orang.pengguna, orang)
    raise LookupError(f"nobody opens {calon.jenis_perkara()} in {calon.kantor}")


def pelaku_untuk(perkara: Permohonan, langkah: Langkah) -> Pelaku:
    """Whoever may take this step: staff, else the applicant or the portal itself; LookupError when nobody."""
    pihak = langkah.oleh.pihak
    if peran_langkah(perkara, langkah) or not pihak & {"pemohon", "sistem"}:
        return petugas_untuk(perkara, langkah)
    return Pemohon(perkara, "contoh") if "pemohon" in pihak else Sistem("contoh")


class Pelaksana:
    """Takes steps; remembers each signatory's opened key, since opening one costs a slow password hash."""

    def __init__(self, sandi: str) -> None:
        self.sandi = sandi
        self._sesi: dict[tuple[int, CaraTtd], SesiTtd] = {}

    def sesi(self, oleh: Petugas) -> SesiTtd:
        """The official's opened key, for the way in which the official's office signs."""
        kunci = (oleh.pengguna.pk, cara_ttd(oleh.penugasan.kantor))
        if kunci not in self._sesi:
            self._sesi[kunci] = buka_sesi(oleh.pengguna, self.sandi, kunci[1])
        return self._sesi[kunci]

    def lakukan(self, perkara: Permohonan, nama: str, data: dict[str, Any] | None = None) -> Hasil:
        """Take one step as whoever may; signs for real where the step signs."""
        langkah = cari_di_tahap(perkara, nama)
        oleh = pelaku_untuk(perkara, langkah)
        if langkah.tanda_tangan and isinstance(oleh, Petugas):
            return tandatangani_langkah(perkara, langkah, oleh=oleh, versi=perkara.versi, sesi=self.sesi(oleh))
        return jalankan(perkara, nama, oleh=oleh, versi=perkara.versi, data=data or {})
