"""The whole installation as compose starts it, without Docker: every service's own command under production settings.

Own PostgreSQL with the three roles and passwords, own Redis with a password, web, worker and beat as the role that
owns nothing, TLS in front when Caddy is here.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from alat import AKAR, rahasia
from alat.peladen import PostgresSementara, cari, port_bebas
from tests.infra.tumpukan import DOTENV, compose, lingkungan_layanan, perintah

pytestmark = [pytest.mark.malam]
HOST = DOTENV["HAJI_HOST"]


def tunggu(apa, kalimat, detik=150):
    """Ask `apa` until it says yes; fails the test with `kalimat` after `detik` seconds."""
    akhir = time.monotonic() + detik
    while not apa():
        assert time.monotonic() < akhir, kalimat
        time.sleep(0.2)


class Tumpukan:
    """The services of docker-compose.yml as processes of this machine."""

    def __init__(self, folder, port_postgres, port_redis):
        self.folder, self.rahasia = folder, folder / "rahasia"
        self.layanan = compose(DOTENV)["services"]
        self.port, self.proses = port_bebas(), {}
        self.alamat = {"@postgres:5432": f"@127.0.0.1:{port_postgres}", "redis:6379": f"127.0.0.1:{port_redis}"}
        for nama in ("data", "segel", "cadangan"):
            (folder / nama).mkdir(mode=0o700)

    def lingkungan(self, nama):
        isi = lingkungan_layanan(self.layanan[nama], self.rahasia, self.folder)
        for dari, ke in self.alamat.items():
            isi = {k: v.replace(dari, ke) for k, v in isi.items()}
        jalur = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return isi | {"PATH": jalur, "PORT": str(self.port), "HOME": str(self.folder)}

    def jalan(self, nama, *argumen):
        """Run a service that ends; returns what it said."""
        isi = [*(argumen or perintah(self.layanan[nama]))]
        hasil = subprocess.run(isi, cwd=AKAR, env=self.lingkungan(nama), capture_output=True, text=True, check=False)
        assert hasil.returncode == 0, f"{nama}: {hasil.stdout[-2000:]}{hasil.stderr[-2000:]}"
        return hasil.stdout

    def nyalakan(self, nama):
        isi = [str(self.port) if satu == "8000" else satu for satu in perintah(self.layanan[nama])]
        isi = ["127.0.0.1" if satu == "0.0.0.0" else satu for satu in isi]
        with (self.folder / f"{nama}.log").open("ab") as catatan:
            self.proses[nama] = subprocess.Popen(
                isi, cwd=AKAR, env=self.lingkungan(nama), stdout=catatan, stderr=subprocess.STDOUT
            )

    def matikan(self, nama, sinyal=signal.SIGTERM):
        """Stop as Docker does; the exit code, within the grace period of the file."""
        proses = self.proses.pop(nama)
        proses.send_signal(sinyal)
        return proses.wait(int(self.layanan[nama]["stop_grace_period"].rstrip("s")))

    def minta(self, jalur, **kepala):
        """Status, headers and body of a request as it comes from the proxy."""
        sambungan = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        isi = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"} | kepala
        sambungan.request("GET", jalur, headers={k: v for k, v in isi.items() if v is not None})
        jawab = sambungan.getresponse()
        return jawab.status, dict(jawab.getheaders()), jawab.read().decode()

    def sehat(self):
        try:
            return json.loads(self.minta("/sehat/")[2])
        except (OSError, ValueError):
            return {}


@pytest.fixture(scope="module")
def tumpukan(tmp_path_factory):
    if not (cari("postgres") and cari("redis-server")):
        pytest.skip("postgres atau redis-server tidak terpasang")
    folder = tmp_path_factory.mktemp("pasang")
    rahasia.buat(folder / "rahasia")
    with PostgresSementara() as postgres:
        port_redis = port_bebas()
        semua = Tumpukan(folder, postgres.port, port_redis)
        siapkan_peran(semua, postgres)
        naskah = semua.layanan["redis"]["command"][-1].replace("/run/secrets", str(semua.rahasia))
        naskah = naskah.replace("redis-server -", f"redis-server - --port {port_redis} --bind 127.0.0.1")
        semua.proses["redis"] = subprocess.Popen(["sh", "-euc", naskah], cwd=folder, stdout=subprocess.DEVNULL)
        try:
            yield semua
        finally:
            for satu in semua.proses.values():
                satu.terminate()
                satu.wait(60)


def siapkan_peran(semua, postgres):
    """What the entry point of the image does when the volume is new."""
    with psycopg.connect(f"postgres://test@127.0.0.1:{postgres.port}/postgres", autocommit=True) as sambungan:
        sambungan.execute("CREATE DATABASE haji")
        with open(f"{postgres.folder}/data/pg_hba.conf", "r+") as hba:
            isi = hba.read()
            hba.seek(0)
            hba.write("host all haji,haji_pemilik,haji_cadangan 127.0.0.1/32 scram-sha-256\n" + isi)
        sambungan.execute("SELECT pg_reload_conf()")
    lingkungan = {
        "PATH": os.environ["PATH"], "PGHOST": "127.0.0.1", "PGPORT": str(postgres.port), "POSTGRES_USER": "test",
        "POSTGRES_DB": "haji", "HAJI_RAHASIA_DIR": str(semua.rahasia),
    }  # fmt: skip
    subprocess.run(["sh", "produksi/peran.sh"], cwd=AKAR, env=lingkungan, check=True)


def test_pasang_dari_nol_sampai_sehat(tumpukan):
    keluar = tumpukan.jalan("siapkan")
    assert "Hak haji diberikan" in keluar and "KUNCI_HASH cocok" in keluar
    for nama in ("web", "pekerja", "jadwal"):
        tumpukan.nyalakan(nama)
    tunggu(lambda: tumpukan.sehat().get("pekerja"), "beat or worker does not move")
    harus = {"db": True, "broker": True, "pekerja": True, "efek_tertunda": 0, "riwayat": True}
    assert tumpukan.sehat() == harus
    tumpukan.jalan("web", sys.executable, "-m", "alat.sehat")
    tunggu(lambda: list((tumpukan.folder / "data").glob("beat*")), "beat keeps no book")
    tumpukan.jalan("jadwal", sys.executable, "-m", "alat.sehat", "jadwal")
    ping = tumpukan.layanan["pekerja"]["healthcheck"]["test"][1].replace("$$", "$")
    assert "pong" in tumpukan.jalan("pekerja", "sh", "-c", ping)
    assert not (tumpukan.folder / "data" / "rahasia").exists(), "no secret is invented in production"


def test_kepala_proksi(tumpukan):
    status, kepala, _ = tumpukan.minta("/", **{"X-Forwarded-Proto": None})
    assert (status, kepala["location"]) == (301, f"https://{HOST}/")
    status, kepala, isi = tumpukan.minta("/masuk/", **{"X-Request-ID": "dari-proksi-1"})
    assert status == 200 and "kata sandi" in isi.lower()
    assert kepala["x-request-id"] == "dari-proksi-1"
    assert "max-age=31536000" in kepala["strict-transport-security"]
    assert "__Host-csrf" in kepala["set-cookie"] and "Secure" in kepala["set-cookie"]
    assert tumpukan.minta("/", Host="lain.example")[0] == 400
    gaya = isi.split('rel="stylesheet"')[1].split('href="')[1].split('"')[0]
    assert tumpukan.minta(gaya)[1]["cache-control"].endswith("immutable"), "hashed names of collectstatic"


def test_metrik_dari_dua_pekerja_dan_cadangan(tumpukan):
    kunci = (tumpukan.rahasia / "kunci_metrik").read_text()
    tumpukan.jalan("cadangkan", *perintah(tumpukan.layanan["cadangkan"])[:3])
    arsip = list((tumpukan.folder / "cadangan").glob("haji-*.tar.enk"))
    assert len(arsip) == 1
    sebelum = angka(tumpukan, kunci, "haji_permintaan_total{", 'rute="ptsp:layanan"')
    for _ in range(40):
        tumpukan.minta("/layanan/tiada/")
    assert angka(tumpukan, kunci, "haji_permintaan_total{", 'rute="ptsp:layanan"') == sebelum + 40
    assert angka(tumpukan, kunci, "haji_peran_memiliki_tabel", "") == 0
    assert angka(tumpukan, kunci, "haji_cadangan_terakhir_umur_detik", "") < 600
    assert tumpukan.minta("/metrik/")[0] == 404


def angka(tumpukan, kunci, awal, bagian):
    status, _, isi = tumpukan.minta("/metrik/", Authorization=f"Bearer {kunci}")
    assert status == 200
    return sum(float(b.rsplit(" ", 1)[1]) for b in isi.splitlines() if b.startswith(awal) and bagian in b)


def test_catatan_semua_layanan_satu_json_per_baris(tumpukan):
    tumpukan.minta("/cek/?nama=Kanaria")
    tumpukan.minta("/nama/Kanaria/")
    tunggu(lambda: "tanpa-alamat" in (tumpukan.folder / "web.log").read_text(), "no line about the request")
    for nama in ("web", "pekerja", "jadwal"):
        isi = (tumpukan.folder / f"{nama}.log").read_text()
        assert "Kanaria" not in isi and "Traceback" not in isi
        milik = [json.loads(b) for b in isi.splitlines() if b.startswith("{")]
        assert all({"waktu", "tingkat", "sumber", "pesan"} <= set(satu) for satu in milik)
    web = [json.loads(b) for b in (tumpukan.folder / "web.log").read_text().splitlines() if b.startswith("{")]
    assert any(satu.get("rute") == "ptsp:cek" and satu["permintaan"] for satu in web)


def test_caddy_di_depan(tumpukan, program):
    caddy = program("caddy")
    biasa, aman = port_bebas(), port_bebas()
    isi = (AKAR / "produksi/Caddyfile").read_text().replace("8080", str(biasa)).replace("8443", str(aman))
    (tumpukan.folder / "Caddyfile").write_text(isi)
    lingkungan = {
        "HAJI_HOST": HOST, "HAJI_HULU": f"127.0.0.1:{tumpukan.port}", "HOME": str(tumpukan.folder),
        "XDG_DATA_HOME": str(tumpukan.folder / "caddy"), "PATH": os.environ["PATH"],
    }  # fmt: skip
    with (tumpukan.folder / "caddy.log").open("wb") as catatan:
        tumpukan.proses["caddy"] = subprocess.Popen(
            [caddy, "run", "--adapter", "caddyfile", "--config", str(tumpukan.folder / "Caddyfile")],
            env=lingkungan, cwd=tumpukan.folder, stdout=catatan, stderr=subprocess.STDOUT,
        )  # fmt: skip
    tunggu(lambda: lewat_tls(aman) is not None, "Caddy does not answer")
    status, kepala, teks = lewat_tls(aman, {"X-Forwarded-For": "6.6.6.6", "X-Request-ID": "palsu-palsu-palsu"})
    assert status == 200 and "<html" in teks
    assert kepala["x-request-id"] != "palsu-palsu-palsu" and "server" not in kepala
    sambungan = http.client.HTTPConnection("127.0.0.1", biasa, timeout=5)
    sambungan.request("GET", "/cek/", headers={"Host": HOST})
    assert (jawab := sambungan.getresponse()).status == 308 and jawab.headers["location"] == f"https://{HOST}/cek/"
    # The portal saw the visitor's address as the proxy told it, not as the visitor wrote it.
    for _ in range(6):
        lewat_tls(aman, {"X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "http"}, "/cek/?q=Kanaria")
    assert tumpukan.matikan("web") == 0
    assert lewat_tls(aman, {}, "/cek/?q=Kanaria")[0] == 502
    tumpukan.nyalakan("web")
    tunggu(lambda: tumpukan.sehat().get("db"), "the web does not come back")
    assert "Kanaria" not in (tumpukan.folder / "caddy.log").read_text()


def lewat_tls(port, kepala=None, jalur="/"):
    """One request through the proxy under the portal's name; None while nobody listens."""
    konteks = ssl.create_default_context()
    konteks.check_hostname, konteks.verify_mode = False, ssl.CERT_NONE  # Caddy's own authority
    try:
        polos = socket.create_connection(("127.0.0.1", port), 5)
        with polos, konteks.wrap_socket(polos, server_hostname=HOST) as aman:
            sambungan = http.client.HTTPConnection(HOST)
            sambungan.sock = aman
            sambungan.request("GET", jalur, headers=kepala or {})
            jawab = sambungan.getresponse()
            return jawab.status, {k.lower(): v for k, v in jawab.getheaders()}, jawab.read().decode()
    except OSError:
        return None


def test_berhenti_dengan_tertib(tumpukan):
    assert {nama: tumpukan.matikan(nama) for nama in ("jadwal", "pekerja", "web")} == dict.fromkeys(
        ("jadwal", "pekerja", "web"), 0
    )
