"""Dates, times, durations and money as an Indonesian reader expects them. Plain functions, no locale, no Django."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

MENIT_PER_HARI_KERJA = 450
"""7 h 30 m: Perpres 21/2023, 37 h 30 m over five days."""

BULAN = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
HARI = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
SINGKATAN_ZONA = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}


def tanggal(hari: date) -> str:
    """'21 November 2026'. A datetime is taken in its own zone: convert it first, or use ``saat``."""
    return f"{hari.day} {BULAN[hari.month - 1]} {hari.year}"


def hari_tanggal(hari: date) -> str:
    """'Sabtu, 21 November 2026'."""
    return f"{HARI[hari.isoweekday() - 1]}, {tanggal(hari)}"


def jam(saat_itu: datetime, zona: ZoneInfo) -> str:
    """'10.30 WITA', seconds cut off. ``ValueError`` for a naive datetime."""
    lokal = _lokal(saat_itu, zona)
    return f"{lokal:%H.%M} {SINGKATAN_ZONA.get(zona.key) or lokal.tzname()}"


def saat(saat_itu: datetime, zona: ZoneInfo) -> str:
    """'Rabu, 25 November 2026 pukul 10.30 WITA', the date being that of the zone."""
    return f"{hari_tanggal(_lokal(saat_itu, zona).date())} pukul {jam(saat_itu, zona)}"


def durasi(menit: int, menit_per_hari: int = MENIT_PER_HARI_KERJA) -> str:
    """Working minutes as '3 menit', '1 jam 5 menit', '2 hari kerja 1 jam'.

    A working day is ``menit_per_hari`` minutes, so 450 is '1 hari kerja', not '7 jam 30 menit'. ``ValueError`` when
    negative: ``sisa`` words what is overdue.
    """
    if menit < 0:
        raise ValueError("Lama waktu tidak boleh negatif.")
    hari, menit = divmod(menit, menit_per_hari)
    jumlah_jam, menit = divmod(menit, 60)
    bagian = [(hari, "hari kerja"), (jumlah_jam, "jam"), (menit, "menit")]
    return " ".join(f"{nilai} {satuan}" for nilai, satuan in bagian if nilai) or "0 menit"


def sisa(menit: int, menit_per_hari: int = MENIT_PER_HARI_KERJA) -> str:
    """Signed working minutes left: 'tersisa 3 menit', 'terlambat 2 jam'; 0 is 'jatuh tempo sekarang'."""
    if menit == 0:
        return "jatuh tempo sekarang"
    return f"{'tersisa' if menit > 0 else 'terlambat'} {durasi(abs(menit), menit_per_hari)}"


def rupiah(nilai: Decimal | int) -> str:
    """'Rp25.000.000'; cents only where there are any ('Rp1.000,50'), a minus before 'Rp'."""
    bulat = Decimal(nilai).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    utuh, sen = f"{abs(bulat):,.2f}".split(".")
    pecahan = "" if sen == "00" else f",{sen}"
    return f"{'-' if bulat < 0 else ''}Rp{utuh.replace(',', '.')}{pecahan}"


SATUAN = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
RIBUAN = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))


def terbilang(nilai: Decimal | int) -> str:
    """'dua puluh lima juta': a whole, not negative number in words, as letters about money write it behind the digits.

    ``ValueError`` below 0, for a fraction, and from 10**15 on.
    """
    angka = int(nilai)
    if angka != nilai or not 0 <= angka < 10**15:
        raise ValueError("Hanya bilangan bulat dari 0 sampai di bawah 10^15 yang ditulis dengan huruf.")
    return _kata(angka) or "nol"


def _kata(angka: int) -> str:
    """Without the word for nothing, so that it can be put together."""
    if angka < 12:
        return SATUAN[angka]
    if angka < 20:
        return f"{SATUAN[angka - 10]} belas"
    for batas, nama in (*RIBUAN, (100, "ratus"), (10, "puluh")):
        if angka >= batas:
            banyak, sisanya = divmod(angka, batas)
            depan = f"se{nama}" if banyak == 1 and batas in (100, 1000) else f"{_kata(banyak)} {nama}"
            return f"{depan} {_kata(sisanya)}".strip()
    return ""


def _lokal(saat_itu: datetime, zona: ZoneInfo) -> datetime:
    if saat_itu.tzinfo is None:
        raise ValueError("Waktu harus memuat zona waktu.")
    return saat_itu.astimezone(zona)
