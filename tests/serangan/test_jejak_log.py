"""Canaries in every field of a walk; every logger of every package is listened to, in both formats."""

from __future__ import annotations

import io
import json
import logging

import pytest
from django.core import mail

from haji_portal.alur.efek import jalankan_efek, penangan
from haji_portal.alur.models import Efek
from haji_portal.log import FormatterJson, FormatterSamar
from pendaftaran.contoh import buat_jemaah, buka_contoh

CANARY = ("Kanaria", "Burung Kicau", "kanaria@", "081298765432", "1298765432", "7712345678", "Jalan Sangkar")


@pytest.fixture
def pendengar(settings):
    """Two streams that hear everything an installation may be set to log (INFO; SQL is logged at DEBUG only)."""
    aliran = {"teks": io.StringIO(), "json": io.StringIO()}
    bentuk = {"teks": FormatterSamar("{asctime} {levelname} {name}: {message}", style="{"), "json": FormatterJson()}
    akar, akses = logging.getLogger(), logging.getLogger("haji_portal.akses")
    tangan = []
    for nama, isi in aliran.items():
        satu = logging.StreamHandler(isi)
        satu.setFormatter(bentuk[nama])
        akar.addHandler(satu)
        tangan.append(satu)
    lama = (akar.level, akses.level)
    akar.setLevel(logging.INFO)
    akses.setLevel(logging.INFO)
    yield aliran
    akar.setLevel(lama[0])
    akses.setLevel(lama[1])
    for satu in tangan:
        akar.removeHandler(satu)


@pytest.fixture
def korban(kantor_lombok, pelaksana):
    orang = buat_jemaah(
        kantor_lombok, 5, nama="Kanaria Burung Kicau", email="kanaria@contoh.example", telepon="081298765432",
        alamat="Jalan Sangkar 5",
    )  # fmt: skip
    return buka_contoh(kantor_lombok, 5, jemaah=orang).perkara


def jalan(client, perkara, monkeypatch):
    """Visits, refusals, crashes: everything that could make somebody log what was typed."""
    client.raise_request_exception = False
    nik = perkara.pemohon.nik
    client.post("/kerja/cari/", {"q": f"Kanaria {nik}"})
    client.post("/pendaftaran/baru/", {"nik": nik, "nama": "Kanaria", "nomor_rekening": "7712345678"})
    client.post(f"{perkara.get_absolute_url()}langkah/tolak/", {"versi": "x", "penjelasan": "Kanaria"})
    client.get("/berkas/Kanaria/")
    client.get(f"/Kanaria/{nik}/?nama=Burung+Kicau")
    client.get("/", headers={"host": "kanaria@jahat.example"})
    client.post("/cek/", {"nomor": "Kanaria", "tanggal_lahir": nik})
    client.post("/masuk/", {"username": "Kanaria", "password": "Burung Kicau"})
    client.get("/surat/1/?next=Kanaria", headers={"referer": "https://x.example/Kanaria", "user-agent": "Kanaria"})

    def rusak(*args, **kwargs):
        raise RuntimeError(f"{nik} Kanaria 7712345678 kanaria@contoh.example\nbaris palsu Kanaria")

    with monkeypatch.context() as tempel:
        tempel.setattr("haji_portal.meja.views.konteks_kasus", rusak)
        assert client.get(perkara.get_absolute_url()).status_code == 500


def test_canary_tidak_sampai_ke_catatan(masuk, korban, monkeypatch, pendengar, settings):
    settings.AXES_ENABLED = True
    settings.ALLOWED_HOSTS = ["testserver"]
    jalan(masuk("ptsp.lombok-timur"), korban, monkeypatch)

    @penangan("uji_canary")
    def gagal(efek):
        raise ValueError("Kanaria")

    riwayat = korban.riwayat.last()
    efek = Efek.objects.create(riwayat=riwayat, jenis="uji_canary", jatuh_tempo=riwayat.waktu)
    assert jalankan_efek(efek.pk) is False
    logging.getLogger("kabar").error("tak terkirim ke %s, rekening %s", "kanaria@contoh.example", "7712345678")
    for nama, aliran in pendengar.items():
        isi = aliran.getvalue()
        for ada in ("RuntimeError", "ptsp:cek", "AXES", "DisallowedHost", "***@***"):
            assert ada in isi, f"{nama} must have heard of {ada}"
        for canary in (*CANARY, korban.pemohon.nik):
            assert canary not in isi, f"{nama}: {canary}"
    for baris in pendengar["json"].getvalue().splitlines():
        json.loads(baris)
    assert mail.outbox == [] or "Kanaria" not in mail.outbox[0].subject


def test_halaman_galat_menyebut_kode_yang_ada_di_catatan(masuk, korban, monkeypatch, pendengar):
    client = masuk("ptsp.lombok-timur")
    client.raise_request_exception = False

    def rusak(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("haji_portal.meja.views.konteks_kasus", rusak)
    jawab = client.get(korban.get_absolute_url())
    tanda = jawab["X-Request-ID"]
    assert tanda in jawab.content.decode()
    catatan = [json.loads(baris) for baris in pendengar["json"].getvalue().splitlines()]
    milik = [satu for satu in catatan if satu.get("permintaan") == tanda]
    assert {satu["sumber"] for satu in milik} >= {"django.request", "haji_portal.akses"}
    assert any("jejak" in satu for satu in milik)
    assert tanda not in client.get("/tiada/").content.decode(), "404 pages are alike to the byte"
