"""The owner of a returned case sends again what was returned, and only that; the signed letter opens after a code."""

from __future__ import annotations

import pytest
from django.test import Client

from haji_portal.alur.models import Perkara
from haji_portal.alur.posisi import langkah_berikut
from haji_portal.berkas.models import Lampiran
from haji_portal.ptsp.models import Konsep
from pendaftaran import contoh
from tests import ajukan

pytestmark = pytest.mark.django_db
ALAMAT = "jemaah3@contoh.example"


@pytest.fixture
def perkara(kantor_lombok, pelaksana):
    return contoh.buka_contoh_elektronik(kantor_lombok, 3).perkara


@pytest.fixture
def dikembalikan(perkara, pelaksana):
    """Returned for one photo that cannot be read."""
    verdict = {b.kode: ("ada", "") for b in perkara.butir.all()}
    verdict["foto-ktp"] = ("kurang", f"KTP {perkara.pemohon.nama} silau")
    perkara = pelaksana.lakukan(perkara, "periksa_berkas", {"verdict": verdict, "unggahan": {}}).perkara
    return pelaksana.lakukan(perkara, "kembalikan", {"catatan": ""}).perkara


def cari(klien, perkara):
    lahir = perkara.pemohon.tanggal_lahir.isoformat()
    assert klien.post("/cek/", {"nomor": perkara.nomor, "tanggal_lahir": lahir}).status_code == 303
    return klien.get("/cek/hasil/").content.decode()


def masuk(klien, perkara, ke):
    """Look the case up, ask for the code and type it; where it leads."""
    cari(klien, perkara)
    assert klien.post(f"/ajukan/{ke}/")["Location"] == "/ajukan/kode/"
    return klien.post("/ajukan/kode/", {"kode": ajukan.kode_terakhir(ALAMAT)})["Location"]


def unggah(klien, kode="foto-ktp"):
    token = Konsep.objects.get(perbaiki__isnull=False).token
    return klien.post(f"/ajukan/konsep/{token}/dokumen/{kode}/unggah/", {"berkas": ajukan.foto("baru.jpg")})


def test_hanya_yang_dikembalikan_diperbaiki(client, dikembalikan):
    assert "Kirim ulang berkas sekarang" in cari(client, dikembalikan)
    assert masuk(client, dikembalikan, "perbaiki") == "/ajukan/perbaiki/"
    teks = client.get("/ajukan/perbaiki/").content.decode()
    assert teks.count("data-berkas=") == 1 and "silau" in teks
    assert dikembalikan.pemohon.nama not in teks, "the officer's sentence names nobody"
    assert unggah(client, "kartu-keluarga").status_code == 404
    assert client.post("/ajukan/perbaiki/", {"versi": dikembalikan.versi}).status_code == 422
    assert unggah(client)["Location"] == "/ajukan/perbaiki/#berkas-foto-ktp"
    assert client.post("/ajukan/perbaiki/", {"versi": dikembalikan.versi})["Location"] == "/cek/hasil/"
    kini = Perkara.objects.get(pk=dikembalikan.pk)
    assert kini.tahap == "diperiksa" and kini.riwayat.order_by("-urut").first().langkah == "kirim_perbaikan"
    assert Lampiran.objects.terkini().get(perkara=kini, butir__kode="foto-ktp").nama == "baru.jpg"
    assert "Perbaikan Anda sudah kami terima" in client.get("/cek/hasil/").content.decode()


def test_dua_kali_kirim_satu_langkah_dan_halaman_basi_dijawab_kalimat(client, dikembalikan, pelaksana):
    masuk(client, dikembalikan, "perbaiki")
    client.get("/ajukan/perbaiki/")
    unggah(client)
    for _ in range(2):
        assert client.post("/ajukan/perbaiki/", {"versi": dikembalikan.versi})["Location"] == "/cek/hasil/"
    kini = Perkara.objects.get(pk=dikembalikan.pk).rinci()
    assert kini.riwayat.filter(langkah="kirim_perbaikan").count() == 1
    jawab = client.post("/ajukan/perbaiki/", {"versi": dikembalikan.versi - 1}, follow=True)
    assert "sudah berubah sejak halaman dibuka" in jawab.content.decode()
    assert client.post("/ajukan/perbaiki/", {"versi": "x" * 50}, follow=True).status_code == 200


def test_surat_sesudah_kode_saja(client, perkara, pelaksana):
    assert "Lihat surat Anda" not in cari(client, perkara)
    while perkara.tahap != "ditandatangani":
        nama = langkah_berikut(perkara).nama
        perkara = pelaksana.lakukan(perkara, nama, contoh.isian(perkara, nama)).perkara
    assert "Lihat surat Anda" in cari(client, perkara)
    assert client.get("/ajukan/surat/sph/")["Location"] == "/ajukan/surat/"
    assert "j***@contoh.example" in client.get("/ajukan/surat/").content.decode()
    assert masuk(client, perkara, "surat") == "/ajukan/surat/"
    assert "Surat Pendaftaran Haji" in client.get("/ajukan/surat/").content.decode()
    pdf = client.get("/ajukan/surat/sph/", {"unduh": "1"})
    assert pdf.content.startswith(b"%PDF") and pdf["Content-Disposition"].startswith("attachment")
    assert "no-store" in pdf["Cache-Control"]
    assert client.get("/ajukan/surat/tanda_terima/").status_code == 404
    assert Client().get("/ajukan/surat/sph/").status_code == 302


def test_surat_yang_belum_ditandatangani_tidak_terlihat(client, perkara):
    masuk(client, perkara, "surat")
    jawab = client.get("/ajukan/surat/", follow=True)
    assert "belum ditandatangani" in jawab.content.decode()
    assert client.get("/ajukan/surat/sph/").status_code == 404


def test_perkara_loket_tidak_ditawari(client, kantor_lombok, pelaksana):
    loket = contoh.buka_contoh(kantor_lombok, 4).perkara
    teks = cari(client, loket)
    assert "/ajukan/perbaiki/" not in teks and "/ajukan/surat/" not in teks
    assert client.post("/ajukan/surat/")["Location"] == "/cek/"
