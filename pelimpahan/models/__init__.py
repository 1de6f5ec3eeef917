"""The transfer of a porsi, and the days of interviews at which it is decided."""

from .jadwal import HariWawancara, Janji, Slot
from .pelimpahan import Pelimpahan

__all__ = ["HariWawancara", "Janji", "Pelimpahan", "Slot"]
