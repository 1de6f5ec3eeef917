"""Less work for Python's cycle collector in processes that live long."""

from __future__ import annotations

import gc


def jarang_cari() -> None:
    """Call once a process has loaded what it serves with.

    Django's hundreds of thousands of objects stay for good; looking through them again and again took a fifth of the
    test suite's processor time (of a step alone nothing that the benchmark could see). They are left out from now on,
    and the search comes more rarely: what a request makes is nearly all freed by reference counts.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
