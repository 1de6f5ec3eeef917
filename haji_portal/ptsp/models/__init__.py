"""The models of the front desk and the public site; one file per room."""

from .antrean import BukuTamu, LayananAntrean, Loket, PerangkatAntrean, PeristiwaTiket, Tiket
from .disposisi import (
    AksesSurat,
    BerkasSurat,
    Disposisi,
    Instruksi,
    KoreksiSurat,
    PenerimaDisposisi,
    PeristiwaDisposisi,
    Sifat,
    SuratMasuk,
)
from .pelayanan import Pelayanan
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
    "AksesSurat",
    "BerkasKonsep",
    "BerkasSurat",
    "BukuTamu",
    "DetakPekerja",
    "Disposisi",
    "Instruksi",
    "JawabanSurvei",
    "KodeKontak",
    "Konsep",
    "KoreksiSurat",
    "Kunjungan",
    "LayananAntrean",
    "Loket",
    "Pelayanan",
    "PenerimaDisposisi",
    "PerangkatAntrean",
    "PercobaanCek",
    "PeristiwaDisposisi",
    "PeristiwaTiket",
    "Sifat",
    "SuratMasuk",
    "TautanSurvei",
    "Tiket",
    "UnggahanSebagian",
    "token_baru",
]
