"""Rules of the house that no linter knows."""

import re
import subprocess
from pathlib import Path

import pytest

from alat import AKAR, vendor

BATAS_BARIS = 400
RUANG = ["haji_portal", "pendaftaran", "pembatalan", "pelimpahan", "pengaktifan", "rekomendasi", "perangkat"]


def berkas_python(*folder: str) -> list[Path]:
    """Own Python files below `folder`, without migrations."""
    semua = [satu for nama in folder for satu in (AKAR / nama).rglob("*.py")]
    return [satu for satu in semua if "migrations" not in satu.parts]


def test_berkas_tidak_terlalu_panjang() -> None:
    panjang = {
        str(satu.relative_to(AKAR)): jumlah
        for satu in berkas_python(*RUANG, "alat", "tests")
        if (jumlah := len(satu.read_text(encoding="utf-8").splitlines())) > BATAS_BARIS
    }
    assert not panjang


def test_tidak_ada_laci_serbaguna() -> None:
    terlarang = {"services.py", "utils.py", "helpers.py", "signals.py"}
    assert not [str(satu) for satu in berkas_python(*RUANG) if satu.name in terlarang]


@pytest.mark.parametrize("nama", ["requirements.txt", "requirements-dev.txt", "static/vendor/vendor.lock.json"])
def test_kunci_tanpa_alamat(nama: str) -> None:
    isi = (AKAR / nama).read_text(encoding="utf-8")
    assert "sha256" in isi
    assert "://" not in isi


def test_kunci_memuat_semua_ketergantungan() -> None:
    wajib = re.findall(
        r'^    "([\w-]+)(?:\[[\w,-]+\])?==([\w.]+)"', (AKAR / "pyproject.toml").read_text(), re.MULTILINE
    )
    isi = (AKAR / "requirements-dev.txt").read_text(encoding="utf-8").lower()
    assert len(wajib) > 40
    assert not [nama for nama, versi in wajib if not re.search(rf"^{nama}(\[.*\])?=={re.escape(versi)}\b", isi, re.M)]


def test_templat_tanpa_gaya_dan_skrip_sebaris() -> None:
    pola = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=.application/json)|<style|\sstyle=|\son[a-z]+=|https?://(?!www\.w3\.org)"
    )
    surat = AKAR / "templates" / "surat"
    temuan = [
        f"{satu.relative_to(AKAR)}:{nomor}"
        for satu in (AKAR / "templates").rglob("*.html")
        if surat not in satu.parents
        for nomor, baris in enumerate(satu.read_text(encoding="utf-8").splitlines(), 1)
        if pola.search(baris)
    ]
    assert not temuan


def test_pemeriksa_vendor_melihat_satu_bita(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert vendor.periksa() == []
    subprocess.run(["cp", "-r", str(AKAR / "static"), str(tmp_path)], check=True)
    monkeypatch.setattr(vendor, "AKAR", tmp_path)
    monkeypatch.setattr(vendor, "KUNCI", tmp_path / "static/vendor/vendor.lock.json")
    monkeypatch.setattr(vendor, "FOLDER", [tmp_path / "static/vendor", tmp_path / "static/font"])
    with (tmp_path / "static/vendor/htmx/htmx.min.js").open("ab") as berkas:
        berkas.write(b" ")
    (tmp_path / "static/font/asing.woff2").write_bytes(b"x")
    keluhan = vendor.periksa()
    assert len(keluhan) == 2
    assert "asing.woff2: tidak tercatat" in keluhan[0]
    assert "htmx.min.js: isinya berubah" in keluhan[1]
