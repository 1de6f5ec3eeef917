"""The room in the admin: history is read-only, an edited requirement belongs to the office from then on."""

import datetime

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from haji_portal.berkas.admin import SyaratBerkasAdmin
from haji_portal.berkas.models import AksesLampiran, ButirBerkas, Lampiran, SyaratBerkas

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [ButirBerkas, Lampiran, AksesLampiran, SyaratBerkas])
def test_setiap_model_terdaftar_dengan_cari_dan_saring(model):
    panel = admin.site.get_model_admin(model)
    assert panel.search_fields
    assert panel.list_filter


@pytest.mark.parametrize("model", [ButirBerkas, Lampiran, AksesLampiran])
def test_riwayat_hanya_dibaca_juga_oleh_superuser(model, petugas):
    permintaan = RequestFactory().get("/admin/")
    petugas.is_superuser = petugas.is_staff = True
    permintaan.user = petugas
    panel = admin.site.get_model_admin(model)
    assert not panel.has_add_permission(permintaan)
    assert not panel.has_change_permission(permintaan)
    assert not panel.has_delete_permission(permintaan)


def test_syarat_yang_disimpan_di_admin_menjadi_milik_kantor(syarat):
    permintaan = RequestFactory().post("/admin/")
    permintaan.user = AnonymousUser()
    baris = syarat("ktp", mulai=datetime.date(2021, 1, 1))
    SyaratBerkasAdmin(SyaratBerkas, admin.site).save_model(permintaan, baris, None, True)
    assert SyaratBerkas.objects.get(pk=baris.pk).disunting
