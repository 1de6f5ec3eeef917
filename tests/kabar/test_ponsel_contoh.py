"""The demo's phones: named to the portal before it starts, never beside a real gateway or in production."""

import os
import socket
import subprocess
import sys

from alat import AKAR
from alat.jalankan import perintah_anak, siapkan_ponsel
from haji_portal.settings import env


def test_setelan_portal_dan_simulator_cocok():
    with socket.socket() as soket:
        soket.bind(("127.0.0.1", 0))
        lingkungan = {"PORT": str(soket.getsockname()[1])}
        port = siapkan_ponsel(lingkungan)
    sms, wa = env.gerbang("PESAN_SMS", lingkungan), env.gerbang("PESAN_WA", lingkungan)
    assert sms == wa
    assert (sms["url"], sms["token"]) == (f"http://127.0.0.1:{port}", lingkungan["SIMULATOR_PESAN_TOKEN"])
    assert sms["laporan"] == lingkungan["SIMULATOR_PESAN_LAPORAN"]
    perintah = perintah_anak("8000", port)["ponsel"]
    assert perintah[-4:] == ["--port", port, "--lapor", "http://127.0.0.1:8000/api/v1/pesan/laporan/"]
    assert "ponsel" not in perintah_anak("8000")


def test_port_terpakai_memilih_yang_lain():
    with socket.socket() as soket:
        soket.bind(("127.0.0.1", 0))
        dipakai = soket.getsockname()[1]
        assert siapkan_ponsel({"PORT": str(dipakai - 10)}) not in ("", str(dipakai))
    assert siapkan_ponsel({"PORT": "65535"})


def test_gerbang_sungguhan_tidak_diganti():
    lingkungan = {"PORT": "8000", "PESAN_SMS_URL": "https://gerbang.example"}
    assert siapkan_ponsel(lingkungan) == ""
    assert set(lingkungan) == {"PORT", "PESAN_SMS_URL"}


def test_simulator_menolak_setelan_produksi():
    hasil = subprocess.run(
        [sys.executable, "-m", "alat.simulator_pesan", "--port", "0"],
        cwd=AKAR, capture_output=True, text=True, check=False,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "haji_portal.settings.produksi"},
    )  # fmt: skip
    assert hasil.returncode == 1
    assert "produksi" in hasil.stderr
