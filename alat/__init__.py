"""Tools around the project: preparing, starting and testing it. No Django code lives here."""

from pathlib import Path

AKAR = Path(__file__).resolve().parent.parent
