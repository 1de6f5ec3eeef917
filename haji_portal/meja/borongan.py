"""Many approvals in one request: a result per case, each in its own transactions, told as soon as it is known.

The password is typed once and lives in this request. When the reader leaves, the generator is closed between two
letters: what is signed is signed, the rest stays in the stack, and numbers reserved ahead are used at the next try.
"""

from __future__ import annotations

import logging
import traceback
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from haji_portal.akun.models import Pengguna, Penugasan
from haji_portal.alur.apps import model_perkara
from haji_portal.alur.deklarasi import Langkah, langkah_dari
from haji_portal.alur.galat import IsianSalah, LangkahGagal
from haji_portal.alur.jalankan import Hasil, cari_di_tahap, jalankan, pilih_petugas
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Petugas
from haji_portal.surat.cara import cara_ttd
from haji_portal.surat.juru import Juru
from haji_portal.surat.models import CaraTtd
from haji_portal.surat.tandatangan import SesiTtd

from .langkah import kelas_form
from .tandatangan import Penandatanganan

DI_MUKA = 6
"""Letters that are numbered and being drawn while an earlier one is signed."""
TAK_TERDUGA = "Terjadi kesalahan pada portal; langkah ini belum selesai. Ulangi, dan beri tahu admin bila terjadi lagi."
log = logging.getLogger(__name__)
Sesi = Mapping[CaraTtd, SesiTtd]


@dataclass(frozen=True)
class HasilSatu:
    """What became of one case of a batch."""

    nomor: str
    nama: str
    url: str
    berhasil: bool
    kalimat: str


@dataclass(frozen=True)
class Penyetuju:
    """Who approves, and what was sent with the page: step and version per case.

    sandi: the account password was typed within the last minutes, so money may be released.
    """

    pengguna: Pengguna
    penugasan: list[Penugasan]
    isian: Mapping[str, Any]
    sandi: bool = False

    def langkah(self, nomor: str) -> str:
        return str(self.isian.get(f"langkah-{nomor}", ""))

    def versi(self, nomor: str) -> int:
        teks = str(self.isian.get(f"versi-{nomor}", ""))
        return int(teks) if teks.isascii() and teks.isdigit() and len(teks) < 10 else -1

    def melepas_dana(self, perkara: Perkara) -> bool:
        """Whether this case's step would release money now (a second click of it would not)."""
        nama = self.langkah(perkara.nomor)
        semua = langkah_dari(model_perkara(perkara.jenis), perkara.tahap)
        return self.versi(perkara.nomor) == perkara.versi and any(lk.nama == nama and lk.sandi for lk in semua)


class _Satu:
    """One case of the batch: prepared ahead, finished in its turn. What goes wrong stays its own."""

    def __init__(self, perkara: Perkara, penyetuju: Penyetuju, sesi: Sesi) -> None:
        self._perkara, self._penyetuju, self._sesi = perkara, penyetuju, sesi
        self._surat: Penandatanganan | None = None
        self._langkah: Langkah | None = None
        self._oleh: Petugas | None = None
        self._versi = penyetuju.versi(perkara.nomor)
        self._galat: Exception | None = None

    def siapkan(self, juru: Juru) -> None:
        if self._versi != self._perkara.versi:
            return
        try:
            rinci = self._perkara.rinci()
            self._langkah = cari_di_tahap(rinci, self._penyetuju.langkah(rinci.nomor))
            self._oleh = pilih_petugas(self._penyetuju.pengguna, rinci, self._langkah)
            if self._langkah.tanda_tangan and self._sesi:
                self._surat = Penandatanganan(rinci, self._langkah, oleh=self._oleh, versi=self._versi)
                self._surat.siapkan(juru)
        except Exception as galat:  # noqa: BLE001  (told in its turn, and stops no other)
            self._galat = galat

    def selesaikan(self) -> HasilSatu:
        p = self._perkara
        nama = p.pemohon.nama if p.pemohon else ""
        try:
            hasil = self._jalankan()
        except Exception as galat:  # noqa: BLE001  (whatever goes wrong here stops no other)
            return HasilSatu(p.nomor, nama, p.get_absolute_url(), False, kalimat_gagal(galat))
        kalimat = f"“{hasil.riwayat.label}” {'sudah dilakukan' if hasil.sudah else 'selesai'}."
        if self._surat is not None and self._surat.nomor and not hasil.sudah:
            kalimat += f" Nomor {', '.join(self._surat.nomor)}."
        return HasilSatu(p.nomor, nama, p.get_absolute_url(), True, kalimat)

    def _jalankan(self) -> Hasil:
        if self._galat is not None:
            raise self._galat
        if self._oleh is None or self._langkah is None:
            # An older page: jalankan() knows a second click from a case that moved on.
            oleh = Petugas(self._penyetuju.pengguna, self._penyetuju.penugasan[0])
            return jalankan(self._perkara, self._penyetuju.langkah(self._perkara.nomor), oleh=oleh, versi=self._versi)
        if self._surat is not None:
            sesi = self._sesi.get(cara_ttd(self._oleh.penugasan.kantor)) or next(iter(self._sesi.values()))
            return self._surat.selesaikan(sesi)
        if self._langkah.sandi and not self._penyetuju.sandi:
            raise LangkahGagal("Langkah ini meminta kata sandi Anda. Muat ulang halaman ini, lalu ulangi.")
        if kelas_form(self._langkah) is not None:
            raise LangkahGagal("Langkah ini meminta isian. Buka perkaranya lalu selesaikan di sana.")
        return jalankan(self._perkara, self._langkah.nama, oleh=self._oleh, versi=self._versi)


def setujui(perkara: Iterable[Perkara], penyetuju: Penyetuju, sesi: Sesi) -> Iterator[HasilSatu]:
    """Approve these cases one after the other; yields each result as soon as it is there."""
    semua = [_Satu(p, penyetuju, sesi) for p in perkara]
    menunggu: deque[_Satu] = deque()
    with Juru(len(semua) if sesi else 0) as juru:
        for urut, satu in enumerate(semua):
            satu.siapkan(juru)
            menunggu.append(satu)
            # The first line soon, then further and further ahead.
            if len(menunggu) > (min(DI_MUKA, urut // 2 + 1) if juru.serentak else 0):
                yield menunggu.popleft().selesaikan()
        while menunggu:
            yield menunggu.popleft().selesaikan()


def kalimat_gagal(galat: Exception) -> str:
    """What a person reads about one case of a batch that was not done."""
    if isinstance(galat, IsianSalah):
        return " ".join(k for isi in galat.galat.values() for k in isi)
    if isinstance(galat, LangkahGagal):
        return galat.kalimat
    # The place and the kind, never the text: it may quote what the row held.
    tempat = traceback.extract_tb(galat.__traceback__)[-1]
    log.error("one case of a batch failed: %s at %s:%s", type(galat).__name__, tempat.filename, tempat.lineno)
    return TAK_TERDUGA
