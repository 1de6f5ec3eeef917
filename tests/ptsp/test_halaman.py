"""Home, services, errors, display settings, robots, SOP data: every public page without a login."""

import datetime
import json

import pytest
from django.test import Client
from django.urls import path
from django.utils.html import escape

from haji_portal.akun.models import Kantor
from haji_portal.alur.apps import layanan_aktif
from haji_portal.alur.models import SOP
from haji_portal.berkas.models import SyaratBerkas
from haji_portal.ptsp.views import janji, kelompok_syarat
from haji_portal.urls import handler400, handler403, handler404, handler500  # noqa: F401  (used by the resolver)
from haji_portal.urls import urlpatterns as alamat_situs


def view_rusak(request):
    raise RuntimeError("nama rahasia 5203015708620002")


def view_dilarang(request):
    from django.core.exceptions import PermissionDenied

    raise PermissionDenied("rahasia")


def view_salah(request):
    from django.core.exceptions import SuspiciousOperation

    raise SuspiciousOperation("rahasia")


urlpatterns = [
    path("uji/500/", view_rusak),
    path("uji/403/", view_dilarang),
    path("uji/400/", view_salah),
    *alamat_situs,
]


class TestBeranda:
    def test_layanan_buka_dan_menyusul(self, client, acuan):
        teks = client.get("/").content.decode()
        assert "Rp0" in teks
        buka = {c.label for c in layanan_aktif()}
        assert buka
        for slug in ("pendaftaran", "pembatalan", "pelimpahan", "pengaktifan", "rekomendasi"):
            kartu = teks.split(f"/layanan/{slug}/", 1)[1].split("</a>", 1)[0]
            assert ("dilayani sekarang" in kartu) is (slug in buka and slug != "rekomendasi"), slug
            assert ("Ditutup" in kartu) is (slug == "rekomendasi"), slug

    def test_jam_kantor_terpilih(self, client, acuan):
        tanpa = client.get("/").content.decode()
        assert "Senin" not in tanpa
        teks = client.get("/", {"kantor": "lombok-timur"}).content.decode()
        kantor = Kantor.objects.get(slug="lombok-timur")
        assert kantor.telepon in teks
        assert "07.30–16.00" in teks
        assert "WITA" in teks

    @pytest.mark.parametrize("kantor", ["tidak-ada", "", "x" * 300, "a\x00b", "kanwil-ntb"])
    def test_kantor_tak_dikenal_seperti_belum_memilih(self, client, acuan, kantor):
        jawab = client.get("/", {"kantor": kantor})
        assert jawab.status_code == 200
        assert "Senin" not in jawab.content.decode()


