"""An application from outside, from the first page to the case: drafts, codes, rules, files, one case per draft."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from haji_portal.alur.models import Perkara
from haji_portal.berkas.models import Lampiran
from haji_portal.berkas.simpan import hapus_yatim
from haji_portal.kabar.models import KontakPerkara, Pesan
from haji_portal.ptsp.models import BerkasKonsep, KodeKontak, Konsep
from pendaftaran.contoh import buka_contoh
from tests import ajukan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _gudang(acuan, settings, tmp_path):
    settings.HAJI_PRIVAT = tmp_path


@pytest.fixture
def token(client):
    return ajukan.mulai(client)


def halaman(client, token, sisa=""):
    return client.get(f"/ajukan/konsep/{token}/{sisa}")


def test_dari_kode_sampai_perkara(client, token):
    ajukan.isi_semua(client, token)
    teks = halaman(client, token, "periksa/").content.decode()
    assert "17 Agustus 1962" in teks and "Rp25.000.000" in teks and "Kirim permohonan" in teks
    jawab = ajukan.kirim(client, token)
    assert jawab.status_code == 303
    perkara = Perkara.objects.get()
    terkirim = client.get(jawab["Location"]).content.decode()
    assert perkara.nomor in terkirim and "paling lambat" in terkirim
    assert perkara.saluran == "elektronik" and perkara.kantor.slug == "lombok-timur"
    assert KontakPerkara.objects.get(perkara=perkara).alamat == ajukan.ALAMAT
    assert Lampiran.objects.filter(perkara=perkara).count() == 8
    konsep = Konsep.objects.get()
    assert konsep.isi == {} and not konsep.berkas.exists()
    assert client.get("/cek/hasil/").status_code == 200


def test_kirim_dua_kali_satu_perkara(client, token):
    ajukan.isi_semua(client, token)
    assert [ajukan.kirim(client, token)["Location"] for _ in range(2)] == [f"/ajukan/konsep/{token}/terkirim/"] * 2
    assert Perkara.objects.count() == 1


def test_janji_tiga_hari_kerja_menurut_jam_kantor(client, token, monkeypatch):
    sabtu = datetime.datetime(2026, 11, 21, 3, 0, tzinfo=datetime.UTC)
    ajukan.isi_semua(client, token)
    monkeypatch.setattr(timezone, "now", lambda: sabtu)
    assert ajukan.kirim(client, token).status_code == 303
    assert "Rabu, 25 November 2026 pukul 16.00 WITA" in halaman(client, token, "terkirim/").content.decode()


def test_lanjut_di_ponsel_lain_dengan_kode_baru(client, token):
    client.post(f"/ajukan/konsep/{token}/isi/diri/", ajukan.DIRI)
    lain = Client()
    assert halaman(lain, token)["Location"] == "/ajukan/lanjut/"
    assert lain.post("/ajukan/lanjut/", {"nik": ajukan.NIK, "kontak": "Siti@Contoh.Example"}).status_code == 303
    jawab = lain.post("/ajukan/kode/", {"kode": ajukan.kode_terakhir()})
    assert jawab["Location"] == f"/ajukan/konsep/{token}/"
    assert 'value="Siti Rahmah"' in halaman(lain, token, "isi/diri/").content.decode()
    assert halaman(lain, token)["Location"].endswith("/isi/setoran/")


def test_isian_salah_tetap_tersimpan_dan_aturan_disebut_dengan_sumber(client, token):
    muda = ajukan.DIRI | {"tanggal_lahir_tahun": "2020"}
    jawab = client.post(f"/ajukan/konsep/{token}/isi/diri/", muda)
    assert jawab.status_code == 422
    assert "dapat mendaftar mulai 17 Agustus 2032" in jawab.content.decode()
    assert "244/2021 B.2" in jawab.content.decode()
    jawab = client.post(f"/ajukan/konsep/{token}/isi/diri/", ajukan.DIRI | {"tanggal_lahir_hari": "45"})
    assert jawab.status_code == 422 and "belum lengkap atau tidak ada" in jawab.content.decode()
    assert 'value="45"' in halaman(client, token, "isi/diri/").content.decode()
    periksa = halaman(client, token, "periksa/").content.decode()
    assert "Kirim permohonan" not in periksa
    assert ajukan.kirim(client, token).status_code == 422
    assert not Perkara.objects.exists()


def test_rekening_orang_lain_disebut_segera(client, token):
    client.post(f"/ajukan/konsep/{token}/isi/diri/", ajukan.DIRI)
    jawab = client.post(f"/ajukan/konsep/{token}/isi/setoran/", ajukan.SETORAN | {"atas_nama": "Budi"})
    assert jawab.status_code == 422 and "244/2021 B.6" in jawab.content.decode()


def test_kode_hanya_sidiknya_disimpan_dan_pesannya_dihapus(client, token):
    assert not KodeKontak.objects.exists()
    client.post("/ajukan/lanjut/", {"nik": ajukan.NIK, "kontak": ajukan.ALAMAT})
    angka = ajukan.kode_terakhir()
    assert angka not in str(list(KodeKontak.objects.values())) + str(list(Pesan.objects.values("judul", "isi")))


def test_berkas_konsep_bukan_yatim_dan_yang_diganti_dibuang(client, token, settings):
    alamat = f"/ajukan/konsep/{token}/dokumen/foto-diri/unggah/"
    client.post(alamat, {"berkas": ajukan.foto()})
    lama = BerkasKonsep.objects.get().kunci
    assert hapus_yatim(umur=-1) == 0
    client.post(alamat, {"berkas": ajukan.foto("lain.jpg", lebar=960)})
    assert BerkasKonsep.objects.get().nama == "lain.jpg"
    assert not (settings.HAJI_PRIVAT / lama).exists()
    isi = client.get(f"/ajukan/konsep/{token}/dokumen/foto-diri/")
    assert isi["Content-Type"] == "image/jpeg" and "sandbox" in isi["Content-Security-Policy"]


def test_foto_diri_terlalu_kecil_dan_pdf_untuk_foto_ditolak_dengan_kalimat(client, token):
    alamat = f"/ajukan/konsep/{token}/dokumen/"
    jawab = client.post(f"{alamat}foto-diri/unggah/", {"berkas": ajukan.foto(lebar=200, tinggi=300)}, follow=True)
    assert "terlalu kecil" in jawab.content.decode()
    pdf = ajukan.SimpleUploadedFile("ktp.pdf", b"%PDF-1.4 x", "application/pdf")
    assert "tidak diterima" in client.post(f"{alamat}foto-ktp/unggah/", {"berkas": pdf}, follow=True).content.decode()
    assert not BerkasKonsep.objects.exists()


def test_hapus_konsep_menghapus_berkasnya(client, token, settings):
    client.post(f"/ajukan/konsep/{token}/dokumen/foto-ktp/unggah/", {"berkas": ajukan.foto()})
    assert client.post(f"/ajukan/konsep/{token}/hapus/").status_code == 303
    assert not Konsep.objects.exists()
    assert not [f for f in (settings.HAJI_PRIVAT / "berkas").rglob("*") if f.is_file()]


def test_orang_yang_dikenal_tidak_diisikan_dan_tidak_terlihat(client, kantor_lombok, acuan):
    perkara = buka_contoh(kantor_lombok, 9).perkara
    orang = perkara.pemohon
    token = ajukan.mulai(client, nik=orang.nik, validasi=perkara.setoran.nomor_validasi)
    for bagian in ("isi/diri/", "isi/setoran/"):
        teks = halaman(client, token, bagian).content.decode()
        assert orang.nama not in teks and orang.alamat not in teks and perkara.rekening.nomor not in teks
    assert len(mail.outbox) == 1 and re.search(r"\d{6}", mail.outbox[0].body)


def test_ponsel_sebagai_kontak_dan_penulisan_lain_membuka_konsep_yang_sama(client, monkeypatch):
    monkeypatch.setattr("haji_portal.ptsp.ajukan.isian.saluran_aktif", lambda nama, kantor=None: nama == "sms")
    monkeypatch.setattr("haji_portal.ptsp.ajukan.kode.secrets.randbelow", lambda n: 123456)
    isi = {"kantor": "lombok-timur", "rujukan": "BSI2611000007", "nik": ajukan.NIK, "kontak": "0812 3456-7890"}
    assert client.post("/ajukan/pendaftaran/", isi).status_code == 303
    pesan = Pesan.objects.get()
    assert (pesan.saluran, pesan.alamat, pesan.rahasia) == ("sms", "+6281234567890", True)
    assert "123456" in pesan.isi and "+6281***90" in client.get("/ajukan/kode/").content.decode()
    token = client.post("/ajukan/kode/", {"kode": "123456"})["Location"].split("/")[3]
    lain = Client()
    lain.post("/ajukan/lanjut/", {"nik": ajukan.NIK, "kontak": "+62 812 3456 7890"})
    assert lain.post("/ajukan/kode/", {"kode": "123456"})["Location"] == f"/ajukan/konsep/{token}/"


def test_tanpa_saluran_ponsel_diminta_surel(client):
    isi = {"kantor": "lombok-timur", "rujukan": "BSI2611000007", "nik": ajukan.NIK, "kontak": "081234567890"}
    jawab = client.post("/ajukan/pendaftaran/", isi)
    assert jawab.status_code == 422 and "Tulis alamat surel" in jawab.content.decode()


def test_mulai_lagi_di_kantor_lain_memindahkan_konsep(client, token):
    client.post(f"/ajukan/konsep/{token}/isi/diri/", ajukan.DIRI)
    isi = {"kantor": "tanah-bumbu", "rujukan": "BSI2611000008", "nik": ajukan.NIK, "kontak": ajukan.ALAMAT}
    client.post("/ajukan/pendaftaran/", isi)
    assert client.post("/ajukan/kode/", {"kode": ajukan.kode_terakhir()})["Location"] == f"/ajukan/konsep/{token}/"
    konsep = Konsep.objects.get()
    assert konsep.kantor.slug == "tanah-bumbu" and konsep.isi["nomor_validasi"] == "BSI2611000008"
    assert konsep.isi["nama"] == "Siti Rahmah"
    assert "244/2021 A.3" in halaman(client, token, "periksa/").content.decode()


def test_nomor_hilang_ditemukan_lagi_dengan_kontak(client, token):
    ajukan.isi_semua(client, token)
    ajukan.kirim(client, token)
    lain = Client()
    lain.post("/ajukan/lanjut/", {"nik": ajukan.NIK, "kontak": ajukan.ALAMAT})
    jawab = lain.post("/ajukan/kode/", {"kode": ajukan.kode_terakhir()}, follow=True)
    assert Perkara.objects.get().nomor in jawab.content.decode()


def test_pendaftaran_yang_masih_berjalan_dijawab_kalimat_dan_konsep_tetap(client, token, kantor_lombok):
    ajukan.isi_semua(client, token)
    ajukan.kirim(client, token)
    lain = Client()
    kedua = ajukan.mulai(lain, alamat="lain@contoh.example")
    ajukan.isi_semua(lain, kedua)
    jawab = ajukan.kirim(lain, kedua)
    assert jawab.status_code == 409 and "Masih ada pendaftaran yang sedang berjalan" in jawab.content.decode()
    assert Konsep.objects.get(token=kedua).berkas.count() == 8 and Perkara.objects.count() == 1


def test_ponsel_pinjaman_ditutup_sampai_ada_kode_baru(client, token):
    assert "Berhenti dulu" in halaman(client, token, "isi/diri/").content.decode()
    client.post("/cek/lupakan/")
    assert halaman(client, token, "isi/diri/")["Location"] == "/ajukan/lanjut/"
    assert Konsep.objects.exists()
