"""Login, logout, lock, step-up, sessions, and people without an assignment."""

import datetime
import time

import pytest
from django.test import Client, RequestFactory
from django.urls import path
from django.utils import timezone

from haji_portal.akun.akses import PetugasMixin, perlu_sandi_lagi, petugas, sudah_sandi_lagi, tujuan_aman
from haji_portal.akun.models import Kantor, Pengguna, Penugasan, Peran
from haji_portal.urls import urlpatterns as alamat_situs

pytestmark = pytest.mark.django_db

SANDI = "rahasia-uji-9"


def view_petugas(request):
    from django.http import HttpResponse

    return HttpResponse(",".join(t.peran for t in request.penugasan))


def view_mengikat(request):
    from django.http import HttpResponse

    return HttpResponse("terikat")


urlpatterns = [
    path("uji/petugas/", petugas(view_petugas)),
    path("uji/mengikat/", perlu_sandi_lagi(view_mengikat)),
    *alamat_situs,
]
handler403 = "haji_portal.ptsp.galat.dilarang"


@pytest.fixture
def kantor():
    return Kantor.objects.create(slug="uji", nama="Kantor Uji", nama_pendek="Uji", kode_perkara="UJI")


@pytest.fixture
def orang(kantor):
    pengguna = Pengguna.objects.create_user("ptsp.uji", password=SANDI, nama="Petugas Uji")
    Penugasan.objects.create(
        pengguna=pengguna,
        kantor=kantor,
        peran=Peran.PTSP,
        jabatan="Petugas PTSP",
        nomor_sk="1/2026",
        mulai=datetime.date(2026, 1, 1),
    )
    return pengguna


def masuk(client, nama="ptsp.uji", sandi=SANDI, **lain):
    return client.post("/masuk/", {"username": nama, "password": sandi, **lain})


def test_masuk_lalu_ke_kotak_kerja(client, orang):
    jawab = masuk(client)
    assert jawab.status_code == 302
    assert jawab["Location"] == "/kerja/"
    assert client.session["_auth_user_id"] == str(orang.pk)


@pytest.mark.parametrize(
    ("tujuan", "akhir"),
    [
        ("/pendaftaran/baru/", "/pendaftaran/baru/"),
        ("https://jahat.example/", "/kerja/"),
        ("//jahat.example", "/kerja/"),
        ("javascript:alert(1)", "/kerja/"),
        ("/\\jahat.example", "/kerja/"),
        ("", "/kerja/"),
    ],
)
def test_next_hanya_di_situs_ini(client, orang, tujuan, akhir):
    assert masuk(client, next=tujuan)["Location"] == akhir
    permintaan = RequestFactory().get("/", {"next": tujuan})
    assert tujuan_aman(permintaan, "/kerja/") == akhir


def test_salah_sandi_dan_nama_asing_kalimat_sama_nama_tetap(client, orang):
    salah, asing = masuk(client, sandi="bukan"), masuk(client, nama="siapa.ini", sandi="bukan")
    for jawab, nama in ((salah, "ptsp.uji"), (asing, "siapa.ini")):
        teks = jawab.content.decode()
        assert jawab.status_code == 200
        assert "Nama pengguna dan kata sandi tidak cocok" in teks
        assert f'value="{nama}"' in teks
        assert "bukan" not in teks.split("<form", 1)[1].split("</form>")[0].replace("Bukan", "")


def test_akun_nonaktif_kalimat_yang_sama(client, orang):
    orang.is_active = False
    orang.save()
    assert "Nama pengguna dan kata sandi tidak cocok" in masuk(client).content.decode()
    assert "_auth_user_id" not in client.session


def test_akun_dinonaktifkan_mengakhiri_sesi(client, orang):
    masuk(client)
    assert client.get("/akun/").status_code == 200
    Pengguna.objects.filter(pk=orang.pk).update(is_active=False)
    assert client.get("/akun/").status_code == 302


def test_kunci_hanya_nama_dan_alamat_itu_dan_pendek(client, orang, kantor, settings, caplog):
    settings.AXES_ENABLED = True
    caplog.set_level("DEBUG")
    Pengguna.objects.create_user("kasi.uji", password=SANDI, nama="Kasi Uji")
    for _ in range(5):
        jawab = masuk(client, sandi="bukan")
    assert jawab.status_code == 429
    terkunci = masuk(client, next="/pendaftaran/")
    assert terkunci.status_code == 429
    assert "10 menit" in terkunci.content.decode()
    assert 'name="next" value="/pendaftaran/"' in terkunci.content.decode()
    assert 'value="ptsp.uji"' in terkunci.content.decode()
    assert (
        Client(REMOTE_ADDR="10.9.8.7").post("/masuk/", {"username": "ptsp.uji", "password": SANDI}).status_code == 302
    )
    assert masuk(Client(), nama="kasi.uji").status_code == 302
    import time_machine

    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=11), tick=True):
        assert masuk(Client()).status_code == 302
    assert "ptsp.uji" not in caplog.text, "nama akun tidak boleh masuk log"
    assert SANDI not in caplog.text


def test_keluar_hanya_post_dan_membersihkan(client, orang):
    masuk(client)
    assert client.get("/keluar/").status_code == 405
    jawab = client.post("/keluar/")
    assert jawab["Clear-Site-Data"] == '"cache", "storage"'
    assert "_auth_user_id" not in client.session


