"""The environment: bad values stop the start, secrets stay private, the demo never meets production."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from alat import AKAR
from alat.uji import PRODUKSI
from haji_portal.settings import env


@pytest.mark.parametrize("isi", ["2", "iya", "benar", "-1"])
def test_ya_tidak_menolak_nilai_asing(isi: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="HAJI_DEMO"):
        env.ya_tidak("HAJI_DEMO", True, {"HAJI_DEMO": isi})


@pytest.mark.parametrize(("isi", "hasil"), [("1", True), ("Ya", True), ("0", False), ("off", False), ("", True)])
def test_ya_tidak_membaca(isi: str, hasil: bool) -> None:
    assert env.ya_tidak("HAJI_DEMO", True, {"HAJI_DEMO": isi}) is hasil


@pytest.mark.parametrize("isi", ["0", "65536", "8000x", "80.5", "-5", "٨٠"])
def test_bilangan_menolak(isi: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="PORT"):
        env.bilangan("PORT", 8000, 1, 65535, {"PORT": isi})


@pytest.mark.parametrize("isi", ["haji.example", "ftp://haji.example", "https://haji.example/situs", "https://"])
def test_alamat_situs_menolak(isi: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SITUS_URL"):
        env.alamat_situs("SITUS_URL", "http://localhost", {"SITUS_URL": isi})


def test_alamat_situs_tanpa_garis_miring() -> None:
    assert env.alamat_situs("S", "", {"S": "https://haji.example/"}) == "https://haji.example"


def test_basis_data_membaca_semua_bagian() -> None:
    hasil = env.basis_data("postgres://pe%40ta:ra%2Fhasia@db.example:5433/haji?sslmode=require")
    assert (hasil["USER"], hasil["PASSWORD"], hasil["HOST"]) == ("pe@ta", "ra/hasia", "db.example")
    assert (hasil["PORT"], hasil["NAME"], hasil["OPTIONS"]) == ("5433", "haji", {"sslmode": "require"})


def test_basis_data_lewat_soket() -> None:
    hasil = env.basis_data("postgresql://haji@/haji?host=/run/postgresql")
    assert (hasil["HOST"], hasil["PORT"], hasil["OPTIONS"]) == ("/run/postgresql", "", {})


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:kata-sandi@h/haji",
        "postgres://u:kata-sandi@h",
        "postgres://u:kata-sandi@h:99999/haji",
        "postgres://u:kata-sandi@h/haji?pool=1",
        "postgres://u:kata-sandi@h/haji/lagi",
    ],
)
def test_basis_data_menolak_tanpa_membocorkan_sandi(url: str) -> None:
    with pytest.raises(ImproperlyConfigured) as galat:
        env.basis_data(url)
    assert "kata-sandi" not in str(galat.value)


def test_rahasia_dari_berkas(tmp_path: Path) -> None:
    (tmp_path / "isi").write_text("  abc\n")
    assert env.teks("KUNCI", lingkungan={"KUNCI_FILE": str(tmp_path / "isi")}) == "abc"


@pytest.mark.parametrize(
    "lingkungan", [{"KUNCI": "a", "KUNCI_FILE": "/dev/null"}, {"KUNCI_FILE": "/tidak/ada"}, {"KUNCI_FILE": "/dev/null"}]
)
def test_berkas_rahasia_yang_salah_ditolak(lingkungan: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured, match="KUNCI"):
        env.teks("KUNCI", lingkungan=lingkungan)


def test_rahasia_dibuat_sekali_dan_tertutup(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as kolam:
        hasil = set(kolam.map(lambda _: env.rahasia("KUNCI_HASH", tmp_path / "rahasia", {}), range(32)))
    assert len(hasil) == 1
    assert len(hasil.pop()) >= 60
    assert [berkas.name for berkas in (tmp_path / "rahasia").iterdir()] == ["kunci_hash"]
    assert (tmp_path / "rahasia" / "kunci_hash").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "rahasia").stat().st_mode & 0o777 == 0o700


def test_rahasia_pendek_ditolak(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="terlalu pendek"):
        env.rahasia("SECRET_KEY", tmp_path, {"SECRET_KEY": "pendek"})


def muat_produksi(folder: Path, **ubah: str | None) -> subprocess.CompletedProcess[str]:
    """Load the production settings in an own process, with `ubah` over valid values (None removes one)."""
    isi = {**PRODUKSI, **ubah, "HAJI_DATA": str(folder), "PATH": os.environ["PATH"]}
    lingkungan = {nama: nilai for nama, nilai in isi.items() if nilai is not None}
    kode = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.HAJI_DEMO, s.SECURE_SSL_REDIRECT)"
    perintah = [sys.executable, "-c", kode]
    return subprocess.run(perintah, cwd=AKAR, env=lingkungan, capture_output=True, text=True, check=False)


def test_produksi_lengkap_dimuat(tmp_path: Path) -> None:
    hasil = muat_produksi(tmp_path)
    assert hasil.stdout.split() == ["__Host-sesi", "False", "True"], hasil.stderr
    assert not (tmp_path / "rahasia").exists(), "produksi tidak boleh membuat kunci sendiri"


@pytest.mark.parametrize(
    ("ubah", "pesan"),
    [
        ({"HAJI_DEMO": "1"}, "HAJI_DEMO=1 tidak boleh"),
        ({"SECRET_KEY": None}, "SECRET_KEY wajib"),
        ({"KUNCI_HASH": None}, "KUNCI_HASH wajib"),
        ({"DATABASE_URL": None}, "DATABASE_URL wajib"),
        ({"SITUS_URL": "http://haji.example"}, "https://"),
        ({"PESAN_SMS_URL": "http://gerbang.example", "PESAN_SMS_TOKEN": "x"}, "https://"),
    ],
)
def test_produksi_menolak_menyala(tmp_path: Path, ubah: dict[str, str | None], pesan: str) -> None:
    hasil = muat_produksi(tmp_path, **ubah)
    assert hasil.returncode != 0
    assert pesan in hasil.stderr
