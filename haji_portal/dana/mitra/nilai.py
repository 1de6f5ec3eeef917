"""The judgement over one event: what it means for one refund as it stands. Pure; nothing is read or written here.

Events report facts and may come twice, late and in any order: the state is what all of them together say. An event that
adds nothing is passed over; one that cannot be true of this payment, or that contradicts another, waits for people.
Where two say opposite things (paid, and not paid) the amount is reserved and nobody's machine decides any more.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..models import Pengembalian, Peristiwa, Putusan
from .kabar import Kabar

Status, Jenis = Pengembalian.Status, Peristiwa.Jenis
Hasil, Alasan = Putusan.Hasil, Putusan.Alasan
BELUM_DILEPAS = (Status.DISIAPKAN, Status.DIPERIKSA, Status.DIUSULKAN, Status.DIHENTIKAN)
JAM_MITRA = datetime.timedelta(days=1)
"""How far a partner's clock may run ahead, or behind when a payment is asked for."""
WEWENANG = {
    "bpkh": frozenset(Jenis),
    "bps": frozenset({Jenis.DITRANSFER, Jenis.GAGAL, Jenis.RETUR}),
}
"""Which partner may tell of what: only BPKH orders a payment."""
TANPA_ALASAN = "Mitra tidak menuliskan alasannya."
Langkah = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Keadaan:
    """What the judgement has to know of a refund. gerak: movements booked since the amount was last reserved;
    dibuka, berakhir: when it was opened and when it ended, None while it lives; pengganti_dikirim: a later payment is
    out of our hands; dipulihkan: the cancellation behind it was put right since; kejadian: kind of event ->
    when the latest one of it that was applied happened.
    """

    status: str
    setoran: int
    nilai_manfaat: int | None
    nomor_spm: str
    rekening: str
    gerak: frozenset[str]
    pesanan_ke: int = 1
    berakhir: datetime.datetime | None = None
    pengganti_dikirim: bool = False
    dipulihkan: bool = False
    dibuka: datetime.datetime | None = None
    kejadian: Mapping[str, datetime.datetime] = field(default_factory=dict)

    @property
    def terbuka(self) -> bool:
        """Whether the partners' machines may still say how it ends."""
        jalan = self.status in (Status.DIAJUKAN, Status.SPM_TERBIT)
        return jalan or (self.status == Status.BELUM_PASTI and self.pesanan_ke == 1 and "transfer" not in self.gerak)

    def sesudah(self, jenis: str, e: Kabar) -> bool:
        """Whether this happened after the event of that kind; without one, after the refund ended."""
        saat = self.kejadian.get(jenis) or self.berakhir
        return saat is not None and e.waktu > saat


@dataclass(frozen=True)
class Nilai:
    """hasil and alasan as they stand in `Putusan`; langkah: the steps that follow, in this order, with their data."""

    hasil: str
    alasan: str = ""
    langkah: tuple[Langkah, ...] = ()


def nilai(k: Keadaan, e: Kabar, *, kini: datetime.datetime) -> Nilai:
    """Judge one event against one refund."""
    if salah := isi_salah(k, e, kini):
        return Nilai(Hasil.KARANTINA, salah)
    if k.status in BELUM_DILEPAS:
        return Nilai(Hasil.KARANTINA, Alasan.BELUM_DIAJUKAN)
    hasil = {Jenis.SPM_TERBIT: _spm, Jenis.DITRANSFER: _transfer, Jenis.GAGAL: _gagal, Jenis.RETUR: _retur}[
        Jenis(e.jenis)
    ](k, e)
    if k.dipulihkan and any(nama != "lengkapi_spm" for nama, _ in hasil.langkah):
        # Its money was paid back, or belongs to a porsi that lives again: whatever moves it is for people.
        return Nilai(Hasil.KARANTINA, Alasan.DIPULIHKAN)
    return hasil


def isi_salah(k: Keadaan, e: Kabar, kini: datetime.datetime) -> str:
    """Why these words cannot be about this payment, or "". A yield that nobody foresaw is no fault."""
    cek = (
        (Alasan.MATA_UANG, e.mata_uang == "IDR"),
        (Alasan.SETORAN, e.setoran == k.setoran),
        (Alasan.JUMLAH, e.jumlah == e.setoran + e.nilai_manfaat),
        (Alasan.REKENING, angka(e.rekening) == angka(k.rekening)),
        (Alasan.WAKTU, (k.dibuka or e.waktu) - JAM_MITRA <= e.waktu <= kini + JAM_MITRA),
    )
    return next((str(alasan) for alasan, cocok in cek if not cocok), "")


def angka(rekening: str) -> str:
    """An account number as banks print it, without what is only there for the eye."""
    return re.sub(r"[\s.-]", "", rekening)


def _spm(k: Keadaan, e: Kabar) -> Nilai:
    if "spm" in k.gerak:
        return _spm_lagi(k, e)
    if k.terbuka:
        return Nilai(Hasil.DITERAPKAN, langkah=(_terima_spm(e),))
    if k.status == Status.GAGAL and not k.sesudah(Jenis.GAGAL, e):
        return Nilai(Hasil.DIABAIKAN, Alasan.TERLAMBAT)
    return Nilai(Hasil.KARANTINA, Alasan.SESUDAH_GAGAL if k.status == Status.GAGAL else Alasan.KEPASTIAN)


