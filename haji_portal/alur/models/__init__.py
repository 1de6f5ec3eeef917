"""The tables of the mechanism; everything that hangs on a case points at `Perkara`."""

from .efek import Efek
from .giliran import Giliran, Kunci, Terlibat
from .kalender import Aturan, HariLibur, PeriodeJamLayanan
from .penutupan import PenutupanLayanan
from .perkara import FsmModel, Perkara, Permohonan, Tahap
from .riwayat import Riwayat, RiwayatIsi, SegelHarian
from .sop import SOP, LangkahSOP
from .tenggat import Jeda, Tenggat

__all__ = [
    "SOP",
    "Aturan",
    "Efek",
    "FsmModel",
    "Giliran",
    "HariLibur",
    "Jeda",
    "Kunci",
    "LangkahSOP",
    "PenutupanLayanan",
    "PeriodeJamLayanan",
    "Perkara",
    "Permohonan",
    "Riwayat",
    "RiwayatIsi",
    "SegelHarian",
    "Tahap",
    "Tenggat",
    "Terlibat",
]
