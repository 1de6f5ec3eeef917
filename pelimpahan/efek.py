"""What follows a transfer outside the database."""

from __future__ import annotations
