"""Form fields: clean values are stored files, refusals are sentences, an upload survives a mistake elsewhere."""

import re
import time

import pytest
import time_machine
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from haji_portal.berkas.daftar import berkas_lengkap, siapkan_daftar, terapkan_verdict
from haji_portal.berkas.forms import UMUR_TITIPAN, BidangFoto, BidangUnggah, FormDaftarBerkas, titipkan
from haji_portal.berkas.simpan import SEHARI, BerkasTersimpan, FotoTersimpan, lampirkan
from tests.berkas import musuh

pytestmark = pytest.mark.django_db


class Formulir(forms.Form):
    nama = forms.CharField()
    ktp = BidangUnggah()
    foto = BidangFoto(required=False)
    lain = BidangUnggah(required=False, izinkan=("pdf",))


def kirim(isi, **berkas):
    return Formulir(isi, MultiValueDict({k: [SimpleUploadedFile(*v)] for k, v in berkas.items()}))


def titipan(formulir):
    return dict(re.findall(r'type="hidden" name="([\w-]+)" value="([^"]+)"', str(formulir)))


def test_nilai_bersih_adalah_berkas_tersimpan():
    formulir = kirim({"nama": "A"}, ktp=("ktp.jpg", musuh.gambar()), foto=("f.jpg", musuh.gambar(600, 800)))
    assert formulir.is_valid(), formulir.errors
    assert isinstance(formulir.cleaned_data["ktp"], BerkasTersimpan)
    assert isinstance(formulir.cleaned_data["foto"], FotoTersimpan)
    assert formulir.cleaned_data["lain"] is None


def test_penolakan_adalah_kalimatnya():
    formulir = kirim({"nama": "A"}, ktp=("ktp.gif", b"GIF89a"), foto=("f.jpg", musuh.gambar(100, 100)))
    assert not formulir.is_valid()
    assert formulir.errors["ktp"] == ["Jenis berkas ini tidak diterima. Unggah berkas JPEG, PNG atau PDF."]
    assert "480 × 640" in formulir.errors["foto"][0]
    assert kirim({"nama": "A"}).errors["ktp"] == ["Pilih berkas yang akan diunggah."]


def test_unggahan_bertahan_bila_isian_lain_salah(settings):
    pertama = kirim({"nama": ""}, ktp=("ktp saya.jpg", musuh.gambar()), foto=("f.jpg", musuh.gambar(600, 800)))
    assert not pertama.is_valid()
    html = str(pertama)
    assert "Sudah diunggah: <strong>ktp saya.jpg</strong>" in html
    assert not re.search(r'type="file" name="ktp"[^>]*required', html)
    kedua = Formulir({"nama": "A", **titipan(pertama)}, MultiValueDict())
    assert kedua.is_valid(), kedua.errors
    assert kedua.cleaned_data["ktp"] == pertama.cleaned_data["ktp"]
    assert kedua.cleaned_data["foto"] == pertama.cleaned_data["foto"]
    assert len([p for p in settings.HAJI_PRIVAT.rglob("*") if p.is_file()]) == 4


def test_berkas_baru_menang_atas_titipan():
    lama = kirim({"nama": ""}, ktp=("lama.jpg", musuh.gambar()))
    lama.is_valid()
    baru = Formulir(
        {"nama": "A", **titipan(lama)}, MultiValueDict({"ktp": [SimpleUploadedFile("baru.jpg", musuh.gambar())]})
    )
    assert baru.is_valid()
    assert baru.cleaned_data["ktp"].nama == "baru.jpg"


@pytest.mark.parametrize("ubah", ["palsu", "jenis", "kedaluwarsa", "terpakai"])
def test_titipan_yang_tidak_sah_diminta_lagi(ubah, perkara):
    formulir = kirim({"nama": ""}, ktp=("ktp.jpg", musuh.gambar()), foto=("f.jpg", musuh.gambar(600, 800)))
    formulir.is_valid()
    nilai, jeda = titipan(formulir), 0
    if ubah == "palsu":
        nilai["ktp-titipan"] = nilai["ktp-titipan"][:-3] + "abc"
    elif ubah == "jenis":
        nilai["ktp-titipan"] = nilai["foto-titipan"]
    elif ubah == "kedaluwarsa":
        jeda = UMUR_TITIPAN + 60
    else:
        lampirkan(perkara, formulir.cleaned_data["ktp"], "berkas", None)
    with time_machine.travel(time.time() + jeda, tick=False):
        kedua = Formulir({"nama": "A", **nilai}, MultiValueDict())
        assert not kedua.is_valid()
        assert "Pilih berkasnya sekali lagi" in kedua.errors["ktp"][0]
        assert 'name="ktp-titipan"' not in str(kedua)


def test_titipan_berumur_lebih_pendek_daripada_file_yatim():
    assert UMUR_TITIPAN < SEHARI


def test_titipan_tidak_dapat_ditukar_jenisnya():
    """A field for PDF only does not take a stored JPEG through its hidden value."""
    formulir = kirim({"nama": ""}, ktp=("ktp.jpg", musuh.gambar()))
    formulir.is_valid()
    kedua = Formulir({"nama": "A", **titipan(formulir), "lain-titipan": titipkan(formulir.cleaned_data["ktp"])}, {})
    assert not kedua.is_valid()
    assert "bukan untuk isian ini" in kedua.errors["lain"][0]


def test_kolom_menyebut_jenis_yang_diterima():
    html = str(Formulir())
    assert 'name="lain" accept=".pdf,application/pdf"' in html
    assert 'accept=".jpg,.jpeg,image/jpeg,.png,image/png"' in html


@pytest.fixture
def daftar(syarat, perkara):
    syarat("ktp", urut=1)
    syarat("kk", urut=2)
    syarat("kuasa", urut=3, wajib=False)
    siapkan_daftar(perkara, "uji")
    return perkara


def test_daftar_menghasilkan_verdict_siap_pakai(daftar, petugas):
    isi = {"verdict_ktp": "ada", "verdict_kk": "kurang", "alasan_kk": "Buram"}
    berkas = {"unggah_ktp": SimpleUploadedFile("ktp.jpg", musuh.gambar())}
    formulir = FormDaftarBerkas(isi, berkas, perkara=daftar)
    assert formulir.is_valid(), formulir.errors
    assert formulir.cleaned_data["verdict"] == {"ktp": ("ada", ""), "kk": ("kurang", "Buram")}
    assert list(formulir.cleaned_data["unggahan"]) == ["ktp"]
    # The step takes these two as keywords, nothing more.
    assert set(formulir.cleaned_data) == {"verdict", "unggahan"}
    terapkan_verdict(daftar, formulir.cleaned_data["verdict"], petugas)
    assert not berkas_lengkap(daftar)


def test_daftar_menuntut_hasil_dan_alasan(daftar):
    formulir = FormDaftarBerkas({"verdict_ktp": "tidak", "verdict_kuasa": "kurang"}, perkara=daftar)
    assert not formulir.is_valid()
    assert set(formulir.errors) == {"alasan_ktp", "verdict_kk", "alasan_kuasa"}
    assert formulir.errors["verdict_kk"] == ["Pilih Ada, Kurang, atau Tidak ada untuk KK."]


def test_daftar_menampilkan_pemeriksaan_terdahulu(daftar, petugas):
    terapkan_verdict(daftar, {"kk": ("kurang", "Buram")}, petugas)
    baris = {b.kode: (v.value(), a.value()) for b, v, a, _ in FormDaftarBerkas(perkara=daftar).baris()}
    assert baris == {"ktp": (None, ""), "kk": ("kurang", "Buram"), "kuasa": (None, "")}
