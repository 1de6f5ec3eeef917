"""The next time of day, for what runs once a day without a scheduler."""

from __future__ import annotations

import datetime
import re

from django.utils import timezone


def jam_menit(teks: str) -> tuple[int, int]:
    """'01:30' -> (1, 30); ValueError with a sentence for anything else."""
    cocok = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", teks)
    if not cocok:
        raise ValueError(f"Jam ditulis seperti 01:30, bukan {teks!r}.")
    return int(cocok[1]), int(cocok[2])


def berikut(kini: datetime.datetime, jam: int, menit: int) -> datetime.datetime:
    """The next moment after `kini` at which the clock of the project (TIME_ZONE) shows this time."""
    setempat = timezone.localtime(kini)
    calon = setempat.replace(hour=jam, minute=menit, second=0, microsecond=0)
    return calon if calon > setempat else calon + datetime.timedelta(days=1)
