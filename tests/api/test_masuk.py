"""Who may call: keys, sessions, assignments, the second factor; what stops at once."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from haji_portal.akun import dua_faktor, token
from haji_portal.akun.models import Penugasan, TokenApi

from .conftest import API, Pemanggil, langkah, verdict

pytestmark = [pytest.mark.django_db]


def jenis(jawab) -> str:
    return jawab.json()["type"].rpartition(":")[2]


def test_tanpa_kunci_401_dengan_tantangan(client, acuan):
    jawab = client.get(API)
    assert (jawab.status_code, jenis(jawab)) == (401, "belum-masuk")
    assert jawab["WWW-Authenticate"] == 'Bearer realm="api"'
    assert jawab["Content-Type"] == "application/problem+json" and jawab["Cache-Control"] == "no-store"


@pytest.mark.parametrize("kunci", ["", "phj_", "phj_salah", "x" * 5000, "phj_\x00", "Bearer"])
def test_kunci_yang_tidak_dikenal(client, acuan, kunci):
    jawab = client.get(API, headers={"Authorization": f"Bearer {kunci}"})
    assert (jawab.status_code, jenis(jawab)) == (401, "token-tidak-berlaku")
    assert 'error="invalid_token"' in jawab["WWW-Authenticate"]


def test_skema_lain_pada_authorization_ditolak(client, acuan):
    assert client.get(API, headers={"Authorization": "Basic eDp5"}).status_code == 401


def test_kunci_tidak_tersimpan(akun):
    satu, rahasia = token.buat(akun("ptsp.lombok-timur"), nama="x", hari=30, hanya_baca=False, verifikasi=False)
    tersimpan = [str(n) for n in TokenApi.objects.values().get(pk=satu.pk).values()]
    assert all(rahasia not in n and rahasia[12:] not in n for n in tersimpan)
    assert satu.kedaluwarsa - satu.dibuat <= datetime.timedelta(days=366)
    with pytest.raises(ValueError, match="a year at most"):
        token.buat(akun("ptsp.lombok-timur"), nama="x", hari=3650, hanya_baca=False, verifikasi=False)


@pytest.mark.parametrize("cara", ["cabut", "kedaluwarsa", "nonaktif", "sandi", "penugasan"])
def test_berhenti_seketika(akun, sebagai, cara):
    orang = akun("ptsp.lombok-timur")
    program = sebagai(orang.username)
    assert program.get(API).status_code == 200
    if cara == "cabut":
        token.cabut(orang, orang.token_api.get().pk)
    elif cara == "kedaluwarsa":
        orang.token_api.update(dibuat=timezone.now() - datetime.timedelta(2), kedaluwarsa=timezone.now())
    elif cara == "nonaktif":
        type(orang).objects.filter(pk=orang.pk).update(is_active=False)
    elif cara == "sandi":
        orang.set_password("kata-sandi-baru")
        orang.save()
    else:
        Penugasan.objects.filter(pengguna=orang).update(selesai=timezone.localdate() - datetime.timedelta(1))
    jawab = program.get(API)
    assert (jawab.status_code, jenis(jawab)) == (
        (403, "tanpa-penugasan") if cara == "penugasan" else (401, "token-tidak-berlaku")
    )


def test_hanya_baca_tidak_menulis(sebagai, perkara):
    program = sebagai("ptsp.lombok-timur", hanya_baca=True)
    assert program.get(API).status_code == 200
    jawab = program.post(langkah(perkara, "periksa_berkas"), verdict(perkara), versi=1)
    assert (jawab.status_code, jenis(jawab)) == (403, "hanya-baca")
    assert jenis(program.post(API, {})) == "hanya-baca"
    perkara.refresh_from_db()
    assert perkara.versi == 1


def test_kunci_tanpa_kode_ditolak_begitu_kode_wajib(akun, sebagai, settings):
    """Also one that is older than the rule, and one whose owner lost the second factor since."""
    orang = akun("ptsp.lombok-timur")
    lama = sebagai(orang.username)
    settings.HAJI_WAJIB_2FA = True
    assert lama.get(API).status_code == 401
    rahasia = token.buat(orang, nama="x", hari=30, hanya_baca=False, verifikasi=True)[1]
    assert Pemanggil(rahasia).get(API).status_code == 401
    TOTPDevice.objects.create(user=orang, confirmed=True, name="x")
    assert Pemanggil(rahasia).get(API).status_code == 200
    dua_faktor.cabut(orang)
    TOTPDevice.objects.create(user=orang, confirmed=True, name="lain")
    assert Pemanggil(rahasia).get(API).status_code == 401


def test_sesi_tanpa_kode_adalah_orang_asing(masuk, settings):
    klien = masuk("ptsp.lombok-timur")
    assert klien.get(API).status_code == 200
    settings.HAJI_WAJIB_2FA = True
    assert klien.get(API).status_code == 401


def test_sesi_menulis_hanya_dengan_csrf(akun, perkara):
    klien = Client(enforce_csrf_checks=True)
    klien.force_login(akun("ptsp.lombok-timur"))
    kirim = {"path": langkah(perkara, "periksa_berkas"), "data": verdict(perkara), "content_type": "application/json"}
    jawab = klien.post(**kirim, headers={"If-Match": '"1"'})
    assert (jawab.status_code, jenis(jawab)) == (403, "csrf")
    klien.get("/masuk/?next=/")
    halaman = klien.get(f"/pendaftaran/{perkara.nomor}/").content.decode()
    csrf = halaman.partition('name="csrfmiddlewaretoken" value="')[2][:64]
    assert klien.post(**kirim, headers={"If-Match": '"1"', "X-CSRFToken": csrf}).status_code == 200


def test_terakhir_dipakai_ditulis_sesekali(akun, sebagai, django_assert_num_queries):
    program = sebagai("ptsp.lombok-timur")
    program.get(API)
    pertama = TokenApi.objects.get().terakhir_dipakai
    program.get(API)
    assert pertama is not None and TokenApi.objects.get().terakhir_dipakai == pertama


def test_http_biasa_ditolak_tanpa_pengalihan(sebagai, settings):
    """A redirect would have the program send its key in clear once more."""
    program = sebagai("ptsp.lombok-timur")
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^api/"]
    jawab = program.get(API)
    assert (jawab.status_code, jenis(jawab)) == (403, "perlu-https")
    assert program.klien.get(API, headers=program.kepala, secure=True).status_code == 200
