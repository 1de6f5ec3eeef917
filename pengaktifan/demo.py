"""Invented reactivations in every stage, of both offices and all four causes, lived through past weeks."""

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
from haji_portal.alur.models import Efek, Permohonan
from haji_portal.alur.posisi import langkah_berikut, sudah_dilakukan
from haji_portal.alur.waktu import Kalender
from haji_portal.dana.simulasi import ingatan
from haji_portal.jemaah.contoh import nomor_validasi
from haji_portal.jemaah.models import Porsi, Setoran
from haji_portal.meja.contoh import Pelaksana
from haji_portal.meja.demo import Jam, mundur, sisakan_efek

from . import contoh
from .masuk import lepaskan
from .tahap import Sebab, Status

S = Status
LT, KS = "lombok-timur", "kepulauan-seribu"
DAFTAR: list[tuple[str, str, str]] = [
    (LT, Sebab.SALAH_ENTRI, S.MENUNGGU_SETORAN), (KS, Sebab.SEPIHAK, S.DI_PUSAT), (LT, Sebab.SEPIHAK, S.DIVERIFIKASI),
    (KS, Sebab.SALAH_ENTRI, S.MENUNGGU_SETORAN), (LT, Sebab.KESALAHAN_SISTEM, S.MENUNGGU_KEPUTUSAN),
    (LT, Sebab.PUTUSAN, S.DIPERIKSA), (KS, Sebab.KESALAHAN_SISTEM, S.SALDO_ADA), (LT, Sebab.SALAH_ENTRI, S.SELESAI),
    (KS, Sebab.PUTUSAN, S.MENUNGGU_TTD), (LT, Sebab.SEPIHAK, S.MENUNGGU_SALDO),
    (LT, Sebab.SALAH_ENTRI, S.MINTA_SETORAN),
    (KS, Sebab.SALAH_ENTRI, S.SELESAI), (LT, Sebab.SALAH_ENTRI, S.DISUSUN), (LT, Sebab.SEPIHAK, S.MENUNGGU_TTD),
    (LT, Sebab.PUTUSAN, S.SIAP_KIRIM), (KS, Sebab.SEPIHAK, S.SALDO_KELUAR), (LT, Sebab.SALAH_ENTRI, S.BUKTI_DITERIMA),
    (KS, Sebab.PUTUSAN, S.BUKTI_DI_PUSAT), (LT, Sebab.SEPIHAK, S.MENUNGGU_KEPASTIAN),
    (KS, Sebab.SALAH_ENTRI, S.SETORAN_PASTI), (LT, Sebab.PUTUSAN, S.MENUNGGU_JAWABAN),
    (LT, Sebab.KESALAHAN_SISTEM, S.MENUNGGU_PENOLAKAN), (KS, Sebab.SALAH_ENTRI, S.DIPERIKSA),
    (LT, Sebab.SALAH_ENTRI, S.DIKEMBALIKAN), (KS, Sebab.SEPIHAK, S.DISUSUN), (LT, Sebab.SEPIHAK, S.DITOLAK),
    (LT, Sebab.SALAH_ENTRI, S.DICABUT),
]  # fmt: skip
"""Office, cause and where the case stands when the demo begins; a small demo takes the first ones."""
UANG_KELUAR = (
    S.MENUNGGU_SETORAN, S.MINTA_SETORAN, S.SALDO_KELUAR, S.BUKTI_DITERIMA, S.BUKTI_DI_PUSAT, S.MENUNGGU_KEPASTIAN,
    S.SETORAN_PASTI, S.MENUNGGU_KEPUTUSAN, S.MENUNGGU_PENOLAKAN,
)  # fmt: skip
"""Stages that only a porsi reaches whose money was paid out."""
CABANG: dict[str, dict[str, str]] = {
    S.MENUNGGU_KEPUTUSAN: {S.MENUNGGU_SALDO: "saldo_keluar", S.SALDO_KELUAR: "ajukan_keputusan"},
    S.MENUNGGU_PENOLAKAN: {
        S.MENUNGGU_SALDO: "saldo_keluar", S.SALDO_KELUAR: "ajukan_keputusan", S.MENUNGGU_KEPUTUSAN: "putuskan_tolak",
    },
    S.DIKEMBALIKAN: {S.DIPERIKSA: "kembalikan"},
    S.DITOLAK: {S.DIPERIKSA: "tolak"},
    S.DICABUT: {S.DISUSUN: "cabut"},
}  # fmt: skip
"""Ends beside the plain way: {goal: {status: step}}."""
AWAL = 7000
"""The invented people of this service are others than those of the services before it."""
BERMAKNA = ("alur.", "pengaktifan.")


