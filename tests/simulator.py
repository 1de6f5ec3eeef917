"""The BSrE simulator for tests: the same server as `python -m alat.simulator_bsre`, in a thread of this process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alat.otoritas_bsre import Otoritas
from alat.simulator_bsre import Layanan, buat_pelayan
from haji_portal.surat.models import IdentitasBsre

SANDI_LAYANAN = "sandi-layanan-uji"


@contextmanager
def bsre(settings: Any, folder: Path) -> Iterator[Layanan]:
    """A running simulator that the settings point at."""
    layanan = Layanan(Otoritas(folder), SANDI_LAYANAN)
    pelayan = buat_pelayan(layanan)
    utas = threading.Thread(target=pelayan.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    utas.start()
    settings.BSRE_URL = f"http://127.0.0.1:{pelayan.server_address[1]}"
    settings.BSRE_PENGGUNA, settings.BSRE_SANDI = "portal", SANDI_LAYANAN
    settings.BSRE_AKAR = str(layanan.otoritas.berkas_akar)
    try:
        yield layanan
    finally:
        pelayan.shutdown()
        pelayan.server_close()
        utas.join()


def daftarkan(pengguna: Any, nama: str | None = None) -> IdentitasBsre:
    """The official's identity; the simulator puts the part before the @ on the certificate."""
    surel = f"{pengguna.username}@contoh.example"
    return IdentitasBsre.objects.create(pengguna=pengguna, surel=surel, nama_sertifikat=nama or pengguna.username)
