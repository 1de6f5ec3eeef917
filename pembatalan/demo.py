"""Invented cancellations in every stage, from the counter to the money in the account, lived through past weeks."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.efek import jalankan_efek
from haji_portal.alur.kalender import kalender_kantor
from haji_portal.alur.models import Efek
from haji_portal.alur.posisi import langkah_berikut, sudah_dilakukan
from haji_portal.alur.waktu import Kalender
from haji_portal.dana import contoh as contoh_dana
from haji_portal.dana.models import Pengembalian
from haji_portal.dana.simulasi import ingatan
from haji_portal.jemaah.contoh import nomor_validasi
from haji_portal.jemaah.models import Setoran
from haji_portal.meja.contoh import Pelaksana
from haji_portal.meja.demo import Jam, mundur, sisakan_efek
from haji_portal.ptsp.demo import kunjungan_contoh

from . import contoh
from .models import Jurnal, Reversal
from .tahap import Sebab, Status

S, D, R = Status, Pengembalian.Status, Reversal.Status
JALAN: dict[str, list[str]] = {
    "lombok-timur": [
        S.DIPERIKSA, S.DIPERIKSA, S.DIKEMBALIKAN, S.DISUSUN, S.DIVERIFIKASI, S.DIVERIFIKASI, S.MENUNGGU_TTD,
        S.MENUNGGU_TTD, S.DIREKAM, S.DIVALIDASI, S.DIVALIDASI, S.DI_PUSAT, S.DI_PUSAT, S.DIBATALKAN, S.DIJURNAL,
        S.DITOLAK, S.DICABUT,
    ],
    "tanah-bumbu": [
        S.DIPERIKSA, S.DIKEMBALIKAN, S.DIDISPOSISI, S.DIDISPOSISI, S.DISUSUN, S.MENUNGGU_TTD, S.DIREKAM, S.DIVALIDASI,
        S.DI_PUSAT, S.DIBATALKAN, S.DIJURNAL, S.DITOLAK, S.DICABUT,
    ],
    "kepulauan-seribu": [S.DIPERIKSA, S.DIKEMBALIKAN, S.DIREKAM, S.DIVALIDASI, S.DI_PUSAT],
}  # fmt: skip
"""Where the cases of an office stand when the demo begins."""
DANA: dict[str, list[str]] = {
    "lombok-timur": [
        D.DIAJUKAN, D.SPM_TERBIT, D.DITRANSFER, D.DITERIMA, D.DITERIMA, D.BELUM_PASTI, D.GAGAL, D.DIAJUKAN, D.DIAJUKAN,
    ],
    "tanah-bumbu": [D.DIAJUKAN, D.DITERIMA, D.RETUR, D.DIAJUKAN],
    "kepulauan-seribu": [D.DITERIMA, D.DIAJUKAN],
}  # fmt: skip
"""Cases of journals that were sent, by the state of their refund."""
BERANGKAT = (datetime.timedelta(minutes=1), datetime.timedelta(seconds=40))
"""When the first of the refunds that wait goes out to BPKH, and how long after it each next one."""
REVERSAL = [R.DIPERIKSA, R.DIKEMBALIKAN, R.SELESAI, R.DITOLAK]
LANGKAH_AKHIR: dict[str, str] = {
    "ditolak": "tolak", "dicabut": "cabut", "dikembalikan": "kembalikan", "belum_pasti": "nyatakan_belum_pasti",
    "gagal": "gagalkan", "retur": "kembalikan_dana",
}  # fmt: skip
"""Ends beside the plain way, and the step that leads there from where they branch off."""
AWAL = 5000
"""The invented people of this service are others than those of the registrations."""
BERMAKNA = ("alur.", "dana.", "pembatalan.")
"""Effects that move cases; the rest only tell."""
KE_MITRA = ("dana.kirim", "dana.tanya")
"""Effects that call BPKH: in the past of the demo people carried the orders."""


def isi(jumlah: int, lapor: Callable[[int], None] = lambda _: None) -> int:
    """Open and drive three of ten of `jumlah` cases, `lapor` told how many are done; same number, same people."""
    return Demo(timezone.now(), lapor).isi(jumlah * 3 // 10)


class Demo:
    def __init__(self, sekarang: datetime.datetime, lapor: Callable[[int], None]) -> None:
        self.sekarang, self.lapor = sekarang, lapor
        self.kantor = {k.slug: k for k in Kantor.objects.filter(slug__in=[*JALAN, "pusat"])}
        self.pelaksana, self.jam, self.urut = Pelaksana(settings.HAJI_DEMO_SANDI), Jam(), AWAL
        self.acak = random.Random(241)

    def isi(self, jumlah: int) -> int:
        dana = _rata(DANA)
        jalan = [*_rata(JALAN), *(("pusat", tujuan) for tujuan in REVERSAL)]
        with self.jam:
            self._jurnal_terkirim(dana[: max(jumlah - len(jalan), 0)])
            for slug, tujuan in jalan[:jumlah]:
                self._mulai(slug, tujuan, self.sekarang)
        sisakan_efek(self.sekarang, sisa=0)
        _berangkatkan(timezone.now())
        ingatan.tulis(settings.HAJI_DATA / ingatan.BERKAS)
        return self.urut - AWAL

    def _jurnal_terkirim(self, daftar: list[tuple[str, str]]) -> None:
        """Journals of some working days ago, and what became of the money since."""
        pusat = kalender_kantor(self.kantor["pusat"])
        dikirim = mundur(pusat, self.sekarang, 450 * 6)
        perkara = [(self._mulai(slug, S.DIBATALKAN, dikirim), tujuan) for slug, tujuan in daftar]
        self.jam.batas, self.jam.kini = self.sekarang, dikirim
        for p, _ in perkara:
            if p is not None and p.tahap == S.DIBATALKAN:
                self._langkah(p, "jurnalkan", {})
        for jurnal in Jurnal.objects.filter(tahap=Jurnal.Status.DISUSUN, dibuka__lte=dikirim):
            contoh.selesaikan(self.pelaksana, jurnal, contoh.isian)
        self._efek()
        for p, tujuan in perkara:
            if p is not None:
                self.jam.kini = dikirim
                self._dana(p, tujuan, pusat)

    def _dana(self, induk: Any, tujuan: str, kal: Kalender) -> None:
        akhir = LANGKAH_AKHIR.get(tujuan, "")
        cabang = D.DITRANSFER if akhir else tujuan
        for satu in Pengembalian.objects.filter(induk=induk.pk, ditutup__isnull=True):
            perkara: Any = satu
            while perkara.tahap != cabang and perkara.ditutup is None:
                perkara = self._langkah(perkara, langkah_berikut(perkara).nama, None, kal)  # type: ignore[union-attr]
            if akhir:
                self._langkah(perkara, akhir, None, kal)
        self._efek()

    def _mulai(self, slug: str, tujuan: str, sampai: datetime.datetime) -> Any:
        """Open a case and drive it to `tujuan`, not later than `sampai`; None when an earlier fill did it."""
        self.urut += 1
        if Setoran.objects.filter(nomor_validasi=nomor_validasi(self.urut)).exists():
            return None
        kantor = self.kantor[slug]
        kal = kalender_kantor(kantor)
        menit = 450 * 12 if sampai < self.sekarang or tujuan in _JAUH else self.acak.choice([9, 40, 200, 700, 1800])
        self.jam.batas, self.jam.kini = sampai, mundur(kal, sampai, menit)
        with transaction.atomic():
            perkara: Any = self._buka(kantor, tujuan)
        self._jalan(perkara, tujuan, kal)
        self.lapor(self.urut - AWAL)
        perkara.refresh_from_db()
        return perkara

    def _buka(self, kantor: Kantor, tujuan: str) -> Any:
        if kantor.jenis == Kantor.Jenis.PUSAT:
            return contoh.buka_contoh_reversal(kantor, self.urut).perkara
        if self.urut % 13 == 6 and tujuan not in _BERBERKAS:
            return contoh.buka_contoh(kantor, self.urut, sebab=Sebab.TIDAK_MEMENUHI).perkara
        if self.urut % 9 in (7, 8):
            return contoh.buka_contoh_elektronik(kantor, self.urut).perkara
        tempat: dict[str, Any] = {}
        if self.urut % 9 == 4:
            tempat = {"saluran": "keliling", "kunjungan": kunjungan_contoh(kantor)}
        return contoh.buka_contoh(kantor, self.urut, **tempat).perkara

    def _jalan(self, perkara: Any, tujuan: str, kal: Kalender) -> None:
        for _ in range(30):
            nama = _berikut(perkara, tujuan)
            if nama is None:
                return
            isian = contoh.isian(perkara, nama)
            if nama == "periksa_berkas" and tujuan == S.DIKEMBALIKAN:
                kode = sorted(isian["verdict"])[perkara.pk % len(isian["verdict"])]
                isian["verdict"][kode] = ("kurang", "Salinan tidak terbaca; mohon bawa aslinya.")
            perkara = self._langkah(perkara, nama, isian, kal)

    def _langkah(self, perkara: Any, nama: str, isian: dict[str, Any] | None, kal: Kalender | None = None) -> Any:
        if kal is not None:
            self.jam.maju(kal, self.acak.randrange(2, 60))
        isian = contoh_dana.isian(perkara, nama) if isian is None else isian
        hasil = self.pelaksana.lakukan(perkara, nama, isian).perkara
        self._efek()
        return hasil

    def _efek(self) -> None:
        """What the portal does by itself, at the demo's own time; some of it brings more of it."""
        while True:
            q = [e for e in Efek.objects.filter(selesai__isnull=True, menyerah__isnull=True, percobaan=0)
                 if e.jenis.startswith(BERMAKNA) and e.jenis not in KE_MITRA]  # fmt: skip
            if not q:
                return
            for efek in sorted(q, key=lambda e: e.pk):
                jalankan_efek(efek.pk)


