"""The demo's BPKH and bank: named to the portal before it starts, never beside real ones."""

import socket

import pytest

from alat.jalankan import perintah_anak, port_dekat, siapkan_mitra
from haji_portal.settings import env


def test_setelan_portal_cocok():
    with socket.socket() as soket:
        soket.bind(("127.0.0.1", 0))
        lingkungan = {"PORT": str(soket.getsockname()[1])}
        port = siapkan_mitra(lingkungan)
    assert env.alamat_layanan("BPKH_URL", lingkungan) == f"http://127.0.0.1:{port}/bpkh"
    assert env.alamat_layanan("BPS_URL", lingkungan) == f"http://127.0.0.1:{port}/bps"
    kunci = {nama: env.kunci_mitra(nama, lingkungan, wajib=True) for nama in ("BPKH_KUNCI", "BPS_KUNCI")}
    env.pastikan_kunci_beda(**kunci)
    assert lingkungan["MITRA_TANYA_SESUDAH"] == "20"
    assert perintah_anak("8000", "", port)["mitra"][-3:] == ["simulasi_bpkh", "--port", port]
    assert "mitra" not in perintah_anak("8000")


@pytest.mark.parametrize("nama", ["BPKH_URL", "BPS_URL", "BPKH_KUNCI", "BPS_KUNCI"])
@pytest.mark.parametrize("nilai", ["https://bpkh.example", ""])
def test_setelan_sendiri_menang(nama, nilai):
    lingkungan = {"PORT": "8000", nama: nilai}
    assert siapkan_mitra(lingkungan) == ""
    assert lingkungan == {"PORT": "8000", nama: nilai}


def test_alamat_tetap_sesudah_dinyalakan_lagi():
    with socket.socket() as pelayan:
        pelayan.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        pelayan.bind(("127.0.0.1", 0))
        port = pelayan.getsockname()[1]
        pelayan.listen()
        assert port_dekat(port) != str(port)
        with socket.create_connection(("127.0.0.1", port)) as klien:
            sambungan, _ = pelayan.accept()
            sambungan.close()
            klien.recv(1)
    assert port_dekat(port) == str(port), "sambungan lama yang sedang ditutup tidak memindahkan alamat"
