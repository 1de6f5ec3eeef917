"""Questions that people and the reconciliation put to a partner: is the money there, what moved on that day?"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_datetime

from haji_portal.alur.models import Perkara

from ..models import Panggilan
from ..models.mitra import Mitra
from .panggilan import Hasil, MitraMati, hubungi
from .pemutus import Terbuka

__all__ = ["MitraBisu", "MitraMati", "Saldo", "ambil_mutasi", "tanya_saldo"]
TUNGGU_ORANG = 10.0
"""Seconds: somebody waits for the page."""
MAKS_HALAMAN = 1000


class MitraBisu(Exception):
    """No usable answer: unreachable, unclear, or resting after failures. Its text is a sentence for the page."""


@dataclass(frozen=True)
class Saldo:
    """status: ada | tidak_ada | tidak_dikenal; jumlah (whole rupiah) and waktu only with `ada`."""

    status: str
    jumlah: int | None
    waktu: datetime.datetime | None


def tanya_saldo(*, nomor_porsi: str | None, nomor_validasi: str | None, perkara: Perkara | None = None) -> Saldo:
    """Whether a deposit still lies at BPKH. perkara: the case for which it is asked. Outside any transaction.

    Raises MitraBisu, MitraMati; SkemaSalah when neither number is given.
    """
    isi = {"pertanyaan": uuid.uuid4().hex, "nomor_porsi": nomor_porsi, "nomor_validasi": nomor_validasi}
    jawab = _tanya(Mitra.BPKH, Panggilan.Jenis.SALDO, isi, perkara=perkara, tunggu=TUNGGU_ORANG)
    if jawab["status"] != "ada":
        return Saldo(jawab["status"], None, None)
    if jawab["mata_uang"] != "IDR":
        raise MitraBisu("BPKH menjawab dalam mata uang lain; jawabannya tidak dipakai.")
    return Saldo("ada", jawab["jumlah"], parse_datetime(jawab["waktu"]))


def ambil_mutasi(mitra: str, tanggal: datetime.date) -> list[dict[str, Any]]:
    """All movements of one day as the partner lists them (rows of skema/mutasi.json), every page of them.

    mitra: "bpkh" or "bps". Raises MitraBisu also when one page is missing: half a statement is none. MitraMati.
    """
    baris: list[dict[str, Any]] = []
    for halaman in range(1, MAKS_HALAMAN + 1):
        isi = {"tanggal": tanggal.isoformat(), "halaman": halaman}
        jawab = _tanya(mitra, Panggilan.Jenis.MUTASI, isi)
        baris += jawab["baris"]
        if jawab["halaman_berikut"] is None:
            return baris
        if jawab["halaman_berikut"] != halaman + 1:
            break
    raise MitraBisu(f"Daftar mutasi {Mitra(mitra).label} tidak utuh: halamannya tidak berurutan atau tidak berakhir.")


def _tanya(mitra: str, jenis: str, isi: Mapping[str, Any], **lain: Any) -> Mapping[str, Any]:
    nama = Mitra(mitra).label
    try:
        balasan = hubungi(mitra, jenis, isi, **lain)
    except Terbuka:
        raise MitraBisu(f"{nama} sedang tidak dapat dihubungi. Coba lagi beberapa menit lagi.") from None
    if balasan.hasil == Hasil.TERJAWAB:
        return balasan.isi
    if balasan.hasil == Hasil.SALAH_SETEL:
        raise MitraBisu(f"{nama} menolak sambungan portal. Hubungi admin portal.")
    raise MitraBisu(f"{nama} tidak memberi jawaban yang jelas. Coba lagi beberapa menit lagi.")
