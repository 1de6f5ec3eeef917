"""Status lookup: two questions, one answer for every wrong pair, limits that a family does not meet."""

import datetime
import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from haji_portal.alur.models import Perkara
from haji_portal.berkas.models import ButirBerkas
from haji_portal.ptsp import batas
from haji_portal.ptsp import keadaan as modul_keadaan
from haji_portal.ptsp.forms import FormTanggalLahir, rapikan_nomor
from haji_portal.ptsp.keadaan import keadaan, samarkan
from haji_portal.ptsp.models import PercobaanCek
from tests.ptsp.conftest import LAHIR, NOMOR

pytestmark = pytest.mark.django_db


def tanpa_token(jawab):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", jawab.content.decode())


def test_satu_pertanyaan_demi_satu(client, perkara):
    pertama = client.get("/cek/").content.decode()
    assert 'name="nomor"' in pertama
    assert 'name="tahun"' not in pertama
    kedua = client.post("/cek/", {"nomor": NOMOR.lower().replace("-", " ")}).content.decode()
    assert f'name="nomor" value="{NOMOR}"' in kedua
    assert 'name="tahun"' in kedua
    isi = {"nomor": NOMOR, "hari": "17", "bulan": "8", "tahun": "1962"}
    jawab = client.post("/cek/", isi)
    assert (jawab.status_code, jawab["Location"]) == (303, "/cek/hasil/")
    assert client.get("/cek/hasil/").status_code == 200


def test_qr_tanda_terima_langsung_ke_tanggal_lahir(client, perkara):
    isi = client.get("/cek/", {"nomor": NOMOR}).content.decode()
    assert 'name="tahun"' in isi
    assert NOMOR in isi


def test_pertanyaan_pertama_tidak_membocorkan_ada_tidaknya(client, perkara):
    ada = client.post("/cek/", {"nomor": NOMOR})
    tiada = client.post("/cek/", {"nomor": "CTH-PD-26-7K2M9R"})
    assert ada.status_code == tiada.status_code == 200
    assert tanpa_token(ada).replace(NOMOR, "N") == tanpa_token(tiada).replace("CTH-PD-26-7K2M9R", "N")


def test_nomor_salah_dan_tanggal_salah_dijawab_sama(client, perkara, tanya, django_assert_num_queries):
    salah_tanggal = tanya(client, lahir="1962-08-18")
    salah_nomor = tanya(client, nomor="CTH-PD-26-7K2M9R", lahir="1962-08-18")
    bukan_nomor = tanya(client, nomor="SALAH-PD-26-7K2M", lahir="1962-08-18")
    assert {j.status_code for j in (salah_tanggal, salah_nomor, bukan_nomor)} == {200}
    assert tanpa_token(salah_tanggal) == tanpa_token(salah_nomor).replace("7K2M9R", "7K2M9Q")
    assert len(salah_tanggal.content) == len(salah_nomor.content) == len(bukan_nomor.content)
    assert "tidak cocok" in tanpa_token(bukan_nomor)
    assert "cek" not in client.session


def test_pekerjaan_sama_banyaknya_untuk_salah_nomor_dan_salah_tanggal(perkara, tanya):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    jumlah = []
    for isi in ({"lahir": "1962-08-18"}, {"nomor": "CTH-PD-26-7K2M9R"}):
        with CaptureQueriesContext(
            connection,
        ) as tangkap:
            tanya(Client(), **isi)
        jumlah.append(len(tangkap))
    assert jumlah[0] == jumlah[1]


@pytest.mark.parametrize("nomor", ["CTH-PD\x00-26", "\x00", "' OR 1=1 --", "x" * 5000, "😀"])
def test_nomor_musuh_dijawab_seperti_nomor_salah(client, perkara, tanya, nomor):
    jawab = tanya(client, nomor=nomor)
    assert jawab.status_code == 200
    assert "tidak cocok" in jawab.content.decode()


def test_pemantau_bertanya_dengan_head(client, perkara):
    assert client.head("/cek/").status_code == 200
    assert client.head("/cek/hasil/").status_code == 302


def test_yang_diketik_tidak_hilang(client, perkara, tanya):
    isi = tanya(client, lahir="1962-08-18").content.decode()
    assert 'value="18"' in isi
    assert '<option value="8" selected>Agustus</option>' in isi
    assert 'value="1962"' in isi


def test_perkara_tanpa_tahap_publik_tidak_ditemukan(client, perkara, tanya, monkeypatch):
    monkeypatch.setattr(modul_keadaan, "_model", lambda perkara: None)
    assert tanya(client).status_code == 200


