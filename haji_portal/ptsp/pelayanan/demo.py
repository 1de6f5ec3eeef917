"""Invented requests at the counter of Kota Jakarta Selatan in every stage, and letters with dispositions in three
offices; some late, some done."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from haji_portal.akun.models import Kantor, Penugasan
from haji_portal.alur.apps import layanan_aktif
from haji_portal.alur.jalankan import jalankan
from haji_portal.alur.kalender import kalender_kantor
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Petugas, Sistem
from haji_portal.alur.posisi import langkah_berikut, sudah_dilakukan
from haji_portal.alur.waktu import Kalender
from haji_portal.berkas.contoh import pdf_contoh
from haji_portal.meja.contoh import Pelaksana
from haji_portal.meja.demo import Jam, mundur, sisakan_efek

from .. import contoh
from ..disposisi.agenda import catat_surat
from ..disposisi.catat import Isi, Tujuan, kirim, selesaikan
from ..models import Pelayanan, SuratMasuk
from .tahap import Status

S = Status
JALAN = (
    S.DITANYAKAN, S.MENUNGGU_BERKAS, S.DIPERIKSA, S.DIKEMBALIKAN, S.DIDISPOSISI, S.DIDISPOSISI, S.DI_KASUBAG,
    S.DIPROSES, S.DIPROSES, S.LAYANAN_BERJALAN, S.PRODUK_JADI, S.SIAP_DIAMBIL, S.SELESAI, S.DITOLAK, S.DIHENTIKAN,
)  # fmt: skip
BELOK = {S.DIKEMBALIKAN: (S.DIPERIKSA, "kembalikan"), S.DITOLAK: (S.DIPROSES, "tolak"),
         S.DIHENTIKAN: (S.DITANYAKAN, "hentikan")}  # fmt: skip
"""Ends beside the plain way: where they branch off, and by which step."""
AWAL = 9500
SURAT = (
    ("Kantor Wilayah Kementerian Haji dan Umrah", "Undangan rapat koordinasi layanan haji", "segera"),
    ("Bank Contoh Syariah", "Permintaan data pendaftar bulan lalu", "biasa"),
    ("Camat Contoh", "Permohonan layanan keliling di kecamatan", "penting"),
    ("Keluarga jemaah", "Surat permohonan penjelasan daftar tunggu", "biasa"),
    ("Inspektorat Jenderal", "Permintaan keterangan atas pengaduan", "rahasia"),
)
KANTOR_SURAT = ("jakarta-selatan", "tanah-bumbu", "lombok-timur")


def isi(jumlah: int, lapor: Callable[[int], None] = lambda _: None) -> int:
    """Open and drive one of twelve of `jumlah` cases, and register letters; same number, same people."""
    demo = Demo(timezone.now(), lapor)
    with demo.jam:
        demo.pelayanan(jumlah // 12)
        demo.surat()
    sisakan_efek(demo.sekarang, sisa=0)
    return jumlah // 12


class Demo:
    def __init__(self, sekarang: datetime.datetime, lapor: Callable[[int], None]) -> None:
        self.sekarang, self.lapor = sekarang, lapor
        self.pelaksana, self.jam = Pelaksana(settings.HAJI_DEMO_SANDI), Jam()
        self.acak = random.Random(109)

    def pelayanan(self, jumlah: int) -> None:
        kantor = Kantor.objects.get(slug="jakarta-selatan")
        for ke, tujuan in enumerate(JALAN[:jumlah], start=1):
            if not Pelayanan.objects.filter(keperluan=_keperluan(ke)).exists():
                self._satu(kantor, ke, tujuan)
            self.lapor(ke)

    def _satu(self, kantor: Kantor, ke: int, tujuan: str) -> None:
        kal = kalender_kantor(kantor)
        self.jam.batas = self.sekarang
        self.jam.kini = mundur(kal, self.sekarang, self.acak.choice([12, 60, 250, 700]))
        dicoba = tujuan in (S.DIDISPOSISI, S.DIPROSES) and ke % 3 == 2
        portal = _portal() if dicoba or tujuan == S.LAYANAN_BERJALAN else ""
        with transaction.atomic():
            p: Any = contoh.buka_contoh(kantor, AWAL + ke, portal=portal, keperluan=_keperluan(ke)).perkara
        while nama := _berikut(p, tujuan):
            self.jam.maju(kal, self.acak.randrange(2, 25))
            isian = contoh.isian(p, nama)
            if nama == "periksa_berkas" and tujuan == S.DIKEMBALIKAN:
                isian["verdict"]["persyaratan-layanan"] = ("kurang", "Fotokopi KTP pemberi kuasa belum ada.")
            p = self.pelaksana.lakukan(p, nama, isian).perkara
        if tujuan == S.LAYANAN_BERJALAN:
            self._buka_layanan(p, AWAL + ke)

    def _buka_layanan(self, p: Pelayanan, urut: int) -> None:
        """The service's own case, as its intake opens it under the request."""
        with transaction.atomic():
            anak = import_module(f"{_portal()}.contoh").buka_contoh(p.kantor, urut + 100).perkara
            Perkara.objects.filter(pk=anak.pk).update(induk=p.pk)
            jalankan(p, "layanan_dibuka", oleh=Sistem("meja.anak"), versi=None)

    def surat(self) -> None:
        for slug in KANTOR_SURAT:
            kantor = Kantor.objects.get(slug=slug)
            if SuratMasuk.objects.filter(kantor=kantor).exists():
                continue
            for ke, (pengirim, perihal, sifat) in enumerate(SURAT):
                self._surat(kantor, ke, {"pengirim": pengirim, "perihal": perihal, "sifat": sifat})

    def _surat(self, kantor: Kantor, ke: int, isi: dict[str, Any]) -> None:
        kal = kalender_kantor(kantor)
        self.jam.batas, self.jam.kini = self.sekarang, mundur(kal, self.sekarang, 450 * (6 - ke))
        hari = self.jam.kini.astimezone(kantor.zona_waktu).date()
        isi |= {"diterima": hari, "tanggal_surat": hari - datetime.timedelta(days=3), "nomor_surat": _nomor(ke, hari)}
        if ke == 3:
            isi |= {"nomor_surat": "", "perkara": Perkara.objects.filter(kantor=kantor).order_by("pk").first()}
        with transaction.atomic():
            s = catat_surat(kantor, _petugas("ptsp", kantor).pengguna, isi, [pdf_contoh("Surat masuk")])
        if ke < 4:
            self._disposisi(s, kal, ke)

    def _disposisi(self, s: SuratMasuk, kal: Kalender, ke: int) -> None:
        """Head to secretariat to section to back office; the older ones go further."""
        self.jam.maju(kal, 40)
        batas = kal.tambah_hari_kerja(self.jam.kini, 1 + ke)
        satu = kirim(_petugas("kepala", s.kantor), Isi([Tujuan("kasubag")], ["tindak"], "", batas, s.sifat), surat=s)
        if ke > 2:
            return
        self.jam.maju(kal, 60)
        dua = kirim(
            _petugas("kasubag", s.kantor), Isi([Tujuan("kasi")], ["pelajari"], "Laporkan kepada saya.", batas, s.sifat),
            induk=satu,
        )  # fmt: skip
        selesaikan(satu, _petugas("kasubag", s.kantor).pengguna, "Diteruskan kepada Kasi.")
        if ke == 0:
            self.jam.maju(kal, 60)
            tiga = kirim(_petugas("kasi", s.kantor), Isi([Tujuan("jfu")], ["jawab"], "", batas, s.sifat), induk=dua)
            selesaikan(dua, _petugas("kasi", s.kantor).pengguna, "")
            selesaikan(tiga, _petugas("jfu", s.kantor).pengguna, "Konsep jawaban sudah di meja Kasi.")


