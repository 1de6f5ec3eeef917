"""The pages of the own API keys, and the admin's way to end them."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from haji_portal.akun import token
from haji_portal.akun.models import TokenApi
from tests.conftest import SANDI

pytestmark = pytest.mark.django_db
BARU = "/akun/token/baru/"


def buat(klien, **ganti):
    klien.post("/sandi-lagi/", {"sandi": SANDI})
    return klien.post(BARU, {"nama": "Aplikasi antrean", "hari": "90", "hanya_baca": "on"} | ganti)


def test_kata_sandi_diminta_lagi(masuk):
    klien = masuk("ptsp.lombok-timur")
    for jawab in (klien.get(BARU), klien.post(BARU, {"nama": "x", "hari": "90"})):
        assert jawab.status_code == 302 and jawab.url.startswith("/sandi-lagi/")
    assert not TokenApi.objects.exists()


def test_tampil_sekali_lalu_hanya_awalannya(masuk):
    klien = masuk("ptsp.lombok-timur")
    jawab = buat(klien)
    rahasia = re.search(r'id="token-baru">(phj_[\w-]+)<', jawab.content.decode())[1]
    assert jawab.status_code == 200 and "no-store" in jawab["Cache-Control"]
    satu = token.kenali(rahasia)
    assert satu is not None and satu.hanya_baca and satu.pengguna.username == "ptsp.lombok-timur"
    daftar = klien.get("/akun/token/").content.decode()
    assert satu.awalan in daftar and rahasia not in daftar and "Belum pernah dipakai" in daftar


@pytest.mark.parametrize("ganti", [{"nama": ""}, {"hari": "3650"}, {"hari": ""}, {"nama": "x" * 61}])
def test_isian_yang_salah(masuk, ganti):
    assert buat(masuk("ptsp.lombok-timur"), **ganti).status_code == 422
    assert not TokenApi.objects.exists()


def test_paling_banyak_sepuluh(masuk):
    klien = masuk("ptsp.lombok-timur")
    for _ in range(token.TERBANYAK):
        assert buat(klien).status_code == 200
    jawab = buat(klien)
    assert jawab.status_code == 422 and "Cabut yang tidak dipakai" in jawab.content.decode()
    assert TokenApi.objects.count() == token.TERBANYAK


def test_mencabut_milik_sendiri_saja(masuk, akun):
    orang_lain = token.buat(akun("jfu.lombok-timur"), nama="x", hari=30, hanya_baca=True, verifikasi=False)[0]
    klien = masuk("ptsp.lombok-timur")
    buat(klien)
    milik = TokenApi.objects.get(pengguna__username="ptsp.lombok-timur")
    assert klien.post(f"/akun/token/{orang_lain.pk}/cabut/").status_code == 404
    assert klien.post(f"/akun/token/{milik.pk}/cabut/").status_code == 302
    assert [t.keadaan for t in TokenApi.objects.order_by("pk")] == ["berlaku", "dicabut"]


def test_kode_wajib_berarti_kode_dulu(masuk, settings, akun):
    klien = masuk("ptsp.lombok-timur")
    settings.HAJI_WAJIB_2FA = True
    klien.post("/sandi-lagi/", {"sandi": SANDI})
    for jawab in (klien.get("/akun/token/"), klien.get(BARU), klien.post(BARU, {"nama": "x", "hari": "90"})):
        assert jawab.status_code == 302 and jawab.url.startswith("/akun/dua-faktor/")
    assert klien.post("/akun/token/1/cabut/").url.startswith("/akun/dua-faktor/")
    assert not TokenApi.objects.exists()


def test_kode_yang_dicabut_membawa_serta_token(akun):
    from haji_portal.akun import dua_faktor

    orang = akun("ptsp.lombok-timur")
    TOTPDevice.objects.create(user=orang, confirmed=True)
    satu = token.buat(orang, nama="x", hari=30, hanya_baca=True, verifikasi=True)[0]
    dua_faktor.cabut(orang)
    satu.refresh_from_db()
    assert satu.keadaan == "dicabut"


def test_tanpa_penugasan_tidak_membuat_token(client, django_user_model):
    orang = django_user_model.objects.create_user("tanpa", password=SANDI, nama="Tanpa Tugas")
    client.force_login(orang)
    assert client.get(BARU).status_code == 403


def test_admin_mencabut(masuk, akun):
    satu = token.buat(akun("ptsp.lombok-timur"), nama="x", hari=30, hanya_baca=True, verifikasi=False)[0]
    klien = masuk("admin")
    alamat = reverse("admin:akun_tokenapi_changelist")
    klien.post(alamat, {"action": "cabut_token", "_selected_action": [satu.pk]})
    satu.refresh_from_db()
    assert satu.keadaan == "dicabut"
    isi = klien.get(reverse("admin:akun_tokenapi_change", args=[satu.pk])).content.decode()
    assert satu.sidik not in isi and satu.sidik_sandi not in isi
