"""The book of money with its guards off, for controls: without them the same races have to move money twice."""

from __future__ import annotations

import threading
import uuid

from haji_portal.dana import buku
from haji_portal.jemaah.models import Setoran

BERTEMU = 20.0
"""Seconds one side waits for the other before the control counts as broken."""


def buka_pengaman(monkeypatch) -> None:
    """No lock, no look at what stands there, no unique reference; for one race of two.

    Both sides have read and neither has written when they meet: a control that only happens to race would say more of
    the machine than of the guards.
    """
    gerak, bertemu = buku._gerak, threading.Barrier(2)

    def serempak(jenis, _ref, *sisa):
        bertemu.wait(BERTEMU)
        return gerak(jenis, uuid.uuid4().hex, *sisa)

    monkeypatch.setattr(buku, "_kunci", lambda ids: list(Setoran.objects.filter(pk__in=ids).order_by("pk")))
    monkeypatch.setattr(buku, "_sudah", lambda *_: [])
    monkeypatch.setattr(buku, "_gerak", serempak)
