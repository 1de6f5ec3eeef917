"""Letters over HTTP: inside the scope only, framed by our own pages only, every print counted; the draft effect."""

from types import SimpleNamespace

import pytest

from haji_portal.akun.models import Kantor
from haji_portal.alur.pelaku import Petugas
from haji_portal.surat import jenis as daftar_jenis
from haji_portal.surat.efek import gambar_draf_surat
from haji_portal.surat.models import CetakSurat, Surat
from haji_portal.surat.tandatangan import tandatangani_pdf
from haji_portal.surat.terbit import buat_draf, sahkan, siapkan
from tests.surat.buatan import SANDI, buat_pejabat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tujuan(monkeypatch):
    """A refused print goes back to the case's page, which belongs to the service."""
    from haji_portal.alur.models import Perkara

    monkeypatch.setattr(Perkara, "get_absolute_url", lambda self: f"/pendaftaran/{self.nomor}/")


@pytest.fixture
def sah(dunia):
    surat = siapkan(dunia.perkara, "sph", dunia.tugas)
    ttd = tandatangani_pdf(surat, dunia.kepala, SANDI)
    return sahkan(surat.pk, surat.hash_pdf, ttd, Petugas(dunia.kepala, dunia.tugas))


@pytest.fixture
def petugas(dunia, client):
    pengguna, _ = buat_pejabat(dunia.kantor, "ptsp", "Petugas Loket", "Petugas PTSP")
    client.force_login(pengguna)
    return client


@pytest.fixture
def orang_luar(dunia, client):
    lain = Kantor.objects.create(slug="lain", nama="Kantor Lain", nama_pendek="Lain", kode_perkara="LAI")
    pengguna, _ = buat_pejabat(lain, "kepala", "Kepala Lain", "Kepala Kantor Lain")
    client.force_login(pengguna)
    return client


def test_lihat_memberi_pdf_dengan_kepala_aman(petugas, sah):
    jawaban = petugas.get(f"/surat/{sah.pk}/")
    assert jawaban.status_code == 200
    assert jawaban.content.startswith(b"%PDF-")
    assert jawaban["Content-Type"] == "application/pdf"
    assert "frame-ancestors 'self'" in jawaban["Content-Security-Policy"]
    assert jawaban["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in jawaban["Cache-Control"]
    assert jawaban["X-Content-Type-Options"] == "nosniff"
    assert (
        jawaban["Content-Disposition"] == 'inline; filename="sph-1-Kk.18.03-11-2026.pdf"'
        or "sph-1-" in (jawaban["Content-Disposition"])
    )


def test_melihat_tidak_dihitung_mencetak_dihitung(petugas, sah):
    petugas.get(f"/surat/{sah.pk}/")
    assert not CetakSurat.objects.exists()
    for ke in (1, 2):
        jawaban = petugas.post(f"/surat/{sah.pk}/cetak/")
        assert jawaban.content.startswith(b"%PDF-")
        sah.refresh_from_db()
        assert sah.dicetak == ke
    assert list(CetakSurat.objects.order_by("ke").values_list("ke", "pengguna__nama")) == [
        (1, "Petugas Loket"),
        (2, "Petugas Loket"),
    ]
    assert petugas.get(f"/surat/{sah.pk}/cetak/").status_code == 405


def test_draf_tidak_dapat_dicetak(petugas, dunia):
    draf = buat_draf(dunia.perkara, "sph")
    jawaban = petugas.post(f"/surat/{draf.pk}/cetak/")
    assert (jawaban.status_code, jawaban["Location"]) == (302, f"/pendaftaran/{dunia.perkara.nomor}/")
    draf.refresh_from_db()
    assert draf.dicetak == 0


def test_di_luar_cakupan_tidak_ada(orang_luar, sah, dunia):
    assert orang_luar.get(f"/surat/{sah.pk}/").status_code == 404
    assert orang_luar.post(f"/surat/{sah.pk}/cetak/").status_code == 404
    assert orang_luar.get(f"/surat/{dunia.perkara.nomor}/tanda_terima/").status_code == 404
    assert CetakSurat.objects.count() == 0


def test_tanpa_masuk_diarahkan_masuk(client, sah):
    for alamat in (f"/surat/{sah.pk}/", f"/surat/{sah.perkara.nomor}/sph/"):
        assert client.get(alamat)["Location"].startswith("/masuk/")


def test_dokumen_menggambar_yang_belum_ada(petugas, dunia):
    alamat = f"/surat/{dunia.perkara.nomor}"
    assert petugas.get(f"{alamat}/sph/").content.startswith(b"%PDF-")
    assert Surat.objects.get().status == Surat.Status.DRAF
    assert petugas.get(f"{alamat}/tanda_terima/").content.startswith(b"%PDF-")
    assert petugas.get(f"{alamat}/undangan/").status_code == 404


def test_dokumen_layanan_lain_tidak_ada(petugas, dunia, monkeypatch):
    def milik_lain(perkara):
        raise AssertionError("another service's builder must not see this case")

    milik_lain.__module__ = "pembatalan.surat"
    daftar_jenis.isi_surat("rekomendasi", judul="Rekomendasi")(milik_lain)
    assert petugas.get(f"/surat/{dunia.perkara.nomor}/rekomendasi/").status_code == 404


def test_efek_draf_dua_kali_satu_surat(dunia):
    efek = SimpleNamespace(riwayat=SimpleNamespace(perkara=dunia.perkara), kunci="sph")
    gambar_draf_surat(efek)
    pertama = Surat.objects.get()
    gambar_draf_surat(efek)
    kedua = Surat.objects.get()
    assert (pertama.kunci_pdf, pertama.hash_pdf) == (kedua.kunci_pdf, kedua.hash_pdf)
    assert pertama.kunci_pdf


def test_efek_draf_terlambat_tidak_menyentuh_surat_sah(dunia, sah):
    gambar_draf_surat(SimpleNamespace(riwayat=SimpleNamespace(perkara=dunia.perkara), kunci="sph"))
    assert Surat.objects.get().hash_ttd == sah.hash_ttd


def test_admin_surat_hanya_baca(dunia, sah, client):
    admin, _ = buat_pejabat(dunia.kantor, "admin", "Admin Contoh", "Admin portal")
    admin.is_staff = admin.is_superuser = True
    admin.save()
    client.force_login(admin)
    from django.contrib import admin as situs
    from django.test import RequestFactory

    permintaan = RequestFactory().get("/")
    permintaan.user = admin
    for model in (Surat, CetakSurat):
        kelas = situs.site._registry[model]
        assert not kelas.has_change_permission(permintaan)
        assert not kelas.has_delete_permission(permintaan)
        assert not kelas.has_add_permission(permintaan)
