"""Signing a letter in three moves: freeze, sign outside any transaction, take the step with what was signed."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from haji_portal.alur.deklarasi import Langkah
from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.jalankan import Hasil, jalankan, periksa_pelaku, periksa_syarat
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Petugas
from haji_portal.alur.posisi import surat_langkah
from haji_portal.surat.isi import TTD_UNTUK
from haji_portal.surat.juru import Juru
from haji_portal.surat.models import CaraTtd, Surat
from haji_portal.surat.tandatangan import SesiTtd, gambar_cap, tandatangani_pdf
from haji_portal.surat.terbit import Rancangan, bekukan, rancang


def tandatangani_langkah(perkara: Perkara, langkah: Langkah, *, oleh: Petugas, versi: int, sesi: SesiTtd) -> Hasil:
    """Sign the letters of a step and take the step. `sesi` is the official's opened key (one password, many letters).

    Raises LangkahGagal; a refusal after the letter was frozen leaves it frozen, and the next try takes it up again
    under the same number. Who may and whether are looked at before a number is reserved, and again by jalankan().
    """
    with Juru(0) as juru:
        penandatanganan = Penandatanganan(perkara, langkah, oleh=oleh, versi=versi)
        penandatanganan.siapkan(juru)
        return penandatanganan.selesaikan(sesi)


@dataclass(frozen=True)
class _Garapan:
    """One letter between its number and its signature."""

    rancangan: Rancangan
    pdf: Future[bytes] | None
    cap: Future[bytes] | None


class Penandatanganan:
    """The letters of one step on their way to their signature; a batch prepares a few while another is being signed."""

    def __init__(self, perkara: Perkara, langkah: Langkah, *, oleh: Petugas, versi: int) -> None:
        self._perkara, self._langkah, self._oleh, self._versi = perkara, langkah, oleh, versi
        self._garapan: list[_Garapan] = []

    def siapkan(self, juru: Juru) -> None:
        """Check, reserve the numbers, and have letters and stamps drawn. Raises LangkahGagal.

        A stale page or a second click prepares nothing: jalankan() answers it before it looks at the data.
        """
        rinci, langkah = self._perkara.rinci(), self._langkah
        if rinci.versi != self._versi or rinci.tahap != langkah.sumber:
            return
        periksa_pelaku(rinci, langkah, self._oleh)
        periksa_syarat(rinci, langkah)
        semua = surat_langkah(rinci, langkah)
        berlaku = Surat.objects.filter(perkara_id=rinci.pk, jenis__in=semua, status=Surat.Status.DITANDATANGANI)
        diganti = set(berlaku.values_list("jenis", flat=True))
        try:
            for jenis in semua:
                rancangan = rancang(rinci, jenis, self._oleh.penugasan, pengganti=jenis in diganti)
                self._garapan.append(_garap(juru, rancangan))
        except LangkahGagal:
            if not self._sudah_lewat():
                raise
            self._garapan = []

    def selesaikan(self, sesi: SesiTtd) -> Hasil:
        """Freeze, sign and take the step. Raises LangkahGagal."""
        data: dict[str, Any] = {}
        try:
            if self._garapan:
                data = {"surat": [self._tandatangani(satu, sesi) for satu in self._garapan]}
        except LangkahGagal:
            if not self._sudah_lewat():
                raise
            data = {}
        return jalankan(self._perkara, self._langkah.nama, oleh=self._oleh, versi=self._versi, data=data)

    @property
    def nomor(self) -> list[str]:
        """The numbers of the letters that this step signs, in their order."""
        return [satu.rancangan.cap.nomor for satu in self._garapan]

    def _tandatangani(self, satu: _Garapan, sesi: SesiTtd) -> dict[str, Any]:
        rancangan = satu.rancangan
        surat = bekukan(rancangan, satu.pdf.result() if satu.pdf else b"")
        cap = satu.cap.result() if satu.cap else gambar_cap(rancangan.cap, rancangan.cara)
        berkas = tandatangani_pdf(surat, self._oleh.pengguna, sesi=sesi, cap=cap)
        return {"surat_id": surat.pk, "hash_pdf": surat.hash_pdf, "berkas_ttd": berkas}

    def _sudah_lewat(self) -> bool:
        """Two clicks at once meet here: the slower one finds the letter signed, which is no fault of its own."""
        return Perkara.objects.values_list("versi", flat=True).get(pk=self._perkara.pk) != self._versi


def _garap(juru: Juru, rancangan: Rancangan) -> _Garapan:
    pdf = juru.gambar(rancangan.html, TTD_UNTUK[rancangan.cara]) if rancangan.html else None
    cap = juru.gambar(rancangan.cap.html()) if rancangan.cara == CaraTtd.LOKAL else None
    return _Garapan(rancangan, pdf, cap)
