"""Two or more threads that start together, each with its own database connection."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

from haji_portal.alur.galat import LangkahGagal


def balapan(*kerja: Callable[[], Any]) -> list[Any]:
    """What each call answered, in their order; a refusal is returned, any other error is raised."""
    mulai = threading.Barrier(len(kerja))

    def satu(fn: Callable[[], Any]) -> Any:
        try:
            mulai.wait(20)
            return fn()
        except LangkahGagal as galat:
            return galat
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(kerja)) as kolam:
        return [janji.result() for janji in [kolam.submit(satu, fn) for fn in kerja]]


class VersiButa(int):
    """A version that claims to equal every other: what a portal without the version check would see."""

    def __eq__(self, lain: object) -> bool:
        return True

    def __ne__(self, lain: object) -> bool:
        return False

    __hash__ = int.__hash__
