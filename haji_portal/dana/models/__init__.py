"""The tables of money."""

from .buku import Akun, Baris, PeriksaBuku, Posting, Unsur

__all__ = ["Akun", "Baris", "PeriksaBuku", "Posting", "Unsur"]
