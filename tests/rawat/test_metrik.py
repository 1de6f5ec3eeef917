"""/metrik/: closed without its key, a fixed number of series, shared by the processes of one server."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys

import pytest
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from alat import AKAR
from haji_portal import metrik_proses
from haji_portal.alur.models import Efek
from haji_portal.ptsp.models import DetakPekerja
from haji_portal.rawat import keadaan

KUNCI = "kunci-metrik-yang-panjang"
pytestmark = pytest.mark.django_db


@pytest.fixture
def baca(client, settings, tmp_path):
    """`baca()`: {(name, labels): value} of one scrape."""
    settings.HAJI_METRIK_KUNCI = KUNCI
    settings.CADANGAN_DIR = tmp_path

    def _baca():
        keadaan.lupakan()
        jawab = client.get("/metrik/", headers={"authorization": f"Bearer {KUNCI}"})
        assert jawab.status_code == 200 and jawab["Content-Type"].startswith("text/plain")
        keluarga = text_string_to_metric_families(jawab.content.decode())
        return {(s.name, tuple(sorted(s.labels.items()))): s.value for k in keluarga for s in k.samples}

    return _baca


@pytest.mark.parametrize("kepala", [{}, {"authorization": "Bearer salah"}, {"authorization": f"Basic {KUNCI}"}])
def test_tanpa_kunci_tidak_ada(client, settings, kepala):
    settings.HAJI_METRIK_KUNCI = KUNCI
    assert client.get("/metrik/", headers=kepala).status_code == 404
    settings.HAJI_METRIK_KUNCI = ""
    assert client.get("/metrik/", headers={"authorization": "Bearer "}).status_code == 404


@pytest.mark.basis
def test_keadaan_sungguh_dihitung(baca, kantor_lombok, pelaksana, tmp_path):
    from pendaftaran.contoh import buka_contoh

    perkara = buka_contoh(kantor_lombok, 1).perkara
    lalu = timezone.now() - datetime.timedelta(hours=1)
    Efek.objects.filter(selesai__isnull=True).delete()
    Efek.objects.create(riwayat=perkara.riwayat.last(), jenis="uji", jatuh_tempo=lalu)
    DetakPekerja.objects.create(nama="celery", waktu=lalu)
    (tmp_path / f"haji-{lalu.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}.tar").touch()
    isi = {nama: nilai for (nama, label), nilai in baca().items() if not label}
    assert isi["haji_basis_data_hidup"] == isi["haji_efek_menunggu"] == isi["haji_perkara_terbuka"] == 1
    assert isi["haji_riwayat_terjaga"] == 1
    for nama in ("efek_tertua_detik", "pekerja_detak_umur_detik", "cadangan_terakhir_umur_detik"):
        assert 3590 < isi[f"haji_{nama}"] < 3800, nama
    assert "haji_segel_terakhir_umur_detik" not in isi, "never sealed is not zero seconds ago"


def test_basis_data_mati_tetap_menjawab(baca, monkeypatch):
    from django.db import DatabaseError

    def mati():
        raise DatabaseError

    monkeypatch.setattr(keadaan, "_dari_basis", mati)
    assert baca()[("haji_basis_data_hidup", ())] == 0


def test_deret_tidak_tumbuh(baca, client):
    """Invented addresses, methods, numbers: one series for all of them."""
    for nomor in range(3):
        client.get(f"/tiada/{nomor}/")
        client.generic(f"ANEH{nomor}", "/cek/")
    awal = baca()
    for nomor in range(40):
        client.get(f"/tiada/{nomor}/")
        client.get(f"/verifikasi/{nomor:032x}/")
        client.generic(f"LAIN{nomor}", "/cek/")
    client.get("/verifikasi/x/")
    tengah = baca()
    for nomor in range(40):
        client.get(f"/verifikasi/{nomor + 100:032x}/")
        client.get(f"/tiada/lagi/{nomor}/")
    akhir = baca()
    assert len(tengah) == len(akhir)
    assert set(akhir) - set(awal) <= {k for k in akhir if ("rute", "ptsp:verifikasi") in k[1] or "metrik" in str(k)}
    hilang = (("metode", "GET"), ("rute", "tanpa-alamat"), ("status", "404"))
    assert akhir[("haji_permintaan_total", hilang)] == awal[("haji_permintaan_total", hilang)] + 80


ANAK = """
import os, sys
from pathlib import Path
from haji_portal.metrik_proses import siapkan_proses
siapkan_proses(Path(sys.argv[1]))
from haji_portal.rawat.metrik import LAMA, PERMINTAAN, _daftar
PERMINTAAN.labels("ptsp:cek", "GET", "200").inc()
LAMA.labels("ptsp:cek").observe(0.2)
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client import CollectorRegistry, generate_latest
d = CollectorRegistry(); MultiProcessCollector(d); print(generate_latest(d).decode())
"""


def test_dua_proses_satu_angka(tmp_path):
    """Two processes of one parent count together; what a server that is gone left is removed."""
    mati = tmp_path / f"{metrik_proses.socket.gethostname()}.{2**22 + 1}.123"
    mati.mkdir()
    # prometheus-client must not be imported before the folder is chosen, as in wsgi.py.
    kode = ANAK.replace("from haji_portal.rawat", "import django; django.setup()\nfrom haji_portal.rawat", 1)
    lingkungan = {**os.environ, "DJANGO_SETTINGS_MODULE": "haji_portal.settings.uji"}
    keluar = [
        subprocess.run([sys.executable, "-c", kode, str(tmp_path)], cwd=AKAR, env=lingkungan, check=True,
                       capture_output=True, text=True).stdout
        for _ in range(2)
    ]  # fmt: skip
    assert 'haji_permintaan_total{metode="GET",rute="ptsp:cek",status="200"} 2.0' in keluar[1]
    assert not mati.exists()
    assert len(list(tmp_path.iterdir())) == 1


def test_mulai_proses_yang_tiada():
    assert metrik_proses._mulai(2**22 + 1) == ""
    assert metrik_proses._mulai(os.getpid()).isdigit()
