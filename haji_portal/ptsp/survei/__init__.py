"""The one-time satisfaction survey of a finished case."""

from .undang import tautan

__all__ = ["tautan"]
