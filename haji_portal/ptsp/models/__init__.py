"""The models of the front desk and the public site; one file per room."""

from .publik import (
    BerkasKonsep,
    DetakPekerja,
    KodeKontak,
    Konsep,
    Kunjungan,
    PercobaanCek,
    UnggahanSebagian,
    token_baru,
)

__all__ = [
    "BerkasKonsep",
    "DetakPekerja",
    "KodeKontak",
    "Konsep",
    "Kunjungan",
    "PercobaanCek",
    "UnggahanSebagian",
    "token_baru",
]
