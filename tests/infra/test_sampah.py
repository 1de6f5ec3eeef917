"""The web process leaves what it has loaded out of the search for cycles."""

import os
import subprocess
import sys

ISI = "import gc, haji_portal.wsgi; print(gc.get_freeze_count(), *gc.get_threshold())"


def test_proses_web_tidak_mencari_ulang_yang_sudah_dimuat(tmp_path):
    lingkungan = {**os.environ, "HAJI_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "haji_portal.settings.dasar"}
    jawab = subprocess.run([sys.executable, "-c", ISI], env=lingkungan, capture_output=True, text=True, check=True)
    beku, *ambang = map(int, jawab.stdout.split())
    assert beku > 50_000
    assert ambang == [50_000, 20, 20]