def test_perkara_tanpa_pemohon_tidak_ditemukan(client, perkara, tanya):
    Perkara.objects.update(pemohon=None)
    assert tanya(client, lahir="9999-12-31").status_code in (200, 422)
    assert tanya(client).status_code == 200


@pytest.mark.parametrize(
    "isi",
    [
        {"tanggal_lahir": "1962-02-31"},
        {"tanggal_lahir": "bukan tanggal"},
        {"tanggal_lahir": "2999-01-01"},
        {"tanggal_lahir": "1899-12-31"},
        {"hari": "1", "bulan": "", "tahun": "1962"},
        {"hari": "x", "bulan": "8", "tahun": "1962"},
        {"hari": "1", "bulan": "13", "tahun": "1962"},
    ],
)
def test_tanggal_yang_tidak_mungkin_satu_kalimat(client, perkara, isi):
    jawab = client.post("/cek/", {"nomor": NOMOR, **isi})
    assert jawab.status_code == 422
    assert jawab.content.decode().count(FormTanggalLahir.GALAT) == 1
    assert jawab.content.decode().count('aria-describedby="galat-tanggal"') == 3


@pytest.mark.parametrize("isi", ["", "abc", "CTH-PD-26", "x" * 5000, "CTH\x00PD"])
def test_nomor_yang_tidak_mungkin_diberi_contoh(client, isi, db):
    jawab = client.post("/cek/", {"nomor": isi})
    assert jawab.status_code == 422
    assert "tanda terima" in jawab.content.decode()


@pytest.mark.parametrize(
    ("ketikan", "nomor"),
    [
        ("cth-pd-26-7k2m9q", NOMOR),
        (" CTH PD 26 7K2M9Q ", NOMOR),
        ("CTHPD267K2M9Q", NOMOR),
        ("CTH–PD–26–7K2M9Q", NOMOR),
        ("CTH-PD-26-OIL0U1", "CTH-PD-26-0110V1"),
        ("CTH-PD-2X-7K2M9Q", ""),
        ("CTH-PD-26-7K2M9QQ", ""),
        ("", ""),
    ],
)
def test_nomor_dirapikan(ketikan, nomor):
    assert rapikan_nomor(ketikan) == nomor