class TestLayanan:
    def test_syarat_langkah_janji_dan_dasar_menurut_kantor(self, client, acuan):
        teks = client.get("/layanan/pendaftaran/", {"kantor": "lombok-timur"}).content.decode()
        sop = SOP.objects.get(kode="pendaftaran/lombok-timur")
        for baris in sop.baris():
            assert baris.aktivitas.replace("'", "&#x27;") in teks or baris.cabang, baris.no
        assert sop.identitas["dasar_hukum"][0] in teks
        assert janji(sop) in teks
        for syarat in SyaratBerkas.objects.filter(layanan="pendaftaran", kantor=None, kasus=""):
            assert syarat.nama.replace("'", "&#x27;") in teks, syarat.kode

    def test_kantor_tanpa_sop_sendiri_memakai_nasional(self, client, acuan):
        teks = client.get("/layanan/pendaftaran/", {"kantor": "palu"}).content.decode()
        assert "berlaku nasional" in teks

    def test_setiap_layanan_setiap_kantor_terbuka(self, client, acuan):
        for slug in ("pendaftaran", "pembatalan", "pelimpahan", "pengaktifan", "rekomendasi"):
            for kantor in (None, *Kantor.objects.filter(jenis="kabkota").values_list("slug", flat=True)):
                jawab = client.get(f"/layanan/{slug}/", {"kantor": kantor} if kantor else {})
                assert jawab.status_code == 200, (slug, kantor)
                assert "Berkas yang dibawa" in jawab.content.decode()

    def test_kantor_dengan_satu_tata_cara_per_sebab_menampilkan_semuanya(self, client, acuan):
        """Kepulauan Seribu prints one table per cause; nothing is left out, and a later document is not asked for."""
        teks = client.get("/layanan/pengaktifan/", {"kantor": "kepulauan-seribu"}).content.decode()
        tabel = SOP.objects.filter(layanan="pengaktifan", kantor="kepulauan-seribu")
        assert tabel.count() == 4
        for sop in tabel:
            assert f"<summary>{sop.nama}</summary>" in teks
            for baris in sop.baris():
                assert escape(baris.aktivitas) in teks or baris.cabang, (sop.nama, baris.no)
        assert "20–30 menit</dd>" in teks and "4 tata cara" in teks
        assert "Bukti setoran kembali ke rekening" not in teks and "Setoran kembali</h3>" not in teks
        assert "Sepihak</h3>" in teks

    def test_kantor_tanpa_sop_mengatakannya(self, client, acuan):
        teks = client.get("/layanan/pengaktifan/", {"kantor": "tanah-bumbu"}).content.decode()
        assert "belum mempunyai SOP untuk layanan ini" in teks and "Pilih kantor untuk melihat" not in teks
        assert "SOP tidak menetapkan waktu" not in teks

    def test_layanan_asing_404(self, client, acuan):
        assert client.get("/layanan/akun/").status_code == 404
        assert client.get("/layanan/apa-saja/").status_code == 404

    def test_janji_menghitung_menit_dan_hari_kerja(self, acuan):
        sop = SOP.objects.get(kode="pembatalan/lombok-timur")
        assert janji(sop) == "8 hari kerja", "241/2021 E: office and centre together"
        sop.rentang = []
        baris = [b for b in sop.baris() if not b.cabang]
        assert janji(sop).startswith(f"{sum(b.hari_kerja or 0 for b in baris)} hari kerja")

    def test_syarat_kantor_hanya_di_kantor_itu(self, acuan):
        kantor = Kantor.objects.get(slug="palu")
        SyaratBerkas.objects.create(
            layanan="pendaftaran",
            kode="khusus",
            nama="Syarat khusus Palu",
            kantor=kantor,
            mulai=datetime.date(2020, 1, 1),
        )

        def nama(k):
            return {s.nama for kelompok in kelompok_syarat("pendaftaran", k) for s in kelompok.syarat}

        assert "Syarat khusus Palu" in nama(kantor)
        assert "Syarat khusus Palu" not in nama(None)
        assert "Syarat khusus Palu" not in nama(Kantor.objects.get(slug="lombok-timur"))


@pytest.mark.urls("tests.ptsp.test_halaman")
class TestGalat:
    @pytest.mark.parametrize(
        ("alamat", "status"), [("/uji/400/", 400), ("/uji/403/", 403), ("/tiada/", 404), ("/uji/500/", 500)]
    )
    def test_halaman_galat_berkalimat_tanpa_rahasia(self, db, alamat, status):
        jawab = Client(raise_request_exception=False).get(alamat)
        teks = jawab.content.decode()
        assert jawab.status_code == status
        assert '<html lang="id"' in teks
        assert "rahasia" not in teks
        assert "Traceback" not in teks

    def test_500_tanpa_basis_data(self, settings, django_assert_num_queries, db):
        klien = Client(raise_request_exception=False)
        with django_assert_num_queries(0):
            assert klien.get("/uji/500/").status_code == 500

    def test_host_asing_400(self, client, db):
        assert client.get("/", headers={"host": "jahat.example"}).status_code == 400