def isi(jumlah: int, lapor: Callable[[int], None] = lambda _: None) -> int:
    """Open and drive one of ten of `jumlah` cases, each stage at most once; same number, same people."""
    return Demo(timezone.now(), lapor).isi(min(max(jumlah // 5, 1), len(DAFTAR)))


class Demo:
    def __init__(self, sekarang: datetime.datetime, lapor: Callable[[int], None]) -> None:
        self.sekarang, self.lapor = sekarang, lapor
        self.kantor = {k.slug: k for k in Kantor.objects.filter(slug__in=(LT, KS))}
        self.pelaksana, self.jam, self.urut = Pelaksana(settings.HAJI_DEMO_SANDI), Jam(), AWAL
        self.acak, self.modul = random.Random(242), contoh.modul_batal()

    def isi(self, jumlah: int) -> int:
        contoh.rekening_bpkh()
        with self.jam:
            for ke, (slug, sebab, tujuan) in enumerate(DAFTAR[:jumlah], start=1):
                self._satu(self.kantor[slug], sebab, tujuan)
                self.lapor(ke)
        sisakan_efek(self.sekarang, sisa=0)
        ingatan.tulis(settings.HAJI_DATA / ingatan.BERKAS)
        return jumlah

    def _satu(self, kantor: Kantor, sebab: str, tujuan: str) -> None:
        """One porsi: cancelled some weeks ago, paid out where the goal needs it, and reported as an error since."""
        self.urut += 1
        if Setoran.objects.filter(nomor_validasi=nomor_validasi(self.urut)).exists():
            return
        kal = kalender_kantor(kantor)
        self.jam.batas, self.jam.kini = self.sekarang, mundur(kal, self.sekarang, 450 * 25)
        batal = self._batalkan(kantor, dibayar=tujuan in UANG_KELUAR)
        self.jam.kini = mundur(kal, self.sekarang, self.acak.randrange(40, 1800))
        lain = contoh.LAIN if self.urut % 4 == 3 else {}
        with transaction.atomic():
            lepaskan(batal)
            p: Any = contoh.buka_contoh(kantor, self.urut, batal=batal, sebab=sebab, **lain).perkara
        self._jalan(p, tujuan, kal)

    def _batalkan(self, kantor: Kantor, *, dibayar: bool) -> Any:
        """The cancellation by its own service's steps; where it is to be paid, until its owner has the money."""
        p: Any = self.modul.buka_contoh(kantor, self.urut, sebab="sendiri").perkara
        while p.ditutup is None:
            if not dibayar and Porsi.objects.filter(pk=p.porsi_id, status=Porsi.Status.BATAL).exists():
                break
            langkah = langkah_berikut(p)
            if langkah is None:
                break
            self.modul.siapkan(self.pelaksana, p, langkah.nama)
            self.jam.maju(kalender_kantor(kantor), self.acak.randrange(2, 40))
            p = self.pelaksana.lakukan(p, langkah.nama, self.modul.isian(p, langkah.nama)).perkara
        return p

    def _jalan(self, p: Any, tujuan: str, kal: Kalender) -> None:
        for _ in range(30):
            nama = _berikut(p, tujuan)
            if nama is None:
                return
            contoh.siapkan(p, nama)
            isian = contoh.isian(p, nama)
            if nama == "periksa_berkas" and tujuan == S.DIKEMBALIKAN:
                isian["verdict"][min(isian["verdict"])] = ("kurang", "Halaman kedua tidak terbaca.")
            self.jam.maju(kal, self.acak.randrange(2, 60))
            p = self.pelaksana.lakukan(p, nama, isian).perkara
            self._efek()

    def _efek(self) -> None:
        """What the portal does by itself, at the demo's own time."""
        for efek in Efek.objects.filter(selesai__isnull=True, menyerah__isnull=True, percobaan=0).order_by("pk"):
            if efek.jenis.startswith(BERMAKNA):
                jalankan_efek(efek.pk)


def _berikut(p: Permohonan, tujuan: str) -> str | None:
    """The next step on the way to `tujuan`, None when the case has arrived."""
    p = type(p).objects.get(pk=p.pk)
    if p.tahap == tujuan or p.ditutup is not None:
        return None
    diperiksa = "periksa_berkas" in sudah_dilakukan(p)
    if diperiksa and (cabang := CABANG.get(tujuan, {}).get(p.tahap)):
        return cabang
    if p.tahap == S.MENUNGGU_SALDO and tujuan in UANG_KELUAR:
        return "saldo_keluar"
    langkah = langkah_berikut(p)
    return langkah.nama if langkah else None