class TestBatas:
    def test_sepuluh_kali_dari_satu_alamat_lalu_tunggu_lalu_boleh_lagi(self, perkara, tanya):
        penebak, pemilik = Client(REMOTE_ADDR="10.0.0.1"), Client(REMOTE_ADDR="10.0.0.99")
        for _ in range(10):
            assert tanya(penebak, lahir="1962-08-18").status_code == 200
        jawab = tanya(penebak)
        assert jawab.status_code == 429
        assert "coba lagi 15 menit lagi" in jawab.content.decode()
        assert 0 < int(jawab["Retry-After"]) <= 901
        assert tanya(pemilik).status_code == 303, "who guesses does not shut out who knows"
        with time_machine.travel(timezone.now() + datetime.timedelta(minutes=15, seconds=2), tick=True):
            assert tanya(penebak).status_code == 303

    def test_nomor_yang_tidak_ada_dibatasi_sama(self, client, db, tanya):
        for _ in range(10):
            tanya(client, nomor="CTH-PD-26-000000")
        assert tanya(client, nomor="cth pd 26 OOOOOO").status_code == 429

    def test_sehari_paling_banyak_tiga_puluh_dari_satu_alamat(self, client, perkara, tanya):
        mulai = timezone.now()
        for putaran in range(3):
            with time_machine.travel(mulai + datetime.timedelta(minutes=16 * putaran), tick=True):
                assert [tanya(client, lahir="1962-08-18").status_code for _ in range(10)] == [200] * 10
        with time_machine.travel(mulai + datetime.timedelta(hours=2, minutes=1), tick=True):
            jawab = tanya(client)
            assert (jawab.status_code, "coba lagi 22 jam lagi" in jawab.content.decode()) == (429, True)
        with time_machine.travel(mulai + datetime.timedelta(hours=24, seconds=9), tick=True):
            assert tanya(client).status_code == 303

    def test_tanggal_yang_benar_menghapus_hitungan_alamat_itu(self, client, perkara, tanya):
        """Somebody who looks every hour, now and then mistyping, is never stopped; a guesser elsewhere still is."""
        mulai = timezone.now()
        for jam in range(23):
            with time_machine.travel(mulai + datetime.timedelta(hours=jam), tick=True):
                assert tanya(client, lahir="1962-08-18").status_code == 200
                assert tanya(client).status_code == 303

    def test_dari_banyak_alamat_dua_ratus_sehari(self, perkara, tanya, monkeypatch):
        monkeypatch.setattr(batas, "PER_NOMOR_SEHARI", 20)
        for i in range(20):
            assert tanya(Client(REMOTE_ADDR=f"10.0.0.{i}"), lahir="1962-08-18").status_code == 200
        assert tanya(Client(REMOTE_ADDR="10.0.0.99")).status_code == 429

    def test_keluarga_di_balik_satu_sambungan_tidak_kena(self, client, perkara, tanya):
        # Eight relatives, seven attempts each within a quarter of an hour, one household connection.
        for anggota in range(8):
            for _ in range(7):
                assert tanya(client, nomor=f"CTH-PD-26-00000{anggota}").status_code == 200

    def test_enam_puluh_per_alamat(self, client, perkara, tanya):
        for i in range(60):
            assert tanya(client, nomor=f"CTH-PD-26-0000{i:02d}").status_code == 200
        assert tanya(client).status_code == 429
        assert tanya(Client(REMOTE_ADDR="10.0.0.99")).status_code == 303

    def test_satu_jaringan_ipv6_satu_alamat(self, perkara, tanya):
        for i in range(60):
            tanya(Client(REMOTE_ADDR=f"2001:db8:1:2::{i + 1:x}"), nomor=f"CTH-PD-26-0000{i:02d}")
        assert tanya(Client(REMOTE_ADDR="2001:db8:1:2:ffff::9")).status_code == 429
        assert tanya(Client(REMOTE_ADDR="2001:db8:1:3::9")).status_code == 303

    def test_ipv4_lewat_soket_ipv6_tetap_alamat_sendiri(self, perkara, tanya):
        for i in range(60):
            tanya(Client(REMOTE_ADDR="::ffff:10.0.0.1"), nomor=f"CTH-PD-26-0000{i:02d}")
        assert tanya(Client(REMOTE_ADDR="::ffff:10.0.0.1")).status_code == 429
        assert tanya(Client(REMOTE_ADDR="::ffff:10.0.0.2")).status_code == 303

    def test_tidak_menyimpan_nomor_atau_alamat(self, client, perkara, tanya):
        tanya(client, lahir="1962-08-18")
        tersimpan = " ".join(PercobaanCek.objects.values_list("kunci", flat=True))
        assert len(tersimpan) == 3 * 64 + 2
        assert "CTH" not in tersimpan
        assert "127.0.0.1" not in tersimpan


class TestJawaban:
    def buka(self, client, tanya):
        tanya(client)
        return client.get("/cek/hasil/").content.decode()

    def test_di_mana_dengan_siapa_sejak_dan_sampai_kapan(self, client, perkara, tanya):
        teks = self.buka(client, tanya)
        assert "Berkas diperiksa" in teks
        assert "petugas haji di Kantor Kabupaten Contoh" in teks
        assert teks.count("WITA") >= 3
        assert "Paling lambat" in teks
        assert "(0370) 000000" in teks
        assert "Rp0" in teks

    def test_tidak_ada_data_pribadi_selain_inisial(self, client, perkara, jemaah, tanya):
        ButirBerkas.objects.create(
            perkara=perkara,
            kode="ktp",
            nama="KTP",
            bentuk="salinan",
            verdict="kurang",
            alasan="Nama Siti Rahmah dan NIK 5203015708620002 tidak terbaca",
        )
        teks = self.buka(client, tanya)
        assert "tidak terbaca" in teks
        for rahasia in ("Siti", "Rahmah", jemaah.nik, "1962", "Agustus", "Selong", "Cendana", jemaah.telepon):
            assert rahasia not in teks, rahasia
        assert "S. R." in teks

    def test_giliran_pemohon_menyebut_yang_kurang(self, client, perkara, tanya):
        Perkara.objects.update(tahap="dikembalikan")
        ButirBerkas.objects.create(
            perkara=perkara,
            kode="kk",
            nama="Kartu keluarga",
            bentuk="salinan",
            jumlah=2,
            verdict="tidak",
            alasan="Belum",
        )
        ButirBerkas.objects.create(perkara=perkara, kode="ktp", nama="KTP asli", bentuk="asli", verdict="ada")
        teks = self.buka(client, tanya)
        assert "Menunggu Anda melengkapi berkas" in teks
        assert "Kartu keluarga" in teks
        assert "Fotokopi, 2 lembar" in teks
        assert "KTP asli" not in teks
        assert "Sekarang giliran Anda" in teks

    def test_terlambat_minta_maaf(self, perkara):
        perkara.tenggat.update(batas=timezone.now() - datetime.timedelta(hours=1))
        k = keadaan(perkara)
        assert k.terlambat
        assert any("mohon maaf" in satu for satu in k.kalimat)

    def test_surat_siap_mengajak_datang_bukan_menyuruh_menunggu(self, perkara):
        perkara.tahap = "siap"
        perkara.tenggat.update(batas=timezone.now() - datetime.timedelta(days=3))
        k = keadaan(perkara)
        assert k.kalimat == ["Ambil surat di loket."]
        assert not k.terlambat
        assert k.batas == ""

    def test_menunggu_pihak_lain_bukan_terlambat_kantor(self, perkara):
        perkara.tahap = "dikirim"
        perkara.tenggat.update(batas=timezone.now() - datetime.timedelta(hours=1))
        k = keadaan(perkara)
        assert not k.terlambat
        assert k.kalimat[0] == "Sekarang menunggu Direktorat."

    def test_hasil_hanya_di_peramban_itu_dan_seperempat_jam(self, client, perkara, tanya):
        tanya(client)
        assert Client().get("/cek/hasil/")["Location"] == "/cek/"
        jawab = client.get("/cek/hasil/")
        assert "no-store" in jawab["Cache-Control"]
        with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16), tick=True):
            assert client.get("/cek/hasil/").status_code == 302

    def test_lupakan(self, client, perkara, tanya):
        tanya(client)
        assert client.get("/cek/lupakan/").status_code == 405
        client.post("/cek/lupakan/")
        assert client.get("/cek/hasil/").status_code == 302


