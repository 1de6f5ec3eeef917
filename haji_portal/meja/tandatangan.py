"""Signing a letter in three moves: freeze, sign outside any transaction, take the step with what was signed."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

from haji_portal.alur.deklarasi import Langkah
from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.jalankan import Hasil, jalankan, periksa_pelaku, periksa_syarat
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Petugas
from haji_portal.surat.isi import TTD_UNTUK
from haji_portal.surat.juru import Juru
from haji_portal.surat.models import CaraTtd, Surat
from haji_portal.surat.tandatangan import SesiTtd, gambar_cap, tandatangani_pdf
from haji_portal.surat.terbit import Rancangan, bekukan, rancang


def tandatangani_langkah(perkara: Perkara, langkah: Langkah, *, oleh: Petugas, versi: int, sesi: SesiTtd) -> Hasil:
    """Sign the letter of a step and take the step. `sesi` is the official's opened key (one password, many letters).

    Raises LangkahGagal; a refusal after the letter was frozen leaves it frozen, and the next try takes it up again
    under the same number. Who may and whether are looked at before a number is reserved, and again by jalankan().
    """
    with Juru(0) as juru:
        penandatanganan = Penandatanganan(perkara, langkah, oleh=oleh, versi=versi)
        penandatanganan.siapkan(juru)
        return penandatanganan.selesaikan(sesi)


class Penandatanganan:
    """One letter on its way to its signature; a batch prepares a few while another is being signed."""

    def __init__(self, perkara: Perkara, langkah: Langkah, *, oleh: Petugas, versi: int) -> None:
        self._perkara, self._langkah, self._oleh, self._versi = perkara, langkah, oleh, versi
        self._rancangan: Rancangan | None = None
        self._pdf: Future[bytes] | None = None
        self._cap: Future[bytes] | None = None

    def siapkan(self, juru: Juru) -> None:
        """Check, reserve the number, and have letter and stamp drawn. Raises LangkahGagal.

        A stale page or a second click prepares nothing: jalankan() answers it before it looks at the data.
        """
        rinci, langkah = self._perkara.rinci(), self._langkah
        if rinci.versi != self._versi or rinci.tahap != langkah.sumber:
            return
        periksa_pelaku(rinci, langkah, self._oleh)
        periksa_syarat(rinci, langkah)
        berlaku = Surat.objects.filter(
            perkara_id=rinci.pk, jenis=langkah.tanda_tangan, status=Surat.Status.DITANDATANGANI
        )
        try:
            rancangan = rancang(rinci, langkah.tanda_tangan, self._oleh.penugasan, pengganti=berlaku.exists())
        except LangkahGagal:
            if not self._sudah_lewat():
                raise
            return
        self._rancangan = rancangan
        if rancangan.html:
            self._pdf = juru.gambar(rancangan.html, TTD_UNTUK[rancangan.cara])
        if rancangan.cara == CaraTtd.LOKAL:
            self._cap = juru.gambar(rancangan.cap.html())

    def selesaikan(self, sesi: SesiTtd) -> Hasil:
        """Freeze, sign and take the step. Raises LangkahGagal."""
        data: dict[str, Any] = {}
        try:
            if self._rancangan is not None:
                surat = bekukan(self._rancangan, self._pdf.result() if self._pdf else b"")
                cap = self._cap.result() if self._cap else gambar_cap(self._rancangan.cap, self._rancangan.cara)
                berkas = tandatangani_pdf(surat, self._oleh.pengguna, sesi=sesi, cap=cap)
                data = {"surat_id": surat.pk, "hash_pdf": surat.hash_pdf, "berkas_ttd": berkas}
        except LangkahGagal:
            if not self._sudah_lewat():
                raise
        return jalankan(self._perkara, self._langkah.nama, oleh=self._oleh, versi=self._versi, data=data)

    def _sudah_lewat(self) -> bool:
        """Two clicks at once meet here: the slower one finds the letter signed, which is no fault of its own."""
        return Perkara.objects.values_list("versi", flat=True).get(pk=self._perkara.pk) != self._versi
