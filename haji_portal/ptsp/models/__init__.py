"""The models of the front desk and the public site; one file per room."""

from .antrean import BukuTamu, LayananAntrean, Loket, PerangkatAntrean, PeristiwaTiket, Tiket
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
from .survei import JawabanSurvei, TautanSurvei

__all__ = [
    "BerkasKonsep",
    "BukuTamu",
    "DetakPekerja",
    "JawabanSurvei",
    "KodeKontak",
    "Konsep",
    "Kunjungan",
    "LayananAntrean",
    "Loket",
    "PerangkatAntrean",
    "PercobaanCek",
    "PeristiwaTiket",
    "TautanSurvei",
    "Tiket",
    "UnggahanSebagian",
    "token_baru",
]
