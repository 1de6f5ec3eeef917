"""The second factor: enrolment, login in two steps, backup codes, and the installation that requires it."""

import re
import time

import pytest
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from haji_portal.akun import dua_faktor
from haji_portal.akun.models import Pengguna

pytestmark = pytest.mark.django_db

SANDI = "rahasia-uji-9"


@pytest.fixture
def orang():
    return Pengguna.objects.create_user("kasi.uji", password=SANDI, nama="Kasi Uji")


def kode_kini(alat):
    hitung = TOTP(alat.bin_key, alat.step, alat.t0, alat.digits, alat.drift)
    hitung.time = time.time()
    return f"{hitung.token():06d}"


def masuk(client, **lain):
    return client.post("/masuk/", {"username": "kasi.uji", "password": SANDI, **lain})


def daftar(client):
    client.post("/sandi-lagi/", {"sandi": SANDI})
    client.get("/akun/dua-faktor/")
    alat = TOTPDevice.objects.get(confirmed=False)
    jawab = client.post("/akun/dua-faktor/", {"kode": kode_kini(alat)})
    assert jawab.status_code == 200
    return re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", jawab.content.decode())


def lepas_rem():
    # One code may be used once; a test cannot wait 30 seconds for the next.
    TOTPDevice.objects.update(last_t=-1, throttling_failure_count=0, throttling_failure_timestamp=None)


def test_pendaftaran_minta_sandi_dahulu(client, orang):
    masuk(client)
    assert client.get("/akun/dua-faktor/")["Location"].startswith("/sandi-lagi/?next=")


def test_kode_salah_tidak_mengaktifkan(client, orang):
    masuk(client)
    client.post("/sandi-lagi/", {"sandi": SANDI})
    halaman = client.get("/akun/dua-faktor/").content.decode()
    assert 'src="data:image/svg+xml' in halaman
    assert client.post("/akun/dua-faktor/", {"kode": "000000"}).status_code == 422
    assert dua_faktor.perangkat(orang) is None


def test_masuk_dua_langkah(client, orang):
    masuk(client)
    cadangan = daftar(client)
    assert len(cadangan) == 8
    lain = Client()
    jawab = masuk(lain, next="/akun/")
    assert jawab["Location"] == "/masuk/kode/?next=%2Fakun%2F"
    assert lain.get("/akun/").status_code == 302, "kata sandi saja belum masuk"
    assert lain.post("/masuk/kode/", {"kode": "000000"}).status_code == 422
    lepas_rem()
    alat = TOTPDevice.objects.get()
    benar = lain.post("/masuk/kode/", {"kode": kode_kini(alat), "next": "/akun/"})
    assert benar["Location"] == "/akun/"
    assert lain.get("/akun/").status_code == 200


def test_kode_cadangan_sekali_pakai_dan_tidak_tersimpan_terbuka(client, orang):
    masuk(client)
    satu = daftar(client)[0]
    tersimpan = list(StaticToken.objects.values_list("token", flat=True))
    assert satu.replace("-", "") not in tersimpan
    assert satu not in tersimpan
    pertama, kedua = Client(), Client()
    masuk(pertama)
    assert pertama.post("/masuk/kode/", {"kode": satu.upper()}).status_code == 302
    masuk(kedua)
    assert kedua.post("/masuk/kode/", {"kode": satu}).status_code == 422


def test_langkah_kedua_basi_kembali_ke_awal(client, orang):
    masuk(client)
    daftar(client)
    lain = Client()
    masuk(lain)
    sesi = lain.session
    sesi["masuk_tunda"] = {**sesi["masuk_tunda"], "saat": int(time.time()) - 301}
    sesi.save()
    lepas_rem()
    kode = kode_kini(TOTPDevice.objects.get())
    assert lain.post("/masuk/kode/", {"kode": kode})["Location"].startswith("/masuk/")
    assert lain.get("/akun/").status_code == 302


def test_sandi_diganti_di_tengah_jalan(client, orang):
    masuk(client)
    daftar(client)
    lain = Client()
    masuk(lain)
    orang.set_password("lain-sekali-42")
    orang.save()
    lepas_rem()
    kode = kode_kini(TOTPDevice.objects.get())
    assert lain.post("/masuk/kode/", {"kode": kode})["Location"].startswith("/masuk/")


def test_langkah_kedua_tanpa_langkah_pertama(client):
    assert client.get("/masuk/kode/")["Location"].startswith("/masuk/")


def test_kode_ditebak_direm(client, orang):
    masuk(client)
    daftar(client)
    lain = Client()
    masuk(lain)
    lepas_rem()
    lain.post("/masuk/kode/", {"kode": "000000"})
    kode = kode_kini(TOTPDevice.objects.get())
    assert lain.post("/masuk/kode/", {"kode": kode}).status_code == 422, "sesudah salah, kode benar pun menunggu"


class TestWajib:
    @pytest.fixture(autouse=True)
    def _wajib(self, settings):
        settings.HAJI_WAJIB_2FA = True

    def test_belum_daftar_diarahkan_mendaftar(self, client, orang):
        jawab = masuk(client)
        assert jawab["Location"].startswith("/akun/dua-faktor/?next=")

    def test_belum_daftar_bukan_siapa_siapa_di_halaman_kerja(self, client, orang):
        orang.is_staff = orang.is_superuser = True
        orang.save()
        masuk(client)
        assert client.get("/admin/").status_code == 302
        daftar(client)
        assert client.get("/admin/").status_code == 200

    def test_sudah_masuk_kembali_ke_masuk_tidak_berputar(self, client, orang):
        masuk(client)
        assert client.get("/masuk/?next=/admin/")["Location"] == "/akun/dua-faktor/?next=%2Fadmin%2F"


def test_setelan_produksi_mewajibkan_kode():
    """Read in a process of its own: settings are fixed once per process."""
    import os
    import subprocess
    import sys

    from alat.uji import PRODUKSI

    perintah = "from django.conf import settings; print(settings.HAJI_WAJIB_2FA)"
    lingkungan = {k: v for k, v in os.environ.items() if k != "HAJI_WAJIB_2FA"} | PRODUKSI
    hasil = subprocess.run([sys.executable, "-c", perintah], env=lingkungan, capture_output=True, text=True)
    assert hasil.stdout.strip() == "True", hasil.stderr[-500:]