_JAUH = (S.DI_PUSAT, S.DIBATALKAN, S.DIJURNAL, S.DITOLAK, S.DICABUT, *REVERSAL)
_BERBERKAS = (S.DIPERIKSA, S.DIKEMBALIKAN, S.DIDISPOSISI, S.DITOLAK, S.DIVERIFIKASI)


def _berangkatkan(kini: datetime.datetime) -> None:
    """The refunds that wait for BPKH go out one after the other, while somebody watches."""
    menunggu = Efek.objects.filter(jenis="dana.kirim", riwayat__perkara__tahap=D.DIAJUKAN).order_by("pk")
    for ke, efek in enumerate(menunggu):
        Efek.objects.filter(pk=efek.pk).update(selesai=None, jatuh_tempo=kini + BERANGKAT[0] + ke * BERANGKAT[1])


def _rata(daftar: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(slug, tujuan) for slug, semua in daftar.items() for tujuan in semua]


def _berikut(perkara: Any, tujuan: str) -> str | None:
    """The next step on the way to `tujuan`, None when the case has arrived."""
    if perkara.tahap == tujuan or perkara.ditutup is not None:
        return None
    diperiksa = isinstance(perkara, Reversal) or "periksa_berkas" in sudah_dilakukan(perkara)
    if tujuan in LANGKAH_AKHIR and diperiksa:
        return LANGKAH_AKHIR[tujuan]
    langkah = langkah_berikut(perkara)
    return langkah.nama if langkah else None
