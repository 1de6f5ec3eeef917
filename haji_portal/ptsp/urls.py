"""Addresses of the public site and of the front desk; included at the root."""

from django.urls import include, path

from . import api, cek, kunjungan, sehat, tampilan, verifikasi, views
from .survei import views as survei

app_name = "ptsp"

urlpatterns = [
    path("", views.beranda, name="beranda"),
    path("layanan/<slug:slug>/", views.layanan, name="layanan"),
    path("cek/", cek.cek, name="cek"),
    path("cek/hasil/", cek.hasil, name="hasil"),
    path("cek/lupakan/", cek.lupakan, name="lupakan"),
    path("ajukan/", include("haji_portal.ptsp.ajukan.urls")),
    path("antrean/", include("haji_portal.ptsp.antrean.urls")),
    path("kunjungan/", kunjungan.KunjunganDaftar.as_view(), name="kunjungan"),
    path("kunjungan/baru/", kunjungan.KunjunganBuat.as_view(), name="kunjungan_buat"),
    path("verifikasi/<slug:token>/", verifikasi.verifikasi, name="verifikasi"),
    path("survei/terima-kasih/", survei.selesai, name="survei_selesai"),
    path("survei/perkara/<slug:nomor>/", survei.kode_qr, name="survei_qr"),
    path("survei/<slug:kata>/", survei.survei, name="survei"),
    path("tampilan/", tampilan.atur, name="tampilan"),
    path("sehat/", sehat.sehat, name="sehat"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("api/v1/sop/", api.DaftarSOP.as_view(), name="api_sop"),
    path("api/v1/status/", api.Status.as_view(), name="api_status"),
]
