"""A closed service as the public meets it: the list, its page, the way from home, a draft begun before."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.models import PenutupanLayanan, Perkara
from haji_portal.alur.penutupan import lupakan_penutupan
from haji_portal.ptsp.ajukan.bersih import ingatkan
from haji_portal.ptsp.models import Konsep
from tests import ajukan

pytestmark = pytest.mark.django_db
ALASAN = "Pendaftaran dipindahkan ke tempat lain."
DASAR = "Peraturan Contoh Nomor 1 tanggal 1 November 2026"


@pytest.fixture(autouse=True)
def _gudang(acuan, settings, tmp_path):
    settings.HAJI_PRIVAT = tmp_path


@pytest.fixture
def tutup():
    def _tutup(slug="lombok-timur", hari=-1, layanan="pendaftaran"):
        mulai = timezone.localdate() + datetime.timedelta(days=hari)
        di = Kantor.objects.get(slug=slug) if slug else None
        PenutupanLayanan.objects.create(layanan=layanan, kantor=di, mulai=mulai, alasan=ALASAN, dasar_hukum=DASAR)
        lupakan_penutupan()

    return _tutup


def kartu(teks, slug):
    return teks.split(f'href="/layanan/{slug}/', 1)[1].split("</a>", 1)[0]


class TestBeranda:
    def test_menyebut_sejak_kapan_mengapa_dan_dasarnya_di_kantor_terpilih(self, client, tutup):
        tutup()
        di_sini = client.get("/", {"kantor": "lombok-timur"}).text
        assert "Ditutup sejak" in kartu(di_sini, "pendaftaran") and ALASAN in kartu(di_sini, "pendaftaran")
        assert DASAR in kartu(di_sini, "pendaftaran") and "dilayani sekarang" not in kartu(di_sini, "pendaftaran")
        assert '<a class="kartu" href="/ajukan/pendaftaran/' not in di_sini
        for lain in ({"kantor": "palu"}, {}):
            teks = client.get("/", lain).text
            assert (
                "dilayani sekarang" in kartu(teks, "pendaftaran")
                and '<a class="kartu" href="/ajukan/pendaftaran/' in teks
            )

    def test_yang_akan_datang_diumumkan_dan_masih_dilayani(self, client, tutup):
        tutup(hari=30)
        isi = kartu(client.get("/", {"kantor": "lombok-timur"}).text, "pendaftaran")
        assert "Ditutup mulai" in isi and "dilayani sekarang" in isi

    def test_rekomendasi_tanpa_kantor_menyebut_yang_masih_buka(self, client):
        assert "kecuali di Kepulauan Seribu" in kartu(client.get("/").text, "rekomendasi")
        assert "Ditutup" not in kartu(client.get("/", {"kantor": "kepulauan-seribu"}).text, "rekomendasi")
        tutup_di_palu = kartu(client.get("/", {"kantor": "palu"}).text, "rekomendasi")
        assert "Ditutup sejak 22 Februari 2023" in tutup_di_palu and "IMI-GR.01.01-0070" in tutup_di_palu


class TestHalamanLayanan:
    def test_menjelaskan_dan_tidak_menawarkan(self, client, tutup):
        tutup()
        teks = client.get("/layanan/pendaftaran/", {"kantor": "lombok-timur"}).text
        assert ALASAN in teks and DASAR in teks and "tetap diselesaikan" in teks
        assert "/ajukan/pendaftaran/" not in teks and "Cek status permohonan" in teks
        assert "<summary>Syarat dan langkah bagi permohonan yang sudah diterima</summary>" in teks

    def test_kantor_lain_dan_sebelum_harinya_seperti_biasa(self, client, tutup):
        tutup(hari=1)
        lain = client.get("/layanan/pendaftaran/", {"kantor": "palu"}).text
        assert ALASAN not in lain and "/ajukan/pendaftaran/" in lain
        besok = client.get("/layanan/pendaftaran/", {"kantor": "lombok-timur"}).text
        assert ALASAN in besok and "/ajukan/pendaftaran/" in besok


class TestDariRumah:
    def test_halaman_mulai_berhenti_dan_tidak_mengirim_kode(self, client, tutup):
        tutup()
        jawab = client.get("/ajukan/pendaftaran/", {"kantor": "lombok-timur"})
        assert jawab.status_code == 200 and ALASAN in jawab.text and 'name="nik"' not in jawab.text
        isi = {"kantor": "lombok-timur", "nik": ajukan.NIK, "rujukan": "BSI2611000007", "kontak": ajukan.ALAMAT}
        kirim = client.post("/ajukan/pendaftaran/", isi)
        assert kirim.status_code == 409 and ALASAN in kirim.text
        assert not mail.outbox and not Konsep.objects.exists()

    def test_konsep_dari_sebelum_penutupan_tetap_ada_dan_tidak_terkirim(self, client, tutup):
        token = ajukan.mulai(client)
        ajukan.isi_semua(client, token)
        tutup(hari=0)
        alamat = f"/ajukan/konsep/{token}/periksa/"
        teks = client.get(alamat).text
        assert ALASAN in teks and "Kirim permohonan" not in teks and "tetap tersimpan" in teks
        sebelum = Konsep.objects.get()
        jawab = ajukan.kirim(client, token)
        assert jawab.status_code == 409 and ALASAN in jawab.text and not Perkara.objects.exists()
        sesudah = Konsep.objects.get()
        assert sesudah.isi == sebelum.isi != {} and sesudah.berkas.count() == 8 and sesudah.terkirim is None

    def test_sesudah_dibuka_lagi_konsep_yang_sama_terkirim(self, client, tutup):
        token = ajukan.mulai(client)
        ajukan.isi_semua(client, token)
        tutup(hari=0)
        assert ajukan.kirim(client, token).status_code == 409
        PenutupanLayanan.objects.filter(layanan="pendaftaran").delete()
        lupakan_penutupan()
        assert ajukan.kirim(client, token).status_code == 303 and Perkara.objects.count() == 1

    def test_tidak_diingatkan_untuk_menyelesaikan_yang_tidak_diterima(self, tutup):
        ajukan.konsep_contoh(habis=timezone.localdate() + datetime.timedelta(days=2))
        tutup()
        assert ingatkan() == 0 and not mail.outbox
