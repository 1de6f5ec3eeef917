"""Less work for Python's cycle collector in processes that live long."""

from __future__ import annotations

import gc


def jarang_cari() -> None:
    """Call once a process has loaded what it serves with.

    Django's hundreds of thousands of objects stay for good; looking through them after every 700 new ones took a fifth
    of a step's processor time (docs/kinerja.md). They are left out from now on, and the search comes more rarely:
    what a request makes is nearly all freed by reference counts.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
