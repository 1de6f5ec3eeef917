"""Writes the two lock files from pyproject.toml: hashed, for every platform, without addresses. Needs uv."""

import os
import shutil
import subprocess
import sys

from alat import AKAR

BENDERA = [
    "--universal",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--python-version=3.11",
    "--quiet",
]


def main() -> None:
    """Lock the run-time packages first; the test lock then keeps to the same versions."""
    if not (uv := shutil.which("uv")):
        sys.exit("Perlu uv untuk mengunci versi paket.")
    lingkungan = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    dasar = [uv, "pip", "compile", "pyproject.toml", *BENDERA]
    for tambahan in (
        ["-o", "requirements.txt"],
        ["--group", "dev", "-c", "requirements.txt", "-o", "requirements-dev.txt"],
    ):
        subprocess.run([*dasar, *tambahan], cwd=AKAR, env=lingkungan, check=True)


if __name__ == "__main__":
    main()
