"""Reactivation of a porsi that was cancelled in error."""

from .pengaktifan import Pengaktifan

__all__ = ["Pengaktifan"]
