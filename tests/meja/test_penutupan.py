"""A closed service as the desk meets it: menu, list, intake, API, and the admin that closes."""

import datetime
import json

import pytest
from django.utils import timezone

from haji_portal.akun import token
from haji_portal.akun.models import Kantor, Pengguna
from haji_portal.alur.models import PenutupanLayanan, Perkara
from haji_portal.alur.penutupan import lupakan_penutupan, penutupan
from tests.api.test_langkah import data_buka

pytestmark = pytest.mark.django_db
ALASAN = "Pendaftaran dipindahkan ke tempat lain."


@pytest.fixture
def tutup(acuan):
    def _tutup(slug="lombok-timur", hari=0):
        di = Kantor.objects.get(slug=slug)
        mulai = timezone.localdate() + datetime.timedelta(days=hari)
        PenutupanLayanan.objects.create(
            layanan="pendaftaran", kantor=di, mulai=mulai, alasan=ALASAN, dasar_hukum="Peraturan Contoh 1 Tahun 2026"
        )
        lupakan_penutupan()

    return _tutup


def test_menu_daftar_dan_loket_menjelaskan(masuk, tutup):
    klien = masuk("ptsp.lombok-timur")
    assert 'href="/pendaftaran/baru/"' in klien.get("/kerja/").text
    tutup()
    assert 'href="/pendaftaran/baru/"' not in klien.get("/kerja/").text
    daftar = klien.get("/pendaftaran/").text
    assert ALASAN in daftar and 'href="/pendaftaran/baru/"' not in daftar
    loket = klien.get("/pendaftaran/baru/")
    assert loket.status_code == 200 and ALASAN in loket.text and 'name="nik"' not in loket.text


def test_isian_yang_sedang_diketik_ditolak_dengan_kalimat_dan_tidak_hilang(masuk, tutup):
    klien = masuk("ptsp.lombok-timur")
    tutup()
    isi = {k: str(v) for k, v in data_buka().items()} | {"hadir_sendiri": "on"}
    isi["jumlah"] = "Rp25.000.000"
    jawab = klien.post("/pendaftaran/baru/", isi)
    assert jawab.status_code == 409 and ALASAN in jawab.text and "SITI ROSIDAH" in jawab.text
    assert not Perkara.objects.exists()


def test_yang_akan_datang_diumumkan_di_loket(masuk, tutup):
    tutup(hari=20)
    klien = masuk("ptsp.lombok-timur")
    loket = klien.get("/pendaftaran/baru/").text
    assert "tidak menerima permohonan baru mulai" in loket and 'name="nik"' in loket
    assert 'href="/pendaftaran/baru/"' in klien.get("/kerja/").text


def test_kantor_lain_tidak_terpengaruh_dan_bukan_petugasnya_tetap_403(masuk, tutup):
    tutup()
    assert 'name="nik"' in masuk("ptsp.palu").get("/pendaftaran/baru/").text
    assert masuk("kasi.lombok-timur").get("/pendaftaran/baru/").status_code == 403


def test_api_menjawab_409_dengan_jenisnya_sendiri(client, akun, tutup, settings, gudang):
    settings.HAJI_PRIVAT = gudang
    tutup()
    rahasia = token.buat(akun("ptsp.lombok-timur"), nama="uji", hari=30, hanya_baca=False, verifikasi=False)[1]
    jawab = client.post(
        "/api/v1/pendaftaran/", json.dumps(data_buka()), content_type="application/json",
        headers={"Authorization": f"Bearer {rahasia}"},
    )  # fmt: skip
    isi = jawab.json()
    assert jawab.status_code == 409 and isi["type"].endswith(":layanan-tutup")
    assert ALASAN in isi["detail"] and "Peraturan Contoh 1 Tahun 2026" in isi["detail"]
    assert not Perkara.objects.exists()


def test_penugasan_di_dua_kantor_membuka_di_yang_masih_menerima(masuk, akun, tutup):
    tutup()
    orang, dari = akun("ptsp.lombok-timur"), akun("ptsp.palu").penugasan.get()
    dari.pk, dari.pengguna = None, orang
    dari.save(force_insert=True)
    teks = masuk("ptsp.lombok-timur").get("/pendaftaran/baru/").text
    assert 'name="nik"' in teks and "Palu" in teks


class TestAdmin:
    ALAMAT = "/admin/alur/penutupanlayanan/"

    def isi(self, **ganti):
        hari_ini = str(timezone.localdate())
        return {
            "layanan": "pendaftaran", "kantor": Kantor.objects.get(slug="palu").pk, "mulai": hari_ini, "selesai": "",
            "alasan": ALASAN, "dasar_hukum": "Peraturan Contoh 1 Tahun 2026", **ganti,
        }  # fmt: skip

    def test_menutup_dan_membuka_lagi_berlaku_seketika(self, masuk):
        admin, palu = masuk("admin"), Kantor.objects.get(slug="palu")
        assert admin.post(f"{self.ALAMAT}add/", self.isi()).status_code == 302
        baris = PenutupanLayanan.objects.get(kantor=palu)
        assert baris.dibuat_oleh == Pengguna.objects.get(username="admin")
        assert ALASAN in masuk("ptsp.palu").get("/pendaftaran/").text
        admin = masuk("admin")
        assert admin.post(f"{self.ALAMAT}{baris.pk}/delete/", {"post": "yes"}).status_code == 302
        assert penutupan("pendaftaran", palu) is None and ALASAN not in masuk("ptsp.palu").get("/pendaftaran/").text

    @pytest.mark.parametrize(
        ("ganti", "kalimat"),
        [
            ({"layanan": "akun"}, "akun"),
            ({"alasan": ""}, "Bidang ini harus diisi"),
            ({"dasar_hukum": ""}, "Bidang ini harus diisi"),
            ({"selesai": "2020-01-01"}, "Hari terakhir harus"),
            ({"kecuali": True}, "Pengecualian hanya untuk penutupan di semua kantor"),
            ({"layanan": "rekomendasi"}, "sudah ditutup di semua kantor sejak 22 Februari 2023"),
        ],
    )
    def test_yang_tidak_masuk_akal_ditolak(self, masuk, ganti, kalimat):
        klien = masuk("admin")
        if ganti.get("kecuali"):
            ganti = {"kecuali": [Kantor.objects.get(slug="lombok-timur").pk]}
        jawab = klien.post(f"{self.ALAMAT}add/", self.isi(**ganti))
        assert jawab.status_code == 200 and kalimat in jawab.text
        assert PenutupanLayanan.objects.count() == 1

    def test_baris_acuan_diakhiri_tetapi_tidak_dihapus(self, masuk):
        klien, baris = masuk("admin"), PenutupanLayanan.objects.get()
        assert klien.post(f"{self.ALAMAT}{baris.pk}/delete/", {"post": "yes"}).status_code == 403
        pilih = {"action": "delete_selected", "_selected_action": [baris.pk], "post": "yes"}
        klien.post(self.ALAMAT, pilih)
        assert PenutupanLayanan.objects.filter(pk=baris.pk).exists()
