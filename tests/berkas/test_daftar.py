"""The checklist: which requirements a case gets, what a verdict does, when it is complete."""

import datetime

import pytest
import time_machine

from haji_portal.alur.galat import IsianSalah
from haji_portal.berkas.daftar import berkas_lengkap, kekurangan, siapkan_daftar, terapkan_verdict
from haji_portal.berkas.models import ButirBerkas

pytestmark = pytest.mark.django_db


def kode(butir):
    return [b.kode for b in butir]


def test_daftar_memuat_syarat_umum_dan_syarat_kasusnya(syarat, perkara):
    syarat("ktp", urut=1)
    syarat("akta", urut=2, kasus="wafat")
    syarat("surat", urut=3, kasus="sakit")
    syarat("lain", layanan="lain")
    assert kode(siapkan_daftar(perkara, "uji", "wafat")) == ["ktp", "akta"]


def test_baris_kantor_mengganti_dan_menambah(syarat, perkara, perkara_baru, kantor, kantor_lain):
    syarat("ktp", urut=2, jumlah=1)
    syarat("ktp", urut=2, jumlah=5, kantor=kantor)
    syarat("materai", urut=1, kantor=kantor)
    syarat("khusus", kantor=kantor_lain)
    daftar = siapkan_daftar(perkara, "uji")
    assert [(b.kode, b.jumlah) for b in daftar] == [("materai", None), ("ktp", 5)]
    lain = perkara_baru()
    lain.kantor = kantor_lain
    assert sorted(kode(siapkan_daftar(lain, "uji"))) == ["khusus", "ktp"]
    assert lain.butir.get(kode="ktp").jumlah == 1


def test_baris_kasus_menang_atas_baris_umum_tetapi_kalah_dari_baris_kantor(syarat, perkara, perkara_baru, kantor):
    syarat("ktp", jumlah=1)
    syarat("ktp", jumlah=2, kasus="wafat")
    assert siapkan_daftar(perkara, "uji", "wafat")[0].jumlah == 2
    syarat("ktp", jumlah=3, kantor=kantor)
    assert siapkan_daftar(perkara_baru(), "uji", "wafat")[0].jumlah == 3


def test_syarat_berlaku_menurut_tanggal_kantor(syarat, perkara, perkara_baru, kantor):
    syarat("lama", selesai=datetime.date(2026, 11, 20))
    syarat("baru", mulai=datetime.date(2026, 11, 21))
    # 20 November 16.30 UTC is 23.30 in Jakarta and already the 21st in Makassar.
    with time_machine.travel(datetime.datetime(2026, 11, 20, 16, 30, tzinfo=datetime.UTC), tick=False):
        assert kode(siapkan_daftar(perkara, "uji")) == ["lama"]
        kantor.zona = "Asia/Makassar"
        kantor.save()
        assert kode(siapkan_daftar(perkara_baru(), "uji")) == ["baru"]


def test_daftar_adalah_salinan_dan_tidak_disalin_dua_kali(syarat, perkara):
    asal = syarat("ktp", jumlah=2, sumber="244/2021 A.3", keterangan="Masih berlaku")
    siapkan_daftar(perkara, "uji")
    asal.nama = "Nama baru"
    asal.save()
    terapkan_verdict(perkara, {"ktp": ("ada", "")}, None)
    syarat("kk")
    daftar = {b.kode: b for b in siapkan_daftar(perkara, "uji")}
    assert set(daftar) == {"ktp", "kk"}
    assert (daftar["ktp"].nama, daftar["ktp"].verdict, daftar["ktp"].sumber) == ("KTP", "ada", "244/2021 A.3")
    asal.delete()
    assert ButirBerkas.objects.get(perkara=perkara, kode="ktp").syarat is None


def test_lengkap_bila_semua_yang_wajib_ada(syarat, perkara, petugas):
    syarat("ktp", urut=1)
    syarat("kk", urut=2)
    syarat("surat-kuasa", urut=3, wajib=False)
    siapkan_daftar(perkara, "uji")
    assert kode(kekurangan(perkara)) == ["ktp", "kk"]
    terapkan_verdict(perkara, {"ktp": ("ada", ""), "kk": ("kurang", "Hanya 1 lembar")}, petugas)
    assert kode(kekurangan(perkara)) == ["kk"]
    assert not berkas_lengkap(perkara)
    terapkan_verdict(perkara, {"kk": ("ada", "sudah"), "surat-kuasa": ("tidak", "tidak dikuasakan")}, petugas)
    assert kekurangan(perkara) == []
    assert berkas_lengkap(perkara)


def test_perkara_tanpa_daftar_belum_lengkap(perkara):
    assert not berkas_lengkap(perkara)


def test_perkara_dengan_syarat_pilihan_saja_lengkap(syarat, perkara):
    syarat("surat-kuasa", wajib=False)
    siapkan_daftar(perkara, "uji")
    assert berkas_lengkap(perkara)


def test_verdict_mencatat_siapa_kapan_dan_alasan(syarat, perkara, petugas):
    syarat("ktp")
    siapkan_daftar(perkara, "uji")
    terapkan_verdict(perkara, {"ktp": ("kurang", "  Buram  ")}, petugas)
    butir = perkara.butir.get()
    assert (butir.verdict, butir.alasan, butir.diperiksa_oleh) == ("kurang", "Buram", petugas)
    assert butir.diperiksa_pada is not None
    terapkan_verdict(perkara, {"ktp": ("ada", "alasan lama")}, petugas)
    assert perkara.butir.get().alasan == ""


@pytest.mark.parametrize(
    ("isi", "bagian"),
    [
        ({"ktp": ("ada", ""), "kk": ("kurang", " ")}, "alasan"),
        ({"ktp": ("ada", ""), "kk": ("tidak", "")}, "alasan"),
        ({"ktp": ("ada", ""), "kk": ("belum", "")}, "Pilih"),
        ({"ktp": ("ada", ""), "kk": ("entah", "x")}, "Pilih"),
        ({"ktp": ("ada", ""), "asing": ("ada", "")}, "Muat ulang"),
    ],
)
def test_satu_verdict_salah_tidak_menulis_apa_pun(syarat, perkara, petugas, isi, bagian):
    syarat("ktp")
    syarat("kk")
    siapkan_daftar(perkara, "uji")
    with pytest.raises(IsianSalah) as galat:
        terapkan_verdict(perkara, isi, petugas)
    (kalimat,) = next(iter(galat.value.galat.values()))
    assert bagian in kalimat
    assert set(perkara.butir.values_list("verdict", flat=True)) == {"belum"}


def test_diminta_menyebut_bentuk_dan_jumlah(syarat, perkara):
    syarat("ktp", bentuk="legalisir", jumlah=3)
    syarat("kk", bentuk="ditunjukkan")
    daftar = {b.kode: b.diminta for b in siapkan_daftar(perkara, "uji")}
    assert daftar == {"ktp": "Fotokopi dilegalisasi, 3 lembar", "kk": "Ditunjukkan aslinya"}