def _petugas(peran: str, kantor: Kantor) -> Petugas:
    t = Penugasan.objects.berlaku().filter(kantor=kantor, peran=peran).select_related("pengguna", "kantor")
    satu = t.order_by("pk")[0]
    return Petugas(satu.pengguna, satu)


def _portal() -> str:
    """The portal's service for which these requests are: its first."""
    return layanan_aktif()[0].label


def _keperluan(ke: int) -> str:
    return f"Keperluan keluarga, contoh ke-{ke}."


def _nomor(ke: int, hari: datetime.date) -> str:
    return f"B-{120 + ke}/{hari.month:02d}/{hari.year}"


def _berikut(p: Any, tujuan: str) -> str:
    """The next step on the way to `tujuan`, "" when the case has arrived."""
    if p.tahap == tujuan or p.ditutup is not None:
        return ""
    if tujuan == S.LAYANAN_BERJALAN and p.tahap == S.DIPROSES:
        return "" if "tugaskan" in sudah_dilakukan(p) else "tugaskan"
    dari, samping = BELOK.get(S(tujuan), ("", ""))
    if p.tahap == dari and (dari != S.DIPERIKSA or "periksa_berkas" in sudah_dilakukan(p)):
        return samping
    langkah = langkah_berikut(p)
    return langkah.nama if langkah else ""