class TestTampilan:
    def test_pilihan_bertahan_dan_kembali(self, client, acuan):
        jawab = client.get("/tampilan/", {"huruf": "besar", "next": "/cek/"})
        assert (jawab.status_code, jawab["Location"]) == (302, "/cek/")
        client.get("/tampilan/", {"tema": "gelap"})
        teks = client.get("/cek/").content.decode()
        assert 'data-huruf="besar"' in teks
        assert 'data-bs-theme="dark"' in teks

    @pytest.mark.parametrize("nilai", ["", "x.y", "besar", ".gelap", '"><script>', "besar.gelap.lagi"])
    def test_kuki_aneh_tidak_tercetak(self, client, db, nilai):
        client.cookies["tampilan"] = nilai
        jawab = client.get("/cek/")
        assert jawab.status_code == 200
        assert "<script>" not in jawab.content.decode()

    def test_hanya_ke_situs_ini_dan_hanya_kata_dikenal(self, client, db):
        jawab = client.get("/tampilan/", {"huruf": "raksasa", "next": "https://jahat.example/"})
        assert jawab["Location"] == "/"
        assert jawab.cookies["tampilan"].value == "biasa.otomatis"
        assert client.post("/tampilan/").status_code == 405


def test_robots_dan_security_txt(client, db, settings):
    robots = client.get("/robots.txt")
    assert robots["Content-Type"].startswith("text/plain")
    assert "Disallow: /cek/" in robots.content.decode()
    isi = client.get("/.well-known/security.txt").content.decode()
    habis = next(b for b in isi.splitlines() if b.startswith("Expires: ")).removeprefix("Expires: ")
    assert datetime.datetime.fromisoformat(habis) > datetime.datetime.now(datetime.UTC)
    assert f"Contact: mailto:{settings.DEFAULT_FROM_EMAIL}" in isi


class TestApiSop:
    def test_semua_tabel_dengan_kunci_perjanjian(self, client, acuan):
        jawab = client.get("/api/v1/sop/")
        assert jawab["Content-Type"] == "application/json"
        isi = json.loads(jawab.content)
        assert {t["kode"] for t in isi} == set(SOP.objects.values_list("kode", flat=True))
        for tabel in isi:
            assert set(tabel) == {"kode", "layanan", "kantor", "kolom", "langkah"}
            assert tabel["kode"].split("/")[:2] == [tabel["layanan"], tabel["kantor"]]
            for baris in tabel["langkah"]:
                kunci = {"no", "aktivitas", "pelaksana", "menit", "hari_kerja", "output", "transisi"}
                assert set(baris) == kunci
        satu = next(t for t in isi if t["kode"] == "pendaftaran/lombok-timur")
        assert [(b["no"], b["menit"]) for b in satu["langkah"] if b["no"].isdigit()][:4] == [
            ("1", None),
            ("2", 2),
            ("3", 5),
            ("4", 10),
        ]

    def test_hanya_yang_berlaku_dan_yang_terbaru(self, client, acuan):
        lama = SOP.objects.get(kode="pendaftaran/lombok-timur")
        SOP.objects.filter(pk=lama.pk).update(kolom=["lama"])
        SOP.objects.create(
            kode=lama.kode, layanan="pendaftaran", kantor="lombok-timur", nama="Baru", kolom=["baru"],
            berlaku_dari=datetime.date(2026, 1, 1),
        )  # fmt: skip
        SOP.objects.create(
            kode=lama.kode, layanan="pendaftaran", kantor="lombok-timur", nama="Nanti", kolom=["nanti"],
            berlaku_dari=datetime.date(2099, 1, 1),
        )  # fmt: skip
        isi = [t for t in json.loads(client.get("/api/v1/sop/").content) if t["kode"] == lama.kode]
        assert [t["kolom"] for t in isi] == [["baru"]]

    def test_hanya_baca_dan_hemat_kueri(self, client, acuan, django_assert_max_num_queries):
        with django_assert_max_num_queries(2):
            client.get("/api/v1/sop/")
        assert client.post("/api/v1/sop/").status_code == 405


def test_ikon_untuk_halaman_tanpa_ikon(client, db):
    assert client.get("/favicon.ico")["Location"] == "/static/gambar/tanda.svg"
