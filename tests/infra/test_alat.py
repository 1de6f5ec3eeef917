"""The tools behind `make run` and `make test`: what they decide, without running the portal."""

import json
import socket
import sys
import time
from pathlib import Path

import pytest

from alat import debian, jalankan, siapkan, uji


def tahap(nama: str, kode: int) -> uji.Tahap:
    """A stage that ends with the given exit code."""
    return uji.Tahap(nama, [sys.executable, "-c", f"print('suara {nama}'); raise SystemExit({kode})"])


def test_tahap_gagal_tidak_menghentikan_yang_lain(capsys: pytest.CaptureFixture[str]) -> None:
    semua = [tahap("satu", 3), tahap("dua", 0)]
    uji.periksa(semua)
    assert [satu.hasil for satu in semua] == ["GAGAL (3)", "lulus"]
    keluar = capsys.readouterr().out
    assert "suara satu" in keluar
    assert "suara dua" not in keluar, "tahap yang lulus tidak perlu bersuara"
    assert uji.laporan(semua, [], False, time.monotonic()) == 1


def test_yang_berjalan_di_samping_bersuara_begitu_selesai(capfd: pytest.CaptureFixture[str]) -> None:
    semua = [tahap("satu", 0), tahap("dua", 4), tahap("samping", 3)]
    uji.jalankan(semua[:2], semua[2:])
    assert [satu.hasil for satu in semua] == ["lulus", "GAGAL (4)", "GAGAL (3)"]
    keluar = capfd.readouterr().out
    satu, dua, samping = (keluar.index(f"suara {nama}") for nama in ("satu", "dua", "samping"))
    assert satu < dua and keluar.index("=== samping") < samping


@pytest.mark.parametrize(("ketat", "kode"), [(True, 1), (False, 0)])
def test_bagian_yang_ditinggalkan_disebut(capsys: pytest.CaptureFixture[str], ketat: bool, kode: int) -> None:
    semua = [tahap("satu", 0)]
    uji.periksa(semua)
    assert uji.laporan(semua, uji.bagian_tinggal({"postgres"}), ketat, time.monotonic()) == kode
    keluar = capsys.readouterr().out
    assert "!!! TIDAK DIUJI: bagian basis dan peramban" in keluar
    assert "apt-get install -y --no-install-recommends postgresql" in keluar


@pytest.fixture
def tiruan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, list[str]]:
    """A folder with locks and an environment whose installation is only noted."""
    dipasang: list[str] = []
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").touch()
    for nama in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / nama).write_text(nama)
    monkeypatch.setattr(siapkan, "AKAR", tmp_path)
    monkeypatch.setattr(siapkan, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(siapkan, "CAP", tmp_path / ".venv/kunci.json")
    monkeypatch.setattr(siapkan, "buat_venv", lambda: dipasang.append("venv"))
    monkeypatch.setattr(siapkan, "pasang_kunci", dipasang.append)
    return tmp_path, dipasang


def test_lingkungan_dipasang_hanya_bila_kunci_berubah(tiruan: tuple[Path, list[str]]) -> None:
    folder, dipasang = tiruan
    siapkan.siapkan_venv(dev=True)
    siapkan.siapkan_venv(dev=True)
    siapkan.siapkan_venv(dev=False)
    assert dipasang == ["venv", "requirements-dev.txt"]
    (folder / "requirements.txt").write_text("lain")
    siapkan.siapkan_venv(dev=False)
    assert dipasang == ["venv", "requirements-dev.txt", "requirements.txt"]
    siapkan.siapkan_venv(dev=True)
    assert dipasang[-1] == "requirements-dev.txt"


def test_pemasangan_yang_terputus_diulang(tiruan: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    def putus(nama: str) -> None:
        raise SystemExit(1)

    folder, dipasang = tiruan
    (folder / ".venv/kunci.json").write_text(json.dumps({"python": sys.version.split()[0]}))
    with monkeypatch.context() as sementara, pytest.raises(SystemExit):
        sementara.setattr(siapkan, "pasang_kunci", putus)
        siapkan.siapkan_venv(dev=False)
    assert not (folder / ".venv/kunci.json").exists()
    siapkan.siapkan_venv(dev=False)
    assert dipasang[-1] == "requirements.txt"


def test_tanpa_root_perintahnya_dicetak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(siapkan, "PUSTAKA", {"libtidakada.so.9": "libtidakada9"})
    with pytest.raises(SystemExit, match="sudo apt-get install -y --no-install-recommends libtidakada9"):
        siapkan.siapkan_pustaka()


@pytest.mark.parametrize("port", ["0", "delapan", "70000", "-1"])
def test_port_yang_salah_ditolak(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(SystemExit, match="PORT harus bilangan"):
        jalankan.setelan()


def test_port_yang_dipakai_disebut() -> None:
    with socket.socket() as soket:
        soket.bind(("127.0.0.1", 0))
        soket.listen()
        port = soket.getsockname()[1]
        with pytest.raises(SystemExit, match=f"make run PORT={port + 1}"):
            jalankan.pastikan_port_bebas(port)


def test_satu_folder_data_satu_pengawas(tmp_path: Path) -> None:
    jalankan.kunci_folder(tmp_path)
    with pytest.raises(SystemExit, match="sudah berjalan"):
        jalankan.kunci_folder(tmp_path)
