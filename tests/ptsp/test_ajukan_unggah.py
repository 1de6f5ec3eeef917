"""Uploads in pieces: they go on where they stopped, are never put together wrongly, and only clean copies stay."""

from __future__ import annotations

import pytest

from haji_portal.ptsp.models import BerkasKonsep, UnggahanSebagian
from tests import ajukan

pytestmark = pytest.mark.django_db
ISI = ajukan.jpeg(1200, 1600, "#446688")
PANJANG = len(ISI)


@pytest.fixture
def alamat(client, acuan, settings, tmp_path):
    settings.HAJI_PRIVAT = tmp_path
    return f"/ajukan/konsep/{ajukan.mulai(client)}/dokumen/foto-ktp/potongan/"


@pytest.fixture
def kirim(client, alamat):
    """`kirim(0, 400)`: bytes 0-399 of ISI at their place, as the page's script sends them."""

    def _kirim(awal, akhir, di=None, sidik="a1", ukuran=PANJANG, isi=ISI, nama="ktp%20saya.jpg"):
        return client.post(
            alamat, isi[awal:akhir], content_type="application/octet-stream",
            headers={"Upload-Offset": str(awal if di is None else di), "Upload-Length": str(ukuran),
                     "Upload-Id": sidik, "Upload-Name": nama},
        )  # fmt: skip

    return _kirim


def sisa(settings):
    return list((settings.HAJI_PRIVAT / "sebagian").glob("*"))


def test_lanjut_dari_tempat_terputus_di_kunjungan_lain(client, alamat, kirim, settings):
    assert kirim(0, 1000).json() == {"posisi": 1000}
    assert client.get(alamat, {"sidik": "a1"}).json()["posisi"] == 1000
    jawab = kirim(1000, len(ISI)).json()
    assert jawab["selesai"] and "ktp saya.jpg" in jawab["html"]
    berkas = BerkasKonsep.objects.get()
    assert (berkas.kode, berkas.mime) == ("foto-ktp", "image/jpeg")
    assert not UnggahanSebagian.objects.exists() and not sisa(settings)


def test_jawaban_terakhir_hilang_ditanya_lagi(client, alamat, kirim):
    kirim(0, len(ISI))
    assert client.get(alamat, {"sidik": "a1"}).json()["selesai"] is True
    assert client.get(alamat, {"sidik": "lain"}).json()["selesai"] is False


@pytest.mark.parametrize("di", [0, 500, 1500])
def test_potongan_di_tempat_salah_ditolak_dengan_tempat_yang_benar(kirim, di):
    kirim(0, 1000)
    jawab = kirim(1000, 2000, di=di)
    assert (jawab.status_code, jawab.json()) == (409, {"posisi": 1000})


def test_sisa_permintaan_yang_mati_tidak_ikut(kirim, settings):
    """A request that wrote and died before its commit leaves bytes behind; the next piece cuts them off."""
    kirim(0, 1000)
    (jalur,) = sisa(settings)
    jalur.write_bytes(ISI[:1000] + b"sampah" * 50)
    kirim(1000, 1500)
    assert jalur.read_bytes() == ISI[:1500]


def test_berkas_lain_mulai_dari_awal_dan_yang_lama_dibuang(kirim, settings):
    kirim(0, 1000)
    assert kirim(0, 700, sidik="b2", ukuran=len(ISI) - 1).json() == {"posisi": 700}
    assert [f.stat().st_size for f in sisa(settings)] == [700]


@pytest.mark.parametrize("ukuran", [0, -5, 10 * 2**20 + 1, "1e3", "٣"])
def test_ukuran_mustahil_ditolak(kirim, ukuran):
    assert kirim(0, 100, ukuran=ukuran).status_code == 422


def test_lebih_dari_yang_diumumkan_ditolak(kirim):
    assert kirim(0, 200, ukuran=100).status_code == 422


def test_isi_bermusuhan_ditolak_dengan_kalimat_dan_tidak_tersisa(kirim, settings):
    jahat = b"\xff\xd8\xff<script>alert(1)</script>" + b"0" * 500
    jawab = kirim(0, len(jahat), ukuran=len(jahat), isi=jahat)
    assert jawab.status_code == 422 and "unggah lagi" in jawab.json()["galat"]
    assert not BerkasKonsep.objects.exists() and not sisa(settings)


def test_kode_yang_tidak_diminta_tidak_ada(client, alamat):
    for kode in ("tiada", "foto-diri-"):
        lain = alamat.replace("foto-ktp", kode)
        assert client.get(lain).status_code == 404
        assert client.post(lain, b"x", content_type="application/octet-stream").status_code == 404


def test_batas_unggah_per_konsep(client, alamat, monkeypatch):
    monkeypatch.setattr("haji_portal.ptsp.batas.UNGGAH_PER_KONSEP_SEHARI", 1)
    polos = alamat.replace("potongan", "unggah")
    client.post(polos, {"berkas": ajukan.foto()})
    jawab = client.post(polos, {"berkas": ajukan.foto()}, follow=True)
    assert "terlalu banyak berkas" in jawab.content.decode()
