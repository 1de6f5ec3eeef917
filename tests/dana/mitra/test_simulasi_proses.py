"""The simulator as a process: real HTTP, its pages, its refusals, and what the demo tells it."""

from __future__ import annotations

import datetime
import json
import threading
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from haji_portal.dana.mitra.kunci import tanda_tangani
from haji_portal.dana.simulasi import SAKELAR, Balasan, Jam, Simulator, Tempo, ingatan
from haji_portal.dana.simulasi.jawaban import HILANG, rusak
from haji_portal.dana.simulasi.peladen import Peladen
from haji_portal.jaringan import JawabanHilang, panggil

from .dunia_simulasi import AWAL, KUNCI, REF, buat, keadaan, minta, permintaan, tanya
from .dunia_simulasi import kunci as _kunci  # noqa: F401  (fixture)
from .dunia_simulasi import portal as portal_  # noqa: F401  (fixture)


@pytest.fixture
def proses(portal):
    """The simulator as it runs beside the portal: a real port, real time, events caught by `portal`."""
    portal.jam = Jam()
    sim = Simulator(portal, benih=7, tempo=Tempo(0, 0, 0))
    peladen = Peladen(0, sim)
    utas = threading.Thread(target=peladen.jalan, daemon=True)
    utas.start()
    yield sim, f"http://127.0.0.1:{peladen.server_port}"
    peladen.shutdown()
    utas.join()


def hubungi(alamat: str, pintu: str, isi: dict[str, Any], **pilihan: Any):
    badan = json.dumps(isi).encode()
    id = f"minta-{isi['referensi']}" if pintu == "pengembalian" else "tanya-1"
    kepala = tanda_tangani(badan, id, datetime.datetime.now(datetime.UTC), KUNCI["bpkh"])
    return panggil("POST", f"{alamat}/bpkh/{pintu}/", isi=badan, kepala=kepala, **pilihan)


def test_proses_menjawab_dan_mengabarkan(proses, portal):
    sim, alamat = proses
    jawab = hubungi(alamat, "pengembalian", permintaan())
    assert (jawab.status, jawab.json()["status"]) == (202, "diproses")
    while sim.keadaan(REF)["status"] != "diterima" or len(portal.sampai) < 2:
        sim.kerjakan()
    halaman = panggil("GET", f"{alamat}/").isi.decode()
    assert REF in halaman and "Diterima" in halaman and "Rp26.250.000" in halaman
    assert "7123456789" not in halaman and "Siti Contoh" not in halaman
    ringkas = panggil("GET", f"{alamat}/keadaan.json").json()
    assert [b["hasil"] for b in ringkas["kabar"]] == ["sampai", "sampai"]


@pytest.mark.parametrize("nama", [n for n, s in SAKELAR.items() if s.kelompok == "jawaban"])
def test_jawaban_rusak_lewat_jaringan(proses, nama):
    """What the drop-in for tests answers is what the network brings."""
    sim, alamat = proses
    sim.setel(f"{nama}=1")
    if nama in HILANG:
        with pytest.raises(JawabanHilang):
            hubungi(alamat, "pengembalian", permintaan(), tunggu=0.2)
    else:
        balas = Balasan(503 if nama == "galat5xx" else 202, {}, nama)
        assert hubungi(alamat, "pengembalian", permintaan()).status == rusak(balas)[0]
    dikenal = sim.keadaan(REF)["status"] != "tidak_dikenal"
    assert dikenal is (nama not in ("galat5xx", "macet"))