class TestGaris:
    def test_selesai_sekarang_akan_dengan_tanggal(self, perkara, riwayat_uji):
        perkara.tahap = "menunggu-ttd"
        riwayat_uji(perkara, (20, "diperiksa"), (23, "dikirim"), (24, "menunggu-ttd"))
        garis = keadaan(perkara).garis
        assert [t.keadaan for t in garis] == ["selesai", "selesai", "sekarang", "akan"]
        assert garis[0].saat == "Jumat, 20 November 2026"
        assert garis[3].saat == ""

    def test_dikembalikan_mundur_tanpa_tanggal_masa_depan(self, perkara, riwayat_uji):
        perkara.tahap = "dikembalikan"
        riwayat_uji(perkara, (20, "diperiksa"), (23, "menunggu-ttd"), (24, "dikembalikan"))
        garis = keadaan(perkara).garis
        assert [t.keadaan for t in garis] == ["sekarang", "akan", "akan", "akan"]
        assert garis[2].saat == ""

    def test_ditolak_berdiri_sesudah_yang_tercapai(self, perkara, riwayat_uji):
        perkara.tahap, perkara.ditutup = "ditolak", timezone.now()
        riwayat_uji(perkara, (20, "diperiksa"), (21, "ditolak"))
        k = keadaan(perkara)
        assert [(t.nama, t.keadaan) for t in k.garis] == [("Berkas diperiksa", "selesai"), ("Ditolak", "selesai")]
        assert k.selesai
        assert k.dengan == k.batas == ""

    def test_selesai_semua_tercapai(self, perkara, riwayat_uji):
        perkara.tahap, perkara.ditutup = "selesai", timezone.now()
        riwayat_uji(perkara, (20, "diperiksa"), (21, "selesai"))
        assert [t.keadaan for t in keadaan(perkara).garis] == ["selesai"] * 4


@pytest.mark.parametrize(
    ("teks", "nama", "hasil"),
    [
        ("Foto Siti buram", "Siti Rahmah", "Foto S. buram"),
        ("siti RAHMAH", "Siti Rahmah", "S. R."),
        ("rekening 1234 5678 90", "Ali", "rekening (nomor disamarkan)"),
        ("3 lembar, 2026", "Ali", "3 lembar, 2026"),
        ("Alih bahasa", "Ali Topan", "Alih bahasa"),
    ],
)
def test_samarkan(teks, nama, hasil):
    assert samarkan(teks, nama) == hasil


def test_tanggal_lahir_iso_dan_tiga_bagian_sama():
    satu = FormTanggalLahir({"tanggal_lahir": LAHIR.isoformat()})
    dua = FormTanggalLahir({"hari": "17", "bulan": "8", "tahun": "1962"})
    assert satu.is_valid()
    assert dua.is_valid()
    assert satu.cleaned_data["tanggal_lahir"] == dua.cleaned_data["tanggal_lahir"] == LAHIR
