"""Health checks of the containers: the web answers /sehat/ under its own host name, the scheduler keeps its book.

`python -m alat.sehat` asks the web server on PORT; `python -m alat.sehat jadwal` looks at the scheduler's file.
"""

import os
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

BEAT_BASI = 5 * 60
"""Seconds without a write after which beat counts as stuck; it writes its file at every bell, four a minute."""


def web() -> int:
    """0 when /sehat/ answers 200, otherwise 1."""
    host = os.environ.get("HAJI_HOST", "localhost").split(",")[0].strip()
    port = os.environ.get("PORT") or "8000"
    permintaan = urllib.request.Request(f"http://127.0.0.1:{port}/sehat/", headers={"Host": host})
    try:
        with urllib.request.urlopen(permintaan, timeout=8) as jawaban:
            return 0 if jawaban.status == 200 else 1
    except OSError as galat:
        print(galat)
        return 1


def jadwal() -> int:
    """0 when beat wrote its schedule file within BEAT_BASI seconds, otherwise 1."""
    catatan = Path(os.environ.get("HAJI_DATA") or "var").glob("beat*")
    termuda = max((satu.stat().st_mtime for satu in catatan), default=0.0)
    return 0 if time.time() - termuda < BEAT_BASI else 1


if __name__ == "__main__":
    sys.exit(jadwal() if sys.argv[1:] == ["jadwal"] else web())
