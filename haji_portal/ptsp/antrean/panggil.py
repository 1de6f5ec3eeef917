"""What a desk does with a number. Every change is one compare-and-swap and one row of the log, in one transaction, so
two desks that call at once get two numbers, and a second click on the same button finds the number moved on."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from types import MappingProxyType
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from haji_portal.alur.galat import Basi, SudahAda, Tertutup, TidakBerhak
from haji_portal.alur.models import Perkara
from haji_portal.alur.pelaku import Petugas
from haji_portal.alur.penutupan import hari_kantor

from ..models import LayananAntrean, Loket, PeristiwaTiket, Tiket
from .urutan import antrean_loket

Keadaan, Jenis = Tiket.Keadaan, PeristiwaTiket.Jenis
T = TypeVar("T")
LOKET_TERISI = "Loket ini baru saja memanggil nomor lain. Muat ulang halaman ini."


def _satu_transaksi(fungsi: Callable[..., T]) -> Callable[..., T]:
    """Atomic; the constraint of one number per desk answers with its sentence."""

    @wraps(fungsi)
    def bungkus(*args: Any, **kwargs: Any) -> T:
        try:
            with transaction.atomic():
                return fungsi(*args, **kwargs)
        except IntegrityError as galat:
            raise SudahAda(LOKET_TERISI) from galat

    return bungkus


def tukar(
    tiket: Tiket, dari: Iterable[str], ke: str, jenis: str, *, loket: Loket | None, oleh: Petugas | None,
    saat: datetime.datetime | None = None, kolom: Mapping[str, Any] = MappingProxyType({}),
) -> bool:  # fmt: skip
    """Move a ticket on, if it still is as it was read; False when somebody was faster. Writes its row of the log.

    loket: for the log; kolom: further columns of the ticket.
    """
    kini = saat or timezone.now()
    nilai = {"keadaan": ke, "versi": F("versi") + 1, **kolom}
    if not Tiket.objects.filter(pk=tiket.pk, versi=tiket.versi, keadaan__in=list(dari)).update(**nilai):
        return False
    for nama, isi in kolom.items():
        setattr(tiket, nama, isi)
    tiket.keadaan, tiket.versi = ke, tiket.versi + 1
    catat(tiket, jenis, loket=loket, oleh=oleh, saat=kini)
    return True


def catat(
    tiket: Tiket, jenis: str, *, loket: Loket | None, oleh: Petugas | None, saat: datetime.datetime
) -> PeristiwaTiket:
    """One row of the log."""
    return PeristiwaTiket.objects.create(
        tiket=tiket, jenis=jenis, waktu=saat, layanan_id=tiket.layanan_id, loket=loket,
        petugas=oleh.pengguna if oleh else None,
    )  # fmt: skip


def _tukar_atau_basi(tiket: Tiket, dari: Iterable[str], ke: str, jenis: str, **lain: Any) -> None:
    if tukar(tiket, dari, ke, jenis, **lain):
        return
    kini = Tiket.objects.get(pk=tiket.pk)
    raise Basi(f"{kini.kode} sudah berubah: {kini.get_keadaan_display().lower()}. Periksa keadaan terbaru.")


@_satu_transaksi
def duduk(loket: Loket, *, oleh: Petugas) -> Loket:
    """Take a desk, also from a colleague who sits there; the person's earlier desk becomes free.

    Raises TidakBerhak for a desk of another office, Tertutup for one that is switched off.
    """
    if loket.kantor_id != oleh.penugasan.kantor_id:
        raise TidakBerhak("Loket ini milik kantor lain.")
    if not loket.aktif:
        raise Tertutup(f"{loket.sebutan} tidak dipakai.")
    lepaskan(oleh)
    Loket.objects.filter(pk=loket.pk).update(petugas=oleh.pengguna, petugas_sejak=timezone.now())
    loket.refresh_from_db()
    return loket


def lepaskan(oleh: Petugas) -> None:
    """Leave the desk, if the person sits at one."""
    Loket.objects.filter(petugas=oleh.pengguna).update(petugas=None, petugas_sejak=None)


def loket_saya(oleh: Petugas) -> Loket | None:
    """The desk at which this person sits today, in the office of the assignment."""
    semua = Loket.objects.filter(petugas=oleh.pengguna, kantor=oleh.penugasan.kantor_id, aktif=True)
    loket = semua.select_related("kantor").prefetch_related("layanan").first()
    return loket if loket and loket.dipakai(hari_kantor(loket.kantor)) else None


def di_loket(loket: Loket) -> Tiket | None:
    """The number that this desk has called or serves now."""
    semua = Tiket.objects.filter(loket=loket, tanggal=hari_kantor(loket.kantor), keadaan__in=Tiket.DI_LOKET)
    return semua.select_related("layanan", "tamu", "kantor").first()


def _wajib_duduk(loket: Loket, oleh: Petugas) -> None:
    """Raises TidakBerhak unless the person sits at this desk now; a colleague may have taken it a minute ago."""
    milik = loket_saya(oleh)
    if milik is None or milik.pk != loket.pk:
        raise TidakBerhak(f"{loket.sebutan} sekarang tidak Anda pakai. Pilih loket Anda lagi.")


@_satu_transaksi
def panggil_berikutnya(loket: Loket, *, oleh: Petugas, kini: int | None) -> Tiket | None:
    """Call the next number to this desk; None when nobody waits for it. What was being served is done.

    kini: id of the number that the page showed at the desk: a second click finds another one there and calls nobody.
    Raises Basi, Tertutup (the last one called has not come yet), TidakBerhak.
    """
    _wajib_duduk(loket, oleh)
    sekarang = di_loket(loket)
    if (sekarang.pk if sekarang else None) != kini:
        raise Basi(f"Loket ini sudah memanggil {sekarang.kode}." if sekarang else "Nomor di loket ini sudah selesai.")
    if sekarang and sekarang.keadaan == Keadaan.DIPANGGIL:
        raise Tertutup(f"{sekarang.kode} masih dipanggil. Tandai hadir atau lewati lebih dulu.")
    if sekarang:
        _selesai(sekarang, loket, oleh)
    for tiket in antrean_loket(loket, hari_kantor(loket.kantor)):
        if _panggil(tiket, loket, oleh):
            return tiket
    return None


def _panggil(tiket: Tiket, loket: Loket, oleh: Petugas, dari: Iterable[str] = (Keadaan.MENUNGGU,)) -> bool:
    kini = timezone.now()
    return tukar(
        tiket, dari, Keadaan.DIPANGGIL, Jenis.DIPANGGIL, loket=loket, oleh=oleh, saat=kini,
        kolom={"loket": loket, "untuk_loket": None, "dipanggil": kini, "dilayani": None, "selesai": None},
    )  # fmt: skip


@_satu_transaksi
def panggil_lagi(tiket: Tiket, *, loket: Loket, oleh: Petugas) -> Tiket:
    """Call one chosen number of today to this desk: who was skipped, who comes back for a document, who waits.

    Raises Tertutup (another day, at another desk now, this desk is busy), Basi, TidakBerhak.
    """
    _wajib_duduk(loket, oleh)
    if tiket.kantor_id != loket.kantor_id or tiket.tanggal != hari_kantor(loket.kantor):
        raise Tertutup(f"{tiket.kode} bukan nomor hari ini di kantor ini.")
    sekarang = di_loket(loket)
    if sekarang is not None and sekarang.pk != tiket.pk:
        raise Tertutup(f"Selesaikan {sekarang.kode} di loket ini lebih dulu.")
    if tiket.keadaan in Tiket.DI_LOKET:
        return _ulang(tiket, loket, oleh)
    if not _panggil(tiket, loket, oleh, dari=(tiket.keadaan,)):
        raise Basi(f"{tiket.kode} baru saja berubah. Periksa keadaan terbaru.")
    return tiket


@_satu_transaksi
def panggil_ulang(tiket: Tiket, *, loket: Loket, oleh: Petugas) -> Tiket:
    """Call the number at this desk once more. Raises Tertutup, TidakBerhak."""
    _wajib_duduk(loket, oleh)
    return _ulang(tiket, loket, oleh)


def _ulang(tiket: Tiket, loket: Loket, oleh: Petugas) -> Tiket:
    if tiket.keadaan not in Tiket.DI_LOKET or tiket.loket_id != loket.pk:
        raise Tertutup(f"{tiket.kode} tidak sedang dipanggil di loket ini.")
    catat(tiket, Jenis.DIULANG, loket=loket, oleh=oleh, saat=timezone.now())
    return tiket


@_satu_transaksi
def layani(tiket: Tiket, *, loket: Loket, oleh: Petugas) -> Tiket:
    """The visitor stands at the desk. Raises Basi, TidakBerhak."""
    _wajib_milik(tiket, loket, oleh)
    kini = timezone.now()
    _tukar_atau_basi(
        tiket,
        [Keadaan.DIPANGGIL],
        Keadaan.DILAYANI,
        Jenis.DILAYANI,
        loket=loket,
        oleh=oleh,
        saat=kini,
        kolom={"dilayani": kini},
    )
    return tiket


@_satu_transaksi
def lewati(tiket: Tiket, *, loket: Loket, oleh: Petugas) -> Tiket:
    """Nobody came; the number can be called again today. Raises Basi, TidakBerhak."""
    _wajib_milik(tiket, loket, oleh)
    _tukar_atau_basi(tiket, [Keadaan.DIPANGGIL], Keadaan.DILEWATI, Jenis.DILEWATI, loket=loket, oleh=oleh)
    return tiket


@_satu_transaksi
def selesaikan(tiket: Tiket, *, loket: Loket, oleh: Petugas) -> Tiket:
    """Served. Raises Basi, TidakBerhak."""
    _wajib_milik(tiket, loket, oleh)
    _selesai(tiket, loket, oleh)
    return tiket


def _selesai(tiket: Tiket, loket: Loket, oleh: Petugas) -> None:
    kini = timezone.now()
    _tukar_atau_basi(
        tiket,
        [Keadaan.DILAYANI],
        Keadaan.SELESAI,
        Jenis.SELESAI,
        loket=loket,
        oleh=oleh,
        saat=kini,
        kolom={"selesai": kini},
    )


@_satu_transaksi
def pindahkan(
    tiket: Tiket, *, loket: Loket, oleh: Petugas, layanan: LayananAntrean | None = None, ke: Loket | None = None
) -> Tiket:
    """Send the visitor on to another service or to one desk; the number and the place in the order of arrival stay.

    Raises Basi, TidakBerhak, Tertutup (nowhere to go, or to another office).
    """
    _wajib_milik(tiket, loket, oleh)
    if (layanan is None and ke is None) or (ke is not None and ke.pk == loket.pk):
        raise Tertutup("Pilih layanan atau loket lain yang dituju.")
    if any(satu is not None and satu.kantor_id != tiket.kantor_id for satu in (layanan, ke)):
        raise Tertutup("Layanan atau loket ini milik kantor lain.")
    tujuan = {"layanan": layanan or tiket.layanan, "untuk_loket": ke}
    _tukar_atau_basi(
        tiket, Tiket.DI_LOKET, Keadaan.MENUNGGU, Jenis.DIPINDAH, loket=ke or loket, oleh=oleh,
        kolom=tujuan | {"loket": None, "dilayani": None, "dipanggil": None},
    )  # fmt: skip
    return tiket


def _wajib_milik(tiket: Tiket, loket: Loket, oleh: Petugas) -> None:
    _wajib_duduk(loket, oleh)
    if tiket.loket_id != loket.pk:
        raise Basi(f"{tiket.kode} tidak lagi di loket ini.")


@_satu_transaksi
def batalkan(tiket: Tiket) -> Tiket:
    """The visitor goes away. Raises Basi when the number is no longer waiting."""
    _tukar_atau_basi(
        tiket, [Keadaan.MENUNGGU, Keadaan.DILEWATI], Keadaan.BATAL, Jenis.BATAL, loket=None, oleh=None,
        kolom={"selesai": timezone.now()},
    )  # fmt: skip
    return tiket


@_satu_transaksi
def kaitkan(tiket: Tiket, perkara: Perkara, *, oleh: Petugas) -> None:
    """This case was opened for this number; twice is once."""
    if not tiket.perkara.filter(pk=perkara.pk).exists():
        tiket.perkara.add(perkara.pk)
        catat(tiket, Jenis.PERKARA, loket=tiket.loket, oleh=oleh, saat=timezone.now())
