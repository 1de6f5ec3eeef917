"""The plan of a day: who waits for a schedule, who comes first, and which free slot is proposed to whom."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.utils import timezone

from haji_portal.akun.models import Kantor, Penugasan
from haji_portal.alur.jalankan import Hasil, jalankan
from haji_portal.alur.models import Aturan, Giliran
from haji_portal.alur.pelaku import Petugas
from haji_portal.alur.tampil_waktu import tanggal
from haji_portal.meja.borongan import HasilSatu

from .massal import satu_per_satu
from .models import HariWawancara, Janji, Pelimpahan, Slot
from .slot import belum_lewat, slot_kosong
from .tahap import Penyelenggara, Status

LANGKAH = {Status.DISETUJUI: "jadwalkan", Status.JADWAL_ULANG: "jadwalkan_ulang"}
"""The step that gives a waiting recipient a slot."""


@dataclass(frozen=True)
class Calon:
    """A recipient who waits. usia: years on the day; sejak: since when; slot: what is proposed, None when full."""

    perkara: Pelimpahan
    usia: int
    lansia: bool
    sejak: datetime.datetime
    absen: bool
    slot: Slot | None = None

    @property
    def didahulukan(self) -> bool:
        return self.lansia or bool(self.perkara.kebutuhan_khusus)

    @property
    def luar(self) -> bool:
        """Lives in another province: the Kanwil decides first whether the centre is to interview (245/2021 E.2)."""
        return self.perkara.beda_provinsi and not self.perkara.di_pusat

    @property
    def langkah(self) -> str:
        return LANGKAH[Status(self.perkara.tahap)]

    @property
    def urut_daftar(self) -> tuple[str, bool, datetime.datetime, int]:
        """A district after the other, the elderly and those with needs first, then who has waited longest."""
        return (self.perkara.kantor.nama_pendek, not self.didahulukan, self.sejak, self.perkara.pk)

    @property
    def urut_giliran(self) -> tuple[bool, datetime.datetime, int]:
        """Who gets a slot where there are too few."""
        return (not self.didahulukan, self.sejak, self.perkara.pk)


def menunggu_jadwal(kantor: Kantor) -> QuerySet[Pelimpahan]:
    """The recipients for whom this organiser has to make a schedule (245/2021 C.5, E.2)."""
    rows = Pelimpahan.objects.filter(tahap__in=LANGKAH)
    if kantor.jenis == Kantor.Jenis.PUSAT:
        return rows.filter(penyelenggara=Penyelenggara.PUSAT)
    return rows.filter(penyelenggara=Penyelenggara.KANWIL, kantor__induk=kantor)


def untuk_hari(hari: HariWawancara) -> QuerySet[Pelimpahan]:
    """Who of them may be called to this day: a day planned for some districts is for them alone (245/2021 A.10)."""
    semua, untuk = menunggu_jadwal(hari.kantor), [k.pk for k in hari.untuk.all()]
    return semua.filter(kantor__in=untuk) if untuk else semua


def usia_pada(lahir: datetime.date, hari: datetime.date) -> int:
    return hari.year - lahir.year - ((hari.month, hari.day) < (lahir.month, lahir.day))


def usia_lansia(hari: HariWawancara) -> int:
    """From which age on a recipient comes first, by the rule of that day."""
    return int(Aturan.pada("usia-lansia", hari.tanggal).nilai)


def calon_hari(hari: HariWawancara, rows: QuerySet[Pelimpahan]) -> list[Calon]:
    """These recipients with what decides about their turn; a fixed number of queries."""
    batas = usia_lansia(hari)
    giliran = Giliran.objects.filter(perkara=OuterRef("pk")).order_by("sejak")
    absen = Prefetch("janji", Janji.objects.filter(keadaan=Janji.Keadaan.TIDAK_HADIR), to_attr="terlewat")
    rows = rows.select_related("kantor", "pemohon").annotate(sejak=Subquery(giliran.values("sejak")[:1]))
    calon = []
    for p in rows.prefetch_related(absen):
        usia = usia_pada(p.pemohon.tanggal_lahir, hari.tanggal)
        calon.append(Calon(p, usia, usia >= batas, getattr(p, "sejak", None) or p.dibuka, bool(p.terlewat)))  # type: ignore[attr-defined]
    return calon


def usulkan(hari: HariWawancara, calon: list[Calon]) -> list[Calon]:
    """Every candidate in the order of the list, with a free slot of the day for as many as there are.

    Each district comes together, its elderly first; where the day is too small, those with needs and those who have
    waited longest get the slots.
    """
    slot = list(belum_lewat(slot_kosong(HariWawancara.objects.filter(pk=hari.pk)), hari.kantor))
    terpilih = {c.perkara.pk for c in sorted(calon, key=lambda c: c.urut_giliran)[: len(slot)]}
    sisa = iter(slot)
    urut = sorted(calon, key=lambda c: c.urut_daftar)
    return [
        Calon(c.perkara, c.usia, c.lansia, c.sejak, c.absen, next(sisa, None) if c.perkara.pk in terpilih else None)
        for c in urut
    ]


def jadwalkan_semua(
    hari: HariWawancara, nomor: list[str], isian: Mapping[str, str], tugas: Penugasan
) -> tuple[list[Pelimpahan], Iterator[HasilSatu]]:
    """Give these recipients the slots that were shown to the planner: `slot-`, `versi-` and `langkah-<nomor>` of isian.

    A case outside of the organiser's scope is left out; a double click finds its own booking and says so.
    """
    rows = Pelimpahan.objects.filter(nomor__in=nomor).select_related("kantor", "kantor__induk", "pemohon")
    antre = [p for p in rows.order_by("pk") if p.kantor_penyelenggara() == hari.kantor]
    milik = set(hari.slot.values_list("pk", flat=True))
    pelaku = Petugas(tugas.pengguna, tugas)

    def satu(p: Pelimpahan) -> Hasil:
        slot = angka(isian.get(f"slot-{p.nomor}"))
        langkah = str(isian.get(f"langkah-{p.nomor}", ""))
        data = {"slot": slot if slot in milik else 0}
        langkah = langkah if langkah in LANGKAH.values() else "jadwalkan"
        return jalankan(p, langkah, oleh=pelaku, versi=angka(isian.get(f"versi-{p.nomor}")), data=data)

    return antre, satu_per_satu(antre, satu)


def tandai_absen(
    hari: HariWawancara, nomor: list[str], alasan: str, tugas: Penugasan
) -> tuple[list[Pelimpahan], Iterator[HasilSatu]]:
    """Those of the day who did not come: each waits for a new schedule, the others are not touched."""
    janji = Janji.objects.filter(slot__hari=hari, keadaan=Janji.Keadaan.TERJADWAL)
    rows = Pelimpahan.objects.filter(
        pk__in=janji.order_by().values("perkara"), nomor__in=nomor, tahap=Status.MENUNGGU_WAWANCARA
    )
    pelaku = Petugas(tugas.pengguna, tugas)

    def satu(p: Pelimpahan) -> Hasil:
        return jalankan(p, "tidak_hadir", oleh=pelaku, versi=p.versi, data={"alasan": alasan})

    antre = list(rows.select_related("kantor", "pemohon").order_by("pk"))
    return antre, satu_per_satu(antre, satu)


def sebab_belum_hadir(janji: Janji, kini: datetime.datetime) -> str:
    """Why an attendance cannot be recorded from this appointment now; "" when it can."""
    hari = janji.slot.hari
    if janji.keadaan == Janji.Keadaan.HADIR:
        return "Kehadirannya sudah dicatat."
    if janji.keadaan == Janji.Keadaan.TIDAK_HADIR:
        return "Jadwal ini sudah dicatat tidak dihadiri. Penerima menunggu jadwal baru."
    if janji.keadaan != Janji.Keadaan.TERJADWAL:
        return "Undangan ini tidak berlaku lagi: jadwalnya sudah diganti atau dibatalkan."
    if janji.perkara.tahap != Status.MENUNGGU_WAWANCARA:
        return f"Belum dapat dicatat. Keadaan perkaranya: {janji.perkara.info_tahap.label}."
    if timezone.localdate(kini, hari.kantor.zona_waktu) < hari.tanggal:
        return f"Belum harinya: wawancara ini {tanggal(hari.tanggal)}. Kehadiran dicatat pada hari itu."
    return ""


def angka(teks: object) -> int:
    """A number that came with a form; -1 for anything else."""
    kata = str(teks or "")
    return int(kata) if kata.isascii() and kata.isdigit() and len(kata) < 10 else -1
