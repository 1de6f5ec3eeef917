"""The tables of money: the book, and the refund as a case of its own."""

from .buku import Akun, Baris, PeriksaBuku, Posting, Unsur
from .pengembalian import Pengembalian

__all__ = ["Akun", "Baris", "Pengembalian", "PeriksaBuku", "Posting", "Unsur"]