def test_csrf_wajib(orang):
    ketat = Client(enforce_csrf_checks=True)
    jawab = ketat.post("/masuk/", {"username": "ptsp.uji", "password": SANDI})
    assert jawab.status_code == 403
    assert "kedaluwarsa" in jawab.content.decode()


@pytest.mark.urls("tests.akun.test_masuk")
class TestPetugas:
    def test_tanpa_masuk_ke_halaman_masuk(self, client):
        jawab = client.get("/uji/petugas/?a=1")
        assert jawab["Location"] == "/masuk/?next=/uji/petugas/%3Fa%3D1"

    def test_penugasan_tersedia_dan_tidak_disimpan_peramban(self, client, orang):
        client.force_login(orang)
        jawab = client.get("/uji/petugas/")
        assert jawab.content == b"ptsp"
        assert "no-store" in jawab["Cache-Control"]

    @pytest.mark.parametrize("geser", [(-30, -1), (1, None)])
    def test_penugasan_lewat_atau_belum_mulai_hanya_penjelasan(self, client, orang, geser):
        hari_ini = timezone.localdate()
        mulai, selesai = (None if g is None else hari_ini + datetime.timedelta(days=g) for g in geser)
        orang.penugasan.update(mulai=mulai, selesai=selesai)
        client.force_login(orang)
        jawab = client.get("/uji/petugas/")
        assert jawab.status_code == 403
        assert "Belum ada penugasan yang berlaku" in jawab.content.decode()

    def test_mixin_sama_dengan_dekorator(self, orang):
        from django.views import View

        class Halaman(PetugasMixin, View):
            def get(self, request):
                return view_petugas(request)

        permintaan = RequestFactory().get("/x/")
        permintaan.user = orang
        assert Halaman.as_view()(permintaan).content == b"ptsp"

    def test_langkah_mengikat_minta_sandi_lalu_lima_menit(self, client, orang):
        client.force_login(orang)
        jawab = client.get("/uji/mengikat/")
        assert jawab["Location"] == "/sandi-lagi/?next=%2Fuji%2Fmengikat%2F"
        salah = client.post("/sandi-lagi/", {"sandi": "bukan", "next": "/uji/mengikat/"})
        assert salah.status_code == 422
        assert client.get("/uji/mengikat/").status_code == 302
        benar = client.post("/sandi-lagi/", {"sandi": SANDI, "next": "/uji/mengikat/"})
        assert benar["Location"] == "/uji/mengikat/"
        assert client.get("/uji/mengikat/").content == b"terikat"
        sesi = client.session
        sesi["sandi_lagi"] = int(time.time()) - 301
        sesi.save()
        assert client.get("/uji/mengikat/").status_code == 302


@pytest.mark.parametrize("nilai", [None, "1", True, 10**12])
def test_sandi_lagi_menolak_nilai_aneh(rf, nilai):
    permintaan = rf.get("/")
    permintaan.session = {"sandi_lagi": nilai} if nilai is not None else {}
    assert sudah_sandi_lagi(permintaan) is False


def test_sandi_lagi_ikut_kunci_masuk(client, orang, settings):
    settings.AXES_ENABLED = True
    masuk(client)
    for _ in range(5):
        jawab = client.post("/sandi-lagi/", {"sandi": "bukan"})
    assert jawab.status_code == 429
    client.post("/sandi-lagi/", {"sandi": SANDI})
    assert "sandi_lagi" not in client.session


def test_ganti_sandi_mengakhiri_sesi_lain(orang):
    satu, dua = Client(), Client()
    masuk(satu)
    masuk(dua)
    pendek = satu.post("/akun/sandi/", {"old_password": SANDI, "new_password1": "123", "new_password2": "123"})
    assert pendek.status_code == 422
    baru = {"old_password": SANDI, "new_password1": "melati-putih-77", "new_password2": "melati-putih-77"}
    assert satu.post("/akun/sandi/", baru)["Location"] == "/akun/"
    assert satu.get("/akun/").status_code == 200
    assert dua.get("/akun/").status_code == 302


def test_sesi_berakhir_sesudah_delapan_jam(client, orang):
    masuk(client)
    client.get("/akun/")
    sesi = client.session
    sesi["sesi_mulai"] = int(time.time()) - 8 * 3600 - 1
    sesi.save()
    assert client.get("/akun/").status_code == 302


def test_admin_hanya_untuk_admin_bertugas(client, orang, kantor):
    assert client.get("/admin/", follow=True).redirect_chain[-1] == ("/masuk/?next=/admin/", 302)
    client.force_login(orang)
    assert client.get("/admin/").status_code == 302
    assert client.get("/admin/", follow=True).status_code == 403
    Penugasan.objects.create(
        pengguna=orang, kantor=kantor, peran=Peran.ADMIN, jabatan="Admin", nomor_sk="2", mulai=datetime.date(2026, 1, 1)
    )
    assert client.get("/admin/", follow=True).status_code == 403, "peran admin tanpa is_staff belum cukup"
    Pengguna.objects.filter(pk=orang.pk).update(is_staff=True)
    assert client.get("/admin/").status_code == 200
    Penugasan.objects.filter(peran=Peran.ADMIN).update(selesai=datetime.date(2026, 1, 2))
    assert client.get("/admin/", follow=True).status_code == 403
