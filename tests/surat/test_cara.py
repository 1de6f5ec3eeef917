"""Which authority signs: BSrE when it is set up, the portal's own only where and while the admin wrote it down."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from haji_portal.settings import env
from haji_portal.surat.cara import cara_ttd
from haji_portal.surat.models import IzinTtdLokal


@pytest.fixture
def hari():
    return timezone.localdate()


def izinkan(kantor, mulai, selesai):
    IzinTtdLokal.objects.create(kantor=kantor, mulai=mulai, selesai=selesai, alasan="Gangguan BSrE")


def test_tanpa_setelan_otoritas_portal(dunia, settings):
    settings.BSRE_URL = ""
    assert cara_ttd(dunia.kantor) == "lokal"


def test_dengan_setelan_bsre_kecuali_diizinkan_dengan_tanggal(dunia, settings, hari):
    settings.BSRE_URL = "https://bsre.example"
    assert cara_ttd(dunia.kantor) == "bsre"
    hari_lalu, besok = hari - datetime.timedelta(days=1), hari + datetime.timedelta(days=1)
    izinkan(dunia.kantor, hari_lalu - datetime.timedelta(days=9), hari_lalu - datetime.timedelta(days=1))
    izinkan(dunia.kantor, besok + datetime.timedelta(days=1), besok + datetime.timedelta(days=9))
    assert cara_ttd(dunia.kantor) == "bsre"
    izinkan(dunia.kantor, hari_lalu, besok)
    assert cara_ttd(dunia.kantor) == "lokal"


@pytest.mark.parametrize("alamat", ["http://bsre.example", "ftp://x", "bsre.example", "https://x/?a=1", "https://"])
def test_rahasia_tidak_dikirim_ke_alamat_tanpa_tls(alamat):
    with pytest.raises(ImproperlyConfigured):
        env.alamat_layanan("BSRE_URL", {"BSRE_URL": alamat})


def test_alamat_layanan_yang_boleh():
    for alamat in ("", "https://bsre.example/esign", "http://127.0.0.1:8020", "http://localhost:8020"):
        assert env.alamat_layanan("BSRE_URL", {"BSRE_URL": alamat}) == alamat
