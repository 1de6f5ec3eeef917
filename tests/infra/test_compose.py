"""What the installation's files promise: nothing missing, nothing open, nothing unpinned, no secret in the image."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from redis import AuthenticationError, ConnectionError, Redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from alat import AKAR, rahasia, sehat, siapkan
from alat.peladen import cari, port_bebas
from tests.infra.tumpukan import DOTENV, compose, dockerfile, isi_variabel, perintah, portal

ISI = compose(DOTENV)
MENTAH = compose()
LAYANAN = ISI["services"]
_DEMI = re.search(r"for _nama in \(([^)]*)\)", (AKAR / "haji_portal/settings/produksi.py").read_text(encoding="utf-8"))
WAJIB = re.findall(r'"([A-Z_]+)"', _DEMI[1])


def test_yang_wajib_diminta_dari_pemasang():
    for nama in DOTENV:
        with pytest.raises(KeyError, match=nama):
            compose({k: v for k, v in DOTENV.items() if k != nama})
    assert isi_variabel("${A:-b}$$c", {}) == "b$c"


@pytest.mark.parametrize("nama", portal(ISI))
def test_setiap_setelan_wajib_disediakan(nama):
    satu = LAYANAN[nama]
    lingkungan = satu["environment"]
    assert len(WAJIB) >= 7
    for wajib in WAJIB:
        assert bool(lingkungan.get(wajib)) != bool(lingkungan.get(f"{wajib}_FILE")), wajib
    for kunci, nilai in lingkungan.items():
        if kunci.endswith("_FILE"):
            assert nilai == f"/run/secrets/{Path(nilai).name}" and Path(nilai).name in satu["secrets"], kunci
        rahasia_nya = re.search(r"SANDI|SECRET|KUNCI|PASSWORD|FRASA", kunci) and not kunci.endswith("_FILE")
        assert not rahasia_nya, f"{kunci}: secrets come by file"
        assert "://" not in str(nilai) or not re.search(r"://[^@/]*:[^@/]*@", str(nilai)), "no password in an address"
    # A service sees the secrets it uses, not all of them.
    dipakai = {Path(v).name for k, v in lingkungan.items() if k.endswith("_FILE")}
    assert set(satu["secrets"]) == dipakai


def test_setiap_rahasia_dibuat_dan_dipakai(tmp_path):
    assert set(rahasia.NAMA) == set(ISI["secrets"])
    assert {n for satu in LAYANAN.values() for n in satu.get("secrets", [])} == set(ISI["secrets"])
    assert all(satu["file"] == f"rahasia/{nama}" for nama, satu in ISI["secrets"].items())
    folder = tmp_path / "rahasia"
    assert rahasia.buat(folder) == list(rahasia.NAMA)
    isi = {n: (folder / n).read_text() for n in rahasia.NAMA}
    assert len(set(isi.values())) == len(isi) and min(map(len, isi.values())) >= 48
    assert folder.stat().st_mode & 0o777 == 0o700
    (folder / "sandi_redis").unlink()
    assert rahasia.buat(folder) == ["sandi_redis"]
    assert {n for n in isi if (folder / n).read_text() != isi[n]} == {"sandi_redis"}


def test_gambar_dipatok():
    gambar = [satu["image"] for satu in LAYANAN.values()] + [
        sisa.split()[0] for nama, sisa in dockerfile() if nama == "FROM"
    ]
    for satu in gambar:
        tanda = satu.rpartition(":")[2]
        assert ":" in satu and tanda not in ("latest", "stable"), satu
        assert satu.startswith("haji-portal:") or re.search(r"\d", tanda), satu
    versi = next(s for s in gambar if s.startswith("postgres:")).split(":")[1].split("-")[0]
    assert [f"postgresql-client-{versi}"] == siapkan.PAKET_CITRA, "pg_dump must not be older than the server"


def test_tidak_ada_yang_terbuka_dari_bawaan():
    terbit = {nama: satu["ports"] for nama, satu in LAYANAN.items() if "ports" in satu}
    assert set(terbit) == {"proksi"}
    assert all(port.startswith("127.0.0.1:") for port in terbit["proksi"])
    assert all(port.startswith("${HAJI_ALAMAT:-127.0.0.1}:") for port in MENTAH["services"]["proksi"]["ports"])
    assert not any("network_mode" in satu or satu.get("privileged") for satu in LAYANAN.values())


def test_basis_data_dan_antrean_tidak_bertetangga_dengan_luar():
    assert ISI["networks"]["dalam"]["internal"] and ISI["networks"]["depan"]["internal"]
    assert LAYANAN["postgres"]["networks"] == LAYANAN["redis"]["networks"] == ["dalam"]
    assert "dalam" not in LAYANAN["proksi"]["networks"]


@pytest.mark.parametrize("nama", LAYANAN)
def test_setiap_layanan_diperketat(nama):
    satu = LAYANAN[nama]
    assert satu["read_only"] is True and satu["cap_drop"] == ["ALL"]
    assert satu["security_opt"] == ["no-new-privileges:true"]
    assert {"max-size", "max-file"} <= set(satu["logging"]["options"])
    assert satu["mem_limit"] and satu["pids_limit"] and satu["restart"]
    assert satu["restart"] != "no" or satu.get("profiles"), "what runs by itself comes back by itself"
    assert "healthcheck" in satu or nama == "web", "web has the image's own"


def test_hanya_pemilik_yang_memigrasi():
    pemilik = {n for n, s in LAYANAN.items() if "sandi_pemilik" in s.get("secrets", [])}
    assert pemilik == {"siapkan", "pulihkan", "postgres"}
    for nama in ("web", "pekerja", "jadwal"):
        assert LAYANAN[nama]["environment"]["DATABASE_URL"].startswith("postgres://haji@")
        assert LAYANAN[nama]["depends_on"]["siapkan"]["condition"] == "service_completed_successfully"


def test_dockerfile():
    isi = dockerfile()
    nama = [satu for satu, _ in isi]
    assert [sisa for satu, sisa in isi if satu == "USER"] == ["10001:10001"]
    assert nama.index("USER") < nama.index("CMD") and "HEALTHCHECK" in nama
    jalan = " ".join(sisa for satu, sisa in isi if satu == "RUN")
    # Packages stand in alat/siapkan.py and the lock, nowhere else.
    assert "alat.siapkan --hanya-venv" in jalan and "alat.siapkan --hanya-pustaka" in jalan
    assert "apt-get" not in jalan and "pip install" not in jalan
    assert perintah(LAYANAN["web"])[:1] == ["granian"]
    assert int(perintah(LAYANAN["web"])[perintah(LAYANAN["web"]).index("--workers") + 1]) >= 2


def test_citra_hanya_berisi_yang_berjalan():
    baris = (AKAR / ".dockerignore").read_text().splitlines()
    aturan = [b for b in baris if b and not b.startswith("#")]
    assert aturan[0] == "*", "what is not named stays out"
    masuk = {b[1:] for b in aturan if b.startswith("!")}
    ruang = {app.split(".")[0] for app in settings.INSTALLED_APPS if (AKAR / app.split(".")[0]).is_dir()}
    assert masuk == ruang | {"alat", "static", "templates", "manage.py", "requirements.txt"}
    assert {"**/rahasia", "**/.env*", "**/*.pem", "**/*.sqlite3*"} <= set(aturan)


def test_sehat_jadwal(tmp_path, monkeypatch):
    monkeypatch.setenv("HAJI_DATA", str(tmp_path))
    assert sehat.jadwal() == 1
    (tmp_path / "beat.db").touch()
    assert sehat.jadwal() == 0
    os.utime(tmp_path / "beat.db", (1, 1))
    assert sehat.jadwal() == 1


def test_caddyfile_sah(program, tmp_path):
    caddy = program("caddy")
    hasil = subprocess.run(
        [caddy, "validate", "--adapter", "caddyfile", "--config", "produksi/Caddyfile"],
        cwd=AKAR, env={"HAJI_HOST": "haji.example", "HOME": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert hasil.returncode == 0, hasil.stderr


@pytest.mark.basis
def test_redis_meminta_kata_sandi(tmp_path):
    """The very command of the compose file, with another port and another place of the secret."""
    if not cari("redis-server"):
        pytest.skip("redis-server tidak terpasang")
    (tmp_path / "sandi_redis").write_text("sandi-redis-uji")
    port = port_bebas()
    naskah = LAYANAN["redis"]["command"][-1].replace("/run/secrets", str(tmp_path))
    naskah = naskah.replace("exec redis-server -", f"exec redis-server - --port {port} --bind 127.0.0.1")
    proses = subprocess.Popen(["sh", "-euc", naskah], stdout=subprocess.DEVNULL, cwd=tmp_path)
    try:
        ulang = Retry(ConstantBackoff(0.05), 100)
        klien = Redis(port=port, password="sandi-redis-uji", retry=ulang, retry_on_error=[ConnectionError])
        assert klien.ping()
        assert klien.config_get("maxmemory-policy") == {"maxmemory-policy": "volatile-lru"}
        with pytest.raises(AuthenticationError):
            Redis(port=port).ping()
        assert b"sandi-redis-uji" not in Path(f"/proc/{proses.pid}/cmdline").read_bytes()
    finally:
        proses.terminate()
        proses.wait(10)
