"""A group's list: read into the rows of the page, wrong cells named, nothing stored."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from haji_portal.berkas.saring import UnggahanDitolak
from rekomendasi.daftar import baca_daftar, templat_daftar
from rekomendasi.models import Rekomendasi

from .jalan import FO, buku, isian

KEPALA = ["No", "NIK", "Nama Lengkap", "Tempat Lahir", "Tgl Lahir", "Hubungan"]
SATU = [1, "3101011201950002", "Ahmad Contoh", "Pramuka", datetime.date(1995, 1, 12), "Anak"]


def berkas(isi: bytes, nama: str = "rombongan.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(nama, isi)


def test_terbaca_dengan_judul_di_atas_dan_tanggal_macam_macam():
    isi = buku(
        ["Daftar rombongan"], [], KEPALA, SATU, [2, "3101 0112 0195 0003", "Budi", "Panggang", "17-08-1965", None]
    )
    hasil = baca_daftar(berkas(isi))
    assert not hasil.galat and "2 orang terbaca" in hasil.kalimat
    assert hasil.baris[0]["tanggal_lahir"] == "1995-01-12" and hasil.baris[1]["tanggal_lahir"] == "1965-08-17"
    assert hasil.baris[1]["nik"] == "3101011201950003" and hasil.baris[1]["hubungan"] == ""


def test_contoh_yang_diunduh_terbaca_kembali():
    hasil = baca_daftar(berkas(templat_daftar()))
    assert not hasil.galat and hasil.baris[0]["nama"] == "Siti Contoh"


def test_rumus_dan_tanggal_dua_angka_disebut_per_baris():
    isi = buku(KEPALA, [1, "=1+1", "Ahmad", "Pramuka", "12-01-95", "=cmd|' /C calc'!A0"])
    hasil = baca_daftar(berkas(isi))
    assert set(hasil.galat[0]) == {"nik", "tanggal_lahir", "hubungan"}
    assert "berisi rumus" in hasil.galat[0]["nik"] and "baris 2" in hasil.galat[0]["nik"]
    assert hasil.baris[0]["nama"] == "Ahmad"


@pytest.mark.parametrize(
    ("isi", "nama", "kalimat"),
    [
        (b"", "a.xlsx", "tidak berisi"),
        (b"PK\x03\x04rusak", "a.xlsx", "rusak"),
        (b"a;b\r\n1;2", "a.csv", "tidak ditemukan"),
        (b"x", "a.xlsm", "makro"),
        (b"x", "a.exe", "tidak diterima"),
        (b"NIK;NIK;Nama;Tempat lahir;Tanggal lahir\r\n1;2;3;4;5", "a.csv", "lebih dari satu kali"),
        (b"NIK;Nama;Tempat lahir;Tanggal lahir\r\n", "a.csv", "belum ada baris"),
        (b"NIK;Nama;Tempat lahir;Tanggal lahir\r\n" + b"1;a;b;c\r\n" * 51, "a.csv", "memuat 51 orang"),
    ],
)
def test_berkas_ditolak_dengan_kalimat(isi, nama, kalimat):
    with pytest.raises(UnggahanDitolak) as galat:
        baca_daftar(berkas(isi, nama))
    assert kalimat in galat.value.kalimat


@pytest.mark.django_db
def test_halaman_mengisi_baris_dan_tidak_menyimpan(masuk, acuan):
    klien = masuk(FO)
    isi = buku(KEPALA, SATU, [2, "=1", "Budi", "Panggang", "17-08-1965", None])
    jawab = klien.post("/rekomendasi/baru/", isian() | {"baca": "1", "daftar": berkas(isi)})
    assert jawab.status_code == 200 and not Rekomendasi.objects.exists()
    assert 'value="Ahmad Contoh"' in jawab.text and 'value="Siti Contoh"' in jawab.text
    assert "NIK berisi rumus" in jawab.text and "2 orang terbaca" in jawab.text
    salah = klien.post("/rekomendasi/baru/", isian() | {"baca": "1", "daftar": berkas(b"x", "a.exe")})
    assert salah.status_code == 422 and "tidak diterima" in salah.text and 'value="Siti Contoh"' in salah.text
    tambah = klien.post("/rekomendasi/baru/", isian() | {"tambah": "1"})
    assert 'name="peserta-4-nik"' in tambah.text
