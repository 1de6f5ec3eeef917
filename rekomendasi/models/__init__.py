"""Recommendation for a passport, and the register of travel organisers that it leans on."""

from .peserta import Peserta
from .register import JejakRegister, PenyelenggaraPerjalanan, PeringatanSk, SkPenyelenggara
from .rekomendasi import Rekomendasi

__all__ = ["JejakRegister", "PenyelenggaraPerjalanan", "PeringatanSk", "Peserta", "Rekomendasi", "SkPenyelenggara"]