def _spm_lagi(k: Keadaan, e: Kabar) -> Nilai:
    """An order stands in the book already: this is the same one, its missing number, or another one."""
    if not k.nomor_spm:
        if k.status in (Status.DITRANSFER, Status.BELUM_PASTI, Status.DITERIMA):
            isi = {"nomor_spm": e.nomor_spm, "tanggal_spm": e.waktu}
            return Nilai(Hasil.DITERAPKAN, langkah=(("lengkapi_spm", isi),))
        return Nilai(Hasil.DIABAIKAN, Alasan.SUDAH)
    # What the bank paid is the last word on the yield.
    tetap = "transfer" in k.gerak or e.nilai_manfaat == k.nilai_manfaat
    if _sama(k.nomor_spm, e.nomor_spm) and tetap:
        return Nilai(Hasil.DIABAIKAN, Alasan.SUDAH)
    return Nilai(Hasil.KARANTINA, Alasan.SPM_LAIN)


def _transfer(k: Keadaan, e: Kabar) -> Nilai:
    if k.status == Status.GAGAL and ("transfer" not in k.gerak or k.sesudah(Jenis.GAGAL, e)):
        langkah: tuple[Langkah, ...] = () if k.pengganti_dikirim else (("buka_kembali", {}),)
        return Nilai(Hasil.KARANTINA, Alasan.SESUDAH_GAGAL if k.pengganti_dikirim else Alasan.BERTENTANGAN, langkah)
    if k.status == Status.RETUR and k.sesudah(Jenis.RETUR, e):
        return Nilai(Hasil.KARANTINA, Alasan.SESUDAH_GAGAL)
    if k.nomor_spm and e.nomor_spm and "spm" in k.gerak and not _sama(k.nomor_spm, e.nomor_spm):
        return Nilai(Hasil.KARANTINA, Alasan.SPM_LAIN)
    if "transfer" in k.gerak:
        sama = e.nilai_manfaat == k.nilai_manfaat
        return Nilai(Hasil.DIABAIKAN, Alasan.SUDAH) if sama else Nilai(Hasil.KARANTINA, Alasan.MANFAAT)
    if k.terbuka:
        return Nilai(Hasil.DITERAPKAN, langkah=_sampai_transfer(k, e))
    return Nilai(Hasil.KARANTINA, Alasan.KEPASTIAN)


def _gagal(k: Keadaan, e: Kabar) -> Nilai:
    if k.status in (Status.GAGAL, Status.RETUR):
        return Nilai(Hasil.DIABAIKAN, Alasan.SUDAH)
    if k.terbuka and e.waktu < k.kejadian.get(Jenis.SPM_TERBIT, e.waktu):
        # An order that came after the failure may still be paid: nothing is freed.
        return Nilai(Hasil.KARANTINA, Alasan.BERTENTANGAN)
    if k.terbuka:
        return Nilai(Hasil.DITERAPKAN, langkah=(("terima_penolakan", {"alasan": e.alasan or TANPA_ALASAN}),))
    if k.status == Status.DITRANSFER:
        alasan = "Bank menyatakan gagal sesudah menyatakan sudah mentransfer."
        return Nilai(Hasil.KARANTINA, Alasan.BERTENTANGAN, (("nyatakan_belum_pasti", {"alasan": alasan}),))
    akhir = k.status == Status.DITERIMA
    return Nilai(Hasil.KARANTINA, Alasan.SESUDAH_AKHIR if akhir else Alasan.KEPASTIAN)


def _retur(k: Keadaan, e: Kabar) -> Nilai:
    """Money that came back had been sent: what led there is booked with it."""
    if k.status in (Status.RETUR, Status.GAGAL):
        return Nilai(Hasil.DIABAIKAN, Alasan.SUDAH)
    retur: Langkah = ("terima_retur", {"alasan": e.alasan or TANPA_ALASAN})
    if k.status in (Status.DITRANSFER, Status.DITERIMA):
        return Nilai(Hasil.DITERAPKAN, langkah=(retur,))
    if k.terbuka:
        return Nilai(Hasil.DITERAPKAN, langkah=(*_sampai_transfer(k, e), retur))
    return Nilai(Hasil.KARANTINA, Alasan.KEPASTIAN)


def _sampai_transfer(k: Keadaan, e: Kabar) -> tuple[Langkah, ...]:
    spm = () if "spm" in k.gerak else (_terima_spm(e),)
    return (*spm, ("terima_transfer", {"tanggal_transfer": e.waktu, "nilai_manfaat": e.nilai_manfaat}))


def _terima_spm(e: Kabar) -> Langkah:
    """Without its number nothing is known of the order but that there was one."""
    isi = {"nilai_manfaat": e.nilai_manfaat, "nomor_spm": e.nomor_spm}
    return "terima_spm", isi | {"tanggal_spm": e.waktu if e.nomor_spm else None}


def _sama(a: str, b: str) -> bool:
    return a.strip().casefold() == b.strip().casefold()