def test_sakelar_lewat_halaman(proses):
    sim, alamat = proses
    formulir = {"Content-Type": "application/x-www-form-urlencoded"}
    assert panggil("POST", f"{alamat}/sakelar", isi=b"gagal=2&retur=25%25:40", kepala=formulir).status == 303
    assert panggil("POST", f"{alamat}/sakelar", isi=b"nama=tunda&lingkup=semua&ukuran=9", kepala=formulir).status == 303
    assert {n: v for n, v in sim.papan.nilai.items() if v != "mati"} == {
        "gagal": "2", "retur": "25%:40", "tunda": "semua:9",
    }  # fmt: skip
    isi = panggil("GET", f"{alamat}/sakelar").isi.decode()
    assert all(satu.kata in isi for satu in SAKELAR.values()) and '<option value="2" selected>' in isi
    assert panggil("POST", f"{alamat}/sakelar", isi=b"gagal=apa", kepala=formulir).status == 400
    assert panggil("POST", f"{alamat}/sakelar", isi=b"semua=mati", kepala=formulir).status == 303
    assert set(sim.papan.nilai.values()) == {"mati"}


def test_situs_lain_tidak_dapat_menekan_sakelar(proses):
    sim, alamat = proses
    for kepala in ({"Host": "jahat.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert panggil("POST", f"{alamat}/sakelar", isi=b"gagal=1", kepala=kepala).status == 403
        assert panggil("GET", f"{alamat}/", kepala=kepala).status == 403
    assert panggil("POST", f"{alamat}/sakelar", isi=b"x" * 70_000).status == 413
    assert panggil("POST", f"{alamat}/bpkh/lain/", isi=b"{}").status == 404
    assert set(sim.papan.nilai.values()) == {"mati"}


def test_perintah_menolak_produksi_dan_kunci_kosong(settings, tmp_path, monkeypatch):
    pilihan = {"port": 0, "data": tmp_path, "ingat": tmp_path / "tidak-ada"}
    with monkeypatch.context() as tambal, pytest.raises(CommandError, match="produksi"):
        tambal.setenv("DJANGO_SETTINGS_MODULE", "haji_portal.settings.produksi")
        call_command("simulasi_bpkh", **pilihan)
    settings.BPKH_KUNCI = ()
    with pytest.raises(CommandError, match="BPKH_KUNCI"):
        call_command("simulasi_bpkh", **pilihan)
    assert not list(tmp_path.iterdir())


@pytest.mark.django_db
def test_ingatan_demo(portal, tmp_path):
    """What the demo leaves behind is known, stays as it is, and comes up on the statement of its day."""
    berkas = tmp_path / "ingatan.json"
    ingatan.tulis(berkas)
    assert json.loads(berkas.read_text()) == {"setoran": [], "pengembalian": []}
    assert berkas.stat().st_mode & 0o077 == 0
    lama = {
        "isi": permintaan(), "status": "diterima", "manfaat": 1_234_567, "nomor_spm": "SPM/1", "rujukan_bank": "TRF-1",
        "alasan": "", "selesai": AWAL, "waktu": {"ditransfer": "2026-11-20", "diterima": "2026-11-21"},
    }  # fmt: skip
    jalan = lama | {"isi": permintaan("LTM-KD-26-JALAN1"), "status": "spm_terbit", "selesai": None, "waktu": {}}
    setoran = {"nomor_validasi": "2611000009", "nomor_porsi": None, "jumlah": 25_000_000}
    berkas.write_text(json.dumps({"setoran": [setoran], "pengembalian": [lama, jalan]}))
    sim = buat(portal)
    assert [ingatan.muat(sim.buku, berkas, AWAL) for _ in range(2)] == [2, 0]
    sim.maju(86_400)
    assert not portal.sampai
    assert keadaan(sim)["tanggal_terima"] == "2026-11-21"
    assert keadaan(sim, "LTM-KD-26-JALAN1")["status"] == "spm_terbit"
    assert tanya(sim, "mutasi", {"tanggal": "2026-11-20", "halaman": 1})[1]["baris"][0]["jumlah"] == 26_234_567
    soal = {"pertanyaan": "LTM-PA-26-7K2M9Q", "nomor_porsi": None, "nomor_validasi": "2611000009"}
    assert tanya(sim, "saldo", soal)[1]["status"] == "ada"
    assert minta(sim)[0] == 200
