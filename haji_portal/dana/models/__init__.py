"""The tables of money: the book, the refund as a case of its own, and what passes between us and the partners."""

from .buku import Akun, Baris, PeriksaBuku, Posting, Unsur
from .konfirmasi import KonfirmasiSaldo, RekeningBpkh
from .mitra import Mitra, Panggilan, Pemutus, Peristiwa, Putusan
from .pengembalian import Pengembalian
from .rekonsiliasi import BarisRekonsiliasi, Rekonsiliasi
from .tindakan import TindakanMitra

__all__ = [
    "Akun", "Baris", "BarisRekonsiliasi", "KonfirmasiSaldo", "Mitra", "Panggilan", "Pemutus", "Pengembalian",
    "PeriksaBuku", "Peristiwa", "Posting", "Putusan", "RekeningBpkh", "Rekonsiliasi", "TindakanMitra", "Unsur",
]  # fmt: skip
