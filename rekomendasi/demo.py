"""Invented recommendations in every stage at Kepulauan Seribu, and a register of invented travel organisers."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from haji_portal.akun.models import Kantor, Pengguna
from haji_portal.alur.kalender import kalender_kantor
from haji_portal.alur.posisi import langkah_berikut, sudah_dilakukan
from haji_portal.alur.waktu import Kalender
from haji_portal.jemaah.contoh import orang_contoh
from haji_portal.meja.contoh import Pelaksana
from haji_portal.meja.demo import Jam, mundur, sisakan_efek

from . import contoh, register
from .models import PenyelenggaraPerjalanan, Rekomendasi
from .models.register import rata_nama
from .tahap import Status, Tujuan

S, Jenis = Status, PenyelenggaraPerjalanan.Jenis
KANTOR = "kepulauan-seribu"
TRAVEL: list[tuple[str, str, str, int | None]] = [
    (Jenis.PPIU, "PT Contoh Baitul Amin Wisata", "Kota Jakarta Utara", 900),
    (Jenis.PPIU, "PT Contoh Pelita Haramain", "Kota Jakarta Pusat", 420),
    (Jenis.PPIU, "PT Contoh Safir Nusantara", "Kota Jakarta Timur", 75),
    (Jenis.PPIU, "PT Contoh Tanbih Perdana", "Kabupaten Tangerang", 21),
    (Jenis.PPIU, "PT Contoh Rihlah Mandiri", "Kota Jakarta Barat", -12),
    (Jenis.PPIU, "PT Contoh Zamzam Lestari", "Kota Bekasi", -400),
    (Jenis.PPIU, "PT Contoh Marhaban Tour", "Kota Depok", None),
    (Jenis.PIHK, "PT Contoh Pelita Haramain", "Kota Jakarta Pusat", 640),
    (Jenis.PIHK, "PT Contoh Arafah Utama", "Kota Jakarta Selatan", 1200),
]
"""Kind of licence, name, city, and days until the licence ends (negative: ended; None: none recorded)."""
SAH, KHUSUS, HABIS = 0, 7, 4
"""Places in TRAVEL."""
DAFTAR: list[tuple[str, int, int]] = [
    (S.DIVERIFIKASI, SAH, 3), (S.SIAP_DIAMBIL, SAH, 2), (S.DIPERIKSA, 1, 1), (S.MENUNGGU_TTD, KHUSUS, 2),
    (S.SELESAI, SAH, 1), (S.SIAP_DIKEMBALIKAN, HABIS, 2), (S.DITANDATANGANI, 1, 12), (S.MENUNGGU_SK, HABIS, 1),
    (S.DIKEMBALIKAN, SAH, 1), (S.SELESAI, KHUSUS, 4), (S.TIDAK_DIPROSES, HABIS, 1), (S.DITOLAK, SAH, 1),
    (S.DICABUT, 1, 2), (S.DIVERIFIKASI, HABIS, 2),
]  # fmt: skip
"""Where the case stands when the demo begins, through which organiser, and how many people it names."""
CABANG: dict[str, dict[str, str]] = {
    S.DIKEMBALIKAN: {S.DIPERIKSA: "kembalikan"},
    S.SIAP_DIKEMBALIKAN: {S.DIVERIFIKASI: "kembalikan_bo"},
    S.MENUNGGU_SK: {S.DIVERIFIKASI: "kembalikan_bo", S.SIAP_DIKEMBALIKAN: "serahkan_catatan"},
    S.TIDAK_DIPROSES: {
        S.DIVERIFIKASI: "kembalikan_bo", S.SIAP_DIKEMBALIKAN: "serahkan_catatan", S.MENUNGGU_SK: "tutup",
    },
    S.DITOLAK: {S.DIPERIKSA: "tolak"},
    S.DICABUT: {S.DIVERIFIKASI: "cabut"},
}  # fmt: skip
"""Ends beside the plain way: {goal: {status: step}}."""
AWAL = 9500
"""The invented people of this service are others than those of the services before it."""


def isi(jumlah: int, lapor: Callable[[int], None] = lambda _: None) -> int:
    """The register, and each stage at most once; same number, same people."""
    return Demo(timezone.now(), lapor).isi(min(max(jumlah // 10, 2), len(DAFTAR)))


class Demo:
    def __init__(self, sekarang: datetime.datetime, lapor: Callable[[int], None]) -> None:
        self.sekarang, self.lapor = sekarang, lapor
        self.kantor = Kantor.objects.get(slug=KANTOR)
        self.pelaksana, self.jam, self.urut = Pelaksana(settings.HAJI_DEMO_SANDI), Jam(), AWAL
        self.acak = random.Random(7001)

    def isi(self, jumlah: int) -> int:
        travel = self._register()
        with self.jam:
            for ke, (tujuan, nomor, orang) in enumerate(DAFTAR[:jumlah], start=1):
                self._satu(tujuan, travel[nomor], orang)
                self.lapor(ke)
        sisakan_efek(self.sekarang, sisa=0)
        return jumlah

    def _register(self) -> list[PenyelenggaraPerjalanan]:
        """Written down by the office's JFU, so that each has its trace."""
        pencatat = Pengguna.objects.get(username=f"jfu.{KANTOR}")
        semua = []
        for ke, (jenis, nama, kota, sisa) in enumerate(TRAVEL, start=1):
            satu = PenyelenggaraPerjalanan.objects.filter(jenis=jenis, nama_rata=rata_nama(nama)).first()
            if satu is None:
                telepon = f"(021) 5550{ke:03d}"
                satu = register.catat_baru(jenis, nama, pencatat, self.sekarang, kota=kota, telepon=telepon)
                if sisa is not None:
                    akhir = timezone.localdate(self.sekarang) + datetime.timedelta(days=sisa)
                    self._sk(satu, akhir, ke, pencatat)
            semua.append(satu)
        return semua

    def _sk(self, satu: PenyelenggaraPerjalanan, akhir: datetime.date, ke: int, pencatat: Pengguna) -> None:
        for tahun in (10, 5):
            mulai = akhir.replace(year=akhir.year - tahun, day=min(akhir.day, 28))
            sampai = akhir if tahun == 5 else akhir.replace(year=akhir.year - 5, day=min(akhir.day, 28))
            isian = {"nomor": f"U.{200 + ke} Tahun {mulai.year}", "tanggal": mulai, "berlaku_sampai": sampai}
            register.catat_sk(satu, isian, pencatat, self.sekarang)

    def _satu(self, tujuan: str, travel: PenyelenggaraPerjalanan, orang: int) -> None:
        self.urut += 1
        kal = kalender_kantor(self.kantor)
        pemohon = orang_contoh(self.kantor, self.urut)
        if Rekomendasi.objects.filter(Q(pemohon__nik=pemohon["nik"])).exists():
            return
        lama = self.acak.randrange(60, 900) if tujuan in (S.SELESAI, S.MENUNGGU_SK) else self.acak.randrange(20, 50)
        self.jam.batas, self.jam.kini = self.sekarang, mundur(kal, self.sekarang, lama)
        niat = Tujuan.UMRAH if travel.jenis == Jenis.PPIU else Tujuan.HAJI_KHUSUS
        hasil = contoh.buka_contoh(self.kantor, self.urut, orang=orang, penyelenggara=travel, tujuan=niat.value)
        self._jalan(hasil.perkara, tujuan, kal)

    def _jalan(self, p: Any, tujuan: str, kal: Kalender) -> None:
        for _ in range(20):
            nama = _berikut(p, tujuan)
            if nama is None:
                return
            isian = contoh.isian(p, nama)
            if nama == "periksa_berkas" and tujuan == S.DIKEMBALIKAN:
                isian["verdict"]["ktp"] = ("kurang", "Fotokopi KTP orang kedua belum ada.")
            self.jam.maju(kal, self.acak.randrange(1, 5))
            p = self.pelaksana.lakukan(p, nama, isian).perkara


def _berikut(p: Any, tujuan: str) -> str | None:
    """The next step on the way to `tujuan`, None when the case has arrived."""
    p = type(p).objects.get(pk=p.pk)
    if p.tahap == tujuan or p.ditutup is not None:
        return None
    diperiksa = "periksa_berkas" in sudah_dilakukan(p)
    if diperiksa and (cabang := CABANG.get(tujuan, {}).get(p.tahap)):
        return cabang
    langkah = langkah_berikut(p)
    return langkah.nama if langkah else None
