"""The Django admin: every model of ours is there, searchable and filtered; what the portal writes is read-only."""

import datetime

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from haji_portal.akun.models import Kantor, Pengguna
from haji_portal.alur.models import SOP, Giliran, Jeda, Perkara, Riwayat, RiwayatIsi, SegelHarian, Tenggat

KITA = [
    model
    for config in apps.get_app_configs()
    if config.name.startswith("haji_portal.") or "." not in config.name
    for model in config.get_models()
    if not model.__module__.startswith(("django", "axes", "csp", "rest_framework"))
]
HANYA_BACA = [Perkara, Riwayat, RiwayatIsi, SegelHarian, Giliran, Tenggat, SOP]


@pytest.mark.parametrize("model", KITA, ids=lambda m: m._meta.label)
def test_setiap_model_terdaftar_dengan_pencarian_dan_saringan(model):
    assert admin.site.is_registered(model), f"{model._meta.label} belum ada di admin"
    atur = admin.site.get_model_admin(model)
    assert atur.search_fields, "tanpa pencarian"
    assert atur.list_filter, "tanpa saringan"
    assert model._meta.verbose_name_plural


def test_semua_daftar_pencarian_dan_formulir_tambah_terbuka(masuk):
    """One login for all: a page that breaks names its model."""
    klien = masuk("admin")
    for model in KITA:
        nama = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        assert klien.get(reverse(f"{nama}_changelist")).status_code == 200, model
        assert klien.get(reverse(f"{nama}_changelist"), {"q": "uji"}).status_code == 200, model
        jawab = klien.get(reverse(f"{nama}_add"))
        boleh = admin.site.get_model_admin(model).has_add_permission(jawab.wsgi_request)
        assert jawab.status_code == (200 if boleh else 403), model


@pytest.mark.parametrize("model", HANYA_BACA, ids=lambda m: m._meta.label)
def test_tulisan_portal_tidak_dapat_diubah_juga_oleh_superuser(model, rf, db):
    permintaan = rf.get("/")
    permintaan.user = Pengguna.objects.create_superuser("super", password="x", nama="Super")
    atur = admin.site.get_model_admin(model)
    assert not atur.has_add_permission(permintaan)
    assert not atur.has_change_permission(permintaan)
    assert not atur.has_delete_permission(permintaan)
    assert atur.has_view_permission(permintaan)


def test_status_perkara_hanya_dibaca_di_setiap_layanan():
    for model in KITA:
        if issubclass(model, Perkara) and model is not Perkara:
            atur = admin.site.get_model_admin(model)
            tanpa_ubah = "has_change_permission" in {n for k in type(atur).__mro__[:-3] for n in vars(k)}
            assert tanpa_ubah or "status" in atur.readonly_fields, model


def test_hak_ganda_dan_perangkat_tidak_terdaftar():
    assert not admin.site.is_registered(Group)
    assert not admin.site.is_registered(TOTPDevice)


class TestPengguna:
    def ubah(self, klien, pengguna, **isi):
        alamat = reverse("admin:akun_pengguna_change", args=[pengguna.pk])
        kosong = {"penugasan-TOTAL_FORMS": "0", "penugasan-INITIAL_FORMS": "0"}
        dasar = {"username": pengguna.username, "nama": pengguna.nama, "is_active": "on", "is_staff": "on"}
        return klien.post(alamat, {**dasar, **kosong, **isi})

    def test_admin_tidak_dapat_mengangkat_diri_menjadi_superuser(self, masuk, akun):
        klien, saya = masuk("admin"), akun("admin")
        Pengguna.objects.filter(pk=saya.pk).update(is_superuser=False)
        jawab = self.ubah(klien, saya, is_superuser="on", nama="Nama Baru")
        saya.refresh_from_db()
        assert jawab.status_code == 302
        assert saya.nama == "Nama Baru"
        assert not saya.is_superuser

    def test_admin_tidak_dapat_menyentuh_superuser(self, masuk, akun):
        Pengguna.objects.filter(username="admin").update(is_superuser=False)
        klien = masuk("admin")
        atas = Pengguna.objects.create_superuser("super", password="x", nama="Super")
        assert self.ubah(klien, atas, nama="Diganti").status_code == 403
        alamat = reverse("admin:auth_user_password_change", args=[atas.pk])
        assert klien.get(alamat).status_code == 403

    def test_akun_tidak_dihapus(self, masuk, akun):
        orang = akun("jfu.palu")
        klien = masuk("admin")
        assert klien.post(reverse("admin:akun_pengguna_delete", args=[orang.pk]), {"post": "yes"}).status_code == 403

    def test_ponsel_hilang_kode_dicabut(self, masuk, akun):
        orang = akun("jfu.palu")
        TOTPDevice.objects.create(user=orang, confirmed=True)
        isi = {"action": "cabut_dua_faktor", "_selected_action": [orang.pk]}
        masuk("admin").post(reverse("admin:akun_pengguna_changelist"), isi)
        assert not TOTPDevice.objects.exists()


def test_gangguan_kantor_menggeser_tenggat(masuk, acuan):
    kantor = Kantor.objects.get(slug="palu")
    mulai = datetime.datetime(2026, 11, 23, 1, 0, tzinfo=datetime.UTC)  # Monday 09.00 WITA
    perkara = Perkara.objects.create(
        nomor="PLU-PD-26-000000", jenis="pendaftaran", kantor=kantor, tahap="diperiksa", dibuka=mulai
    )
    tenggat = Tenggat.objects.create(
        perkara=perkara, kantor=perkara.kantor, kode="1", mulai=mulai, menit=60, batas=mulai
    )
    isi = {
        "kantor": kantor.pk,
        "mulai_0": "23-11-2026",
        "mulai_1": "08:15:00",  # WIB, the admin's clock: 09.15 WITA
        "selesai_0": "23-11-2026",
        "selesai_1": "08:45:00",
        "alasan": "Siskohat tidak dapat dibuka",
    }
    jawab = masuk("admin").post(reverse("admin:alur_jeda_add"), isi)
    assert jawab.status_code == 302, jawab.context["errors"]
    assert Jeda.objects.get().perkara is None
    tenggat.refresh_from_db()
    assert tenggat.batas == mulai + datetime.timedelta(minutes=90)


def test_nik_tidak_tercetak_di_daftar_dan_tidak_dicari(masuk, acuan):
    from haji_portal.jemaah.models import Jemaah

    Jemaah.objects.create(
        nik="5203015708620002", nama="Siti Contoh", tempat_lahir="X", tanggal_lahir=timezone.localdate(),
        jenis_kelamin="P", alamat="X", kabupaten="X",
    )  # fmt: skip
    klien = masuk("admin")
    assert "5203015708620002" not in klien.get("/admin/jemaah/jemaah/").content.decode()
    assert "Siti Contoh" not in klien.get("/admin/jemaah/jemaah/", {"q": "5203015708620002"}).content.decode()
