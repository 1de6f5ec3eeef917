"""The queue of files, mended: kombu 5 shows a message before it is written, and an empty one ends the worker.

`tests/infra/test_antrean.py` tells whether an upgrade of kombu has made this unnecessary.
"""

from __future__ import annotations

import os
import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """A message gets the name by which it is looked for once it is whole."""

    def _put(self, queue: Any, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        nama = f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}"
        sementara = Path(self.data_folder_out, f"{nama}.baru")
        sementara.write_text(dumps(payload), encoding="utf-8")
        os.replace(sementara, Path(self.data_folder_out, f"{nama}.{queue}.msg"))


class Transport(filesystem.Transport):
    Channel = Channel
