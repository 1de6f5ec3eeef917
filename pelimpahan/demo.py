"""Invented transfers in every stage, from the counter to the SPH, with days of interviews behind and ahead."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.efek import jalankan_efek
from haji_portal.alur.kalender import kalender_kantor
from haji_portal.alur.models import Efek
from haji_portal.alur.posisi import langkah_berikut, sudah_dilakukan
from haji_portal.jemaah.contoh import nomor_validasi
from haji_portal.jemaah.models import Jemaah, Setoran
from haji_portal.meja.contoh import Pelaksana
from haji_portal.meja.demo import Jam, mundur, sisakan_efek

from . import contoh
from .models import HariWawancara
from .slot import buat_slot, slot_kosong
from .tahap import Status

S = Status
Belok = Mapping[str, str]
"""{status: the step that leaves the plain way there}."""
KEMBALI: Belok = {S.DIPERIKSA: "kembalikan"}
TOLAK: Belok = {S.DIPERIKSA: "tolak"}
CABUT: Belok = {S.DIPERIKSA: "cabut"}
DARI_KANWIL: Belok = {S.DI_KANWIL: "kembalikan_kantor"}
PUSAT: Belok = {S.DISETUJUI: "serahkan_pusat"}
ABSEN: Belok = {S.MENUNGGU_WAWANCARA: "tidak_hadir"}
GAGAL: Belok = {S.MENUNGGU_WAWANCARA: "nyatakan_tidak_lulus"}


@dataclass(frozen=True)
class Kisah:
    """Where a case stands when the demo begins; each turn of `belok` is taken once."""

    tujuan: str
    belok: Belok = field(default_factory=dict)
    luar: bool = False

    @property
    def beda_provinsi(self) -> bool:
        return "serahkan_pusat" in self.belok.values()


KISAH: dict[str, list[Kisah]] = {
    "tanah-bumbu": [
        Kisah(S.DITERIMA), Kisah(S.DIDISPOSISI), Kisah(S.DIDISPOSISI), Kisah(S.DIPERIKSA),
        Kisah(S.DIKEMBALIKAN, KEMBALI), Kisah(S.DISUSUN), Kisah(S.MENUNGGU_PARAF), Kisah(S.MENUNGGU_TTD),
        Kisah(S.DIREKAM), Kisah(S.DIREKAM, DARI_KANWIL), Kisah(S.DI_KANWIL), Kisah(S.DISETUJUI),
        Kisah(S.DISETUJUI), Kisah(S.DIJADWALKAN), Kisah(S.MENUNGGU_WAWANCARA), Kisah(S.JADWAL_ULANG, ABSEN),
        Kisah(S.LULUS), Kisah(S.SPH_TERBIT), Kisah(S.SELESAI), Kisah(S.DITOLAK, TOLAK),
    ],
    "kepulauan-seribu": [
        Kisah(S.DIPERIKSA), Kisah(S.DISUSUN), Kisah(S.MENUNGGU_TTD), Kisah(S.DIREKAM), Kisah(S.DI_KANWIL),
        Kisah(S.MENUNGGU_WAWANCARA), Kisah(S.SELESAI), Kisah(S.DICABUT, CABUT),
    ],
    "lombok-timur": [
        Kisah(S.DIPERIKSA, luar=True), Kisah(S.DIKEMBALIKAN, KEMBALI, luar=True), Kisah(S.DIREKAM), Kisah(S.DI_KANWIL),
        Kisah(S.DISETUJUI), Kisah(S.DISETUJUI), Kisah(S.DISETUJUI, PUSAT), Kisah(S.DIJADWALKAN),
        Kisah(S.MENUNGGU_WAWANCARA), Kisah(S.MENUNGGU_WAWANCARA, PUSAT), Kisah(S.MENUTUP_BLOKIR, GAGAL),
        Kisah(S.SELESAI),
    ],
}  # fmt: skip
SESUDAH_WAWANCARA = (S.JADWAL_ULANG, S.LULUS, S.SPH_TERBIT, S.MENUTUP_BLOKIR, S.SELESAI)
AWAL = 8000
"""The invented people of this service are others than those of the registrations and the cancellations."""
SEHARI = 450
"""Working minutes of a day, about."""


def isi(jumlah: int, lapor: Callable[[int], None] = lambda _: None) -> int:
    """Open and drive one of five of `jumlah` cases, `lapor` told how many are done; same number, same people."""
    return Demo(timezone.now(), lapor).isi(jumlah // 5)


class Demo:
    def __init__(self, sekarang: datetime.datetime, lapor: Callable[[int], None]) -> None:
        self.sekarang, self.lapor = sekarang, lapor
        self.kantor = {k.slug: k for k in Kantor.objects.filter(slug__in=[*KISAH, "pusat"]).select_related("induk")}
        self.pelaksana, self.jam = Pelaksana(settings.HAJI_DEMO_SANDI), Jam()
        self.acak = random.Random(245)

    def isi(self, jumlah: int) -> int:
        semua = [(slug, kisah) for slug, daftar in KISAH.items() for kisah in daftar][:jumlah]
        if not HariWawancara.objects.exists():
            self._hari()
        with self.jam:
            for ke, (slug, kisah) in enumerate(semua, start=1):
                if not Setoran.objects.filter(nomor_validasi=nomor_validasi(AWAL + ke)).exists():
                    self._satu(self.kantor[slug], AWAL + ke, kisah)
                self.lapor(ke)
        sisakan_efek(self.sekarang, sisa=0)
        return len(semua)

    def _hari(self) -> None:
        """A day of interviews that is over and one ahead at every organiser's, and one ahead in every district."""
        kanwil = [k.induk for k in self.kantor.values() if k.induk is not None]
        for kantor in [*kanwil, self.kantor["pusat"]]:
            for nanti in (-7, 7):
                self._rencana(kantor, nanti, f"Aula {kantor.nama_pendek}", kantor.alamat)
        for kantor in self.kantor.values():
            if kantor.induk is not None:
                hari = self._rencana(kantor.induk, 9, f"Ruang rapat {kantor.nama_pendek}", kantor.alamat)
                hari.untuk.add(kantor)

    def _rencana(self, penyelenggara: Kantor, hari: int, tempat: str, alamat: str) -> HariWawancara:
        kira = self.sekarang + datetime.timedelta(days=hari)
        buka = kalender_kantor(penyelenggara).buka_berikut(kira).date()
        row = HariWawancara.objects.create(
            kantor=penyelenggara, tanggal=buka, tempat=tempat, alamat=alamat or "Jalan Contoh 1", meja=2
        )
        buat_slot(row)
        return row

    def _satu(self, kantor: Kantor, urut: int, kisah: Kisah) -> None:
        """Open a case and drive it to where its story stands now."""
        kal = kalender_kantor(kantor)
        lama = SEHARI * 13 if kisah.tujuan in SESUDAH_WAWANCARA else self.acak.choice([12, 60, 300, 900, 2200])
        self.jam.batas, self.jam.kini = self.sekarang, mundur(kal, self.sekarang, lama)
        with transaction.atomic():
            perkara = self._buka(kantor, urut, kisah)
        belok = dict(kisah.belok)
        while nama := _berikut(perkara, kisah.tujuan, belok):
            if nama in ("catat_hadir", "tidak_hadir", "nyatakan_tidak_lulus"):
                self.jam.kini = max(self.jam.kini, _saat_wawancara(perkara))
            self.jam.maju(kal, self.acak.randrange(2, 45))
            perkara = self.pelaksana.lakukan(perkara, nama, self._isian(perkara, nama, kisah)).perkara
            self._efek()

    def _buka(self, kantor: Kantor, urut: int, kisah: Kisah) -> Any:
        perkara: Any = contoh.buka_contoh(kantor, urut, saluran="elektronik" if kisah.luar else "").perkara
        if kisah.beda_provinsi:
            Jemaah.objects.filter(pk=perkara.pemohon_id).update(provinsi="Jawa Timur", kabupaten="Kota Surabaya")
        return type(perkara).objects.get(pk=perkara.pk)

    def _isian(self, perkara: Any, nama: str, kisah: Kisah) -> dict[str, Any]:
        if nama in ("jadwalkan", "jadwalkan_ulang"):
            return {"slot": self._slot(perkara, lewat=kisah.tujuan in SESUDAH_WAWANCARA)}
        isian = contoh.isian(perkara, nama)
        if nama == "periksa_berkas" and kisah.tujuan == S.DIKEMBALIKAN:
            kode = sorted(isian["verdict"])[perkara.pk % len(isian["verdict"])]
            isian["verdict"][kode] = ("kurang", "Salinan tidak terbaca; mohon bawa aslinya.")
        return isian

    def _slot(self, perkara: Any, *, lewat: bool) -> int:
        """A free slot of the organiser's day that is over, or of the first one ahead."""
        hari = HariWawancara.objects.filter(kantor=perkara.kantor_penyelenggara(), untuk=None)
        ke = "tanggal__lt" if lewat else "tanggal__gte"
        return slot_kosong(hari.filter(**{ke: timezone.localdate(self.sekarang)}))[0].pk

    def _efek(self) -> None:
        """What the mechanism does by itself; the rest only tells."""
        for efek in Efek.objects.filter(jenis__startswith="alur.", selesai=None, percobaan=0).order_by("pk"):
            jalankan_efek(efek.pk)


def _saat_wawancara(perkara: Any) -> datetime.datetime:
    slot = perkara.janji_kini.slot
    return datetime.datetime.combine(slot.hari.tanggal, slot.jam, slot.hari.kantor.zona_waktu)


def _berikut(perkara: Any, tujuan: str, belok: dict[str, str]) -> str:
    """The next step on the way to `tujuan`, "" when the case has arrived; a turn that is taken leaves `belok`."""
    sini = perkara.tahap
    if sini in belok and (sini != S.DIPERIKSA or "periksa_berkas" in sudah_dilakukan(perkara)):
        return belok.pop(sini)
    if perkara.ditutup is not None or (sini == tujuan and not belok):
        return ""
    langkah = langkah_berikut(perkara)
    return langkah.nama if langkah else ""
