"""Sabotage around a signature and an upload: full disk, lost cache, two clicks; nothing half-written, nobody blamed."""

from __future__ import annotations

import errno

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile

import haji_portal.meja.tandatangan as meja_ttd
import haji_portal.surat.hitung as surat_hitung
from haji_portal.alur.models import Riwayat
from haji_portal.berkas.models import Lampiran
from haji_portal.surat.models import NomorSurat, Surat
from pendaftaran.contoh import gambar_foto
from tests.conftest import SANDI


def alamat(perkara, langkah):
    return f"{perkara.get_absolute_url()}langkah/{langkah}/"


def tahap(perkara):
    return type(perkara).objects.get(pk=perkara.pk).tahap


@pytest.fixture
def penuhi_disk(monkeypatch):
    def penuh(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device", "/rahasia/jalur")

    def sekarang():
        monkeypatch.setattr(FileSystemStorage, "_save", penuh)
        monkeypatch.setattr("haji_portal.berkas.simpan._tulis", penuh)

    return sekarang


def test_disk_penuh_saat_tanda_tangan_menjadi_kalimat_dan_nomornya_tetap(masuk, sampai, penuhi_disk, monkeypatch):
    perkara = sampai("diverifikasi", 1)
    client, isi = masuk("kasi.lombok-timur"), {"versi": perkara.versi, "sandi": SANDI}
    penuhi_disk()
    jawab = client.post(alamat(perkara, "tandatangani"), isi)
    assert jawab.status_code == 409
    assert "penyimpanan portal penuh" in jawab.content.decode() and "/rahasia" not in jawab.content.decode()
    assert tahap(perkara) == "diverifikasi"
    dipesan = NomorSurat.objects.get()
    monkeypatch.undo()
    assert client.post(alamat(perkara, "tandatangani"), isi).status_code == 303
    surat = Surat.objects.get(status="ditandatangani")
    assert surat.nomor == dipesan.nomor and NomorSurat.objects.count() == 1


def test_disk_penuh_di_persetujuan_menjawab_per_surat(masuk, sampai, penuhi_disk):
    perkara = sampai("diverifikasi", 1)
    isi = {
        "perkara": perkara.nomor, f"versi-{perkara.nomor}": perkara.versi,
        f"langkah-{perkara.nomor}": "tandatangani", "sandi": SANDI,
    }  # fmt: skip
    penuhi_disk()
    jawab = masuk("kasi.lombok-timur").post("/persetujuan/", isi)
    assert jawab.status_code == 200 and "penyimpanan portal penuh" in jawab.content.decode()
    assert tahap(perkara) == "diverifikasi"


def test_disk_penuh_saat_unggah_foto_menjadi_kalimat(masuk, sampai, penuhi_disk):
    perkara = sampai("direkam", 1)
    penuhi_disk()
    foto = SimpleUploadedFile("foto.jpg", gambar_foto(1), "image/jpeg")
    jawab = masuk("jfu.lombok-timur").post(alamat(perkara, "ambil_foto"), {"versi": perkara.versi, "foto": foto})
    assert jawab.status_code == 422 and "penyimpanan portal penuh" in jawab.content.decode()
    assert not Lampiran.objects.filter(perkara=perkara.pk, jenis="foto").exists()


def test_tanda_tangan_tetap_jalan_tanpa_redis(masuk, sampai, settings):
    perkara = sampai("diverifikasi", 1)
    redis = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}
    settings.CACHES = {"default": redis}
    client, url = masuk("kasi.lombok-timur"), alamat(perkara, "tandatangani")
    for ke in range(6):
        jawab = client.post(url, {"versi": perkara.versi, "sandi": "salah"})
        assert jawab.status_code == 422
        assert ("Tunggu 10 menit" in jawab.content.decode()) == (ke == 5), "the lock counts without the cache too"
    assert surat_hitung._cadangan._cache, "counted in this process"
    surat_hitung._cadangan.clear()
    assert client.post(url, {"versi": perkara.versi, "sandi": SANDI}).status_code == 303


def test_klik_kedua_yang_tiba_saat_surat_disiapkan_bukan_kesalahan(masuk, sampai, monkeypatch):
    """The slower of two clicks finds the letter signed between its own look and its own freeze."""
    perkara = sampai("diverifikasi", 1)
    client, isi = masuk("kasi.lombok-timur"), {"versi": perkara.versi, "sandi": SANDI}
    asli, jawaban = meja_ttd.rancang, []

    def disela(*args, **kwargs):
        monkeypatch.setattr(meja_ttd, "rancang", asli)
        jawaban.append(client.post(alamat(perkara, "tandatangani"), isi).status_code)
        return asli(*args, **kwargs)

    monkeypatch.setattr(meja_ttd, "rancang", disela)
    jawaban.append(client.post(alamat(perkara, "tandatangani"), isi).status_code)
    assert jawaban == [303, 303]
    assert Riwayat.objects.filter(perkara=perkara.pk, langkah="tandatangani").count() == 1
    assert Surat.objects.filter(perkara=perkara.pk, status="ditandatangani").count() == 1


def test_klik_kedua_dengan_berkas_titipan_bukan_kesalahan(masuk, sampai):
    """The kept upload of the first try is taken by the first click; the second click must not be told to upload."""
    perkara = sampai("direkam", 1)
    client, url = masuk("jfu.lombok-timur"), alamat(perkara, "ambil_foto")
    foto = SimpleUploadedFile("foto.jpg", gambar_foto(1), "image/jpeg")
    basi = client.post(url, {"versi": perkara.versi - 1, "foto": foto}, follow=True)
    assert basi.status_code == 409
    titipan = basi.content.decode().partition('name="foto-titipan" value="')[2].partition('"')[0]
    assert titipan, "a stale page keeps the upload"
    isi = {"versi": perkara.versi, "foto-titipan": titipan}
    assert client.post(url, isi).status_code == 303
    assert client.post(url, isi).status_code == 303
    assert Riwayat.objects.filter(perkara=perkara.pk, langkah="ambil_foto").count() == 1
