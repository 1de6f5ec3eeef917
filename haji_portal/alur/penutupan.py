"""Services that take no new applications: since when, where, why, and what is announced for later.

Days are those of the office's own clock. `periksa_dibuka()` asks the database every time; pages keep the few rows for
the same minute, so that a menu with every service costs no queries of its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import F, Q
from django.utils import timezone

from haji_portal.akun.models import Kantor

from .apps import nama_perkara
from .galat import LayananTutup
from .models import PenutupanLayanan
from .tampil_waktu import tanggal

LANJUT = "Permohonan yang sudah diterima sebelum itu tetap diselesaikan."


@dataclass(frozen=True)
class Baris:
    """One closing with the offices that stay open, by id and by name."""

    tutup: PenutupanLayanan
    kecuali: dict[int, str]

    def mengenai(self, layanan: str, kantor: Kantor | None) -> bool:
        """Whether it closes the service in this office; None asks for what holds for all offices."""
        if self.tutup.layanan != layanan or (kantor is None and self.tutup.kantor_id is not None):
            return False
        if kantor is None:
            return True
        return self.tutup.kantor_id in (None, kantor.pk) and kantor.pk not in self.kecuali


@dataclass(frozen=True)
class Pengumuman:
    """A closing in words. pendek: for a label; berlaku: False while it is only announced; sebagian: some offices stay
    open, and the reader has not said yet which one is meant."""

    judul: str
    pendek: str
    kalimat: list[str]
    dasar: list[str]
    berlaku: bool
    sebagian: bool

    @property
    def satu_kalimat(self) -> str:
        """All of it in a row, for a message or a program."""
        return " ".join([f"{self.judul}.", *self.kalimat, f"Dasar: {'; '.join(self.dasar)}."])


def hari_kantor(kantor: Kantor, waktu: datetime.datetime | None = None) -> datetime.date:
    """The date on the office's own wall, now or at an instant."""
    return timezone.localdate(waktu, kantor.zona_waktu)


def penutupan(layanan: str, kantor: Kantor, hari: datetime.date | None = None) -> PenutupanLayanan | None:
    """The closing in force for a service in an office on a day of its own calendar, None while it is open.

    Fresh from the database; `hari` is today where it is left out.
    """
    semua = PenutupanLayanan.objects.berlaku(hari or hari_kantor(kantor)).filter(layanan=layanan)
    # An office's own row says more than one for all.
    di_sini = semua.filter(Q(kantor=kantor) | Q(kantor__isnull=True)).exclude(kecuali=kantor)
    return di_sini.order_by(F("kantor").asc(nulls_last=True), "pk").first()


def periksa_dibuka(layanan: str, kantor: Kantor, waktu: datetime.datetime) -> None:
    """Raises LayananTutup when the service takes nothing new in this office at this instant."""
    hari = hari_kantor(kantor, waktu)
    if tutup := penutupan(layanan, kantor, hari):
        raise LayananTutup(umumkan(tutup, kantor, hari).satu_kalimat)


def sebab_tutup(layanan: str, kantor: Kantor) -> LayananTutup | None:
    """Why pages offer no new application of this service in this office now; None while they do."""
    kabar = pengumuman(layanan, kantor)
    return LayananTutup(kabar.satu_kalimat) if kabar and kabar.berlaku else None


def pengumuman(layanan: str, kantor: Kantor | None) -> Pengumuman | None:
    """What a page says about the service: the closing in force, else the next one announced, else nothing.

    Without an office it is what holds for all of them, on the portal's own date.
    """
    hari = hari_kantor(kantor) if kantor else timezone.localdate()
    kena = [b for b in _semua(timezone.now().replace(second=0, microsecond=0)) if b.mengenai(layanan, kantor)]
    belum_lewat = [b for b in kena if b.tutup.selesai is None or b.tutup.selesai >= hari]
    if not belum_lewat:
        return None
    terdekat = min(belum_lewat, key=lambda b: (b.tutup.mulai > hari, b.tutup.kantor_id is None, b.tutup.mulai))
    return umumkan(terdekat.tutup, kantor, hari, sorted(terdekat.kecuali.values()))


def umumkan(
    tutup: PenutupanLayanan, kantor: Kantor | None, hari: datetime.date, kecuali: Iterable[str] = ()
) -> Pengumuman:
    """Put one closing into words for the visitors of an office, or of none yet: then the open ones are named."""
    berlaku, tetap = tutup.mulai <= hari, " dan ".join(kecuali) if kantor is None else ""
    sejak = f"{'sejak' if berlaku else 'mulai'} {tanggal(tutup.mulai)}"
    masa = f"{sejak} sampai {tanggal(tutup.selesai)}" if tutup.selesai else sejak
    di = f" di {kantor.nama_pendek}" if kantor else ""
    return Pengumuman(
        judul=f"{nama_perkara(tutup.layanan)}{di} tidak menerima permohonan baru {masa}",
        pendek=f"Ditutup {masa}" + (f", kecuali di {tetap}" if tetap else ""),
        kalimat=[tutup.alasan.strip(), *([f"Layanan ini masih dibuka di {tetap}."] if tetap else []), LANJUT],
        dasar=tutup.dasar,
        berlaku=berlaku,
        sebagian=bool(tetap),
    )


@lru_cache(maxsize=2)
def _semua(_menit: datetime.datetime) -> tuple[Baris, ...]:
    """Every closing; a table of a few rows that changes when a law does."""
    rows = PenutupanLayanan.objects.prefetch_related("kecuali")
    return tuple(Baris(r, {k.pk: k.nama_pendek for k in r.kecuali.all()}) for r in rows)


def lupakan_penutupan() -> None:
    """Forget the kept rows: after an edit, and between tests."""
    _semua.cache_clear()


def bertabrakan(calon: PenutupanLayanan, kecuali: set[int]) -> PenutupanLayanan | None:
    """Another closing of the same service that covers a day and an office of this one; `kecuali`: its open offices."""
    lain = PenutupanLayanan.objects.filter(layanan=calon.layanan).exclude(pk=calon.pk)
    lain = lain.filter(Q(selesai__isnull=True) | Q(selesai__gte=calon.mulai))
    if calon.selesai:
        lain = lain.filter(mulai__lte=calon.selesai)
    for satu in lain.prefetch_related("kecuali"):
        terbuka = {k.pk for k in satu.kecuali.all()}
        if calon.kantor_id is None:
            bebas = satu.kantor_id is not None and satu.kantor_id in kecuali
        else:
            bebas = satu.kantor_id not in (None, calon.kantor_id) or calon.kantor_id in terbuka
        if not bebas:
            return satu
    return None
