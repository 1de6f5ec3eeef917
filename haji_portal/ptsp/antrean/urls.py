"""Addresses of the queue; included under /antrean/. Random tokens and row ids, nothing about a person."""

from django.urls import path

from . import tiket, views_angka, views_kios, views_layar, views_loket, views_perangkat, views_tamu

urlpatterns = [
    path("", views_loket.pintu, name="antrean"),
    path("loket/", views_loket.loket, name="antrean_loket"),
    path("loket/pilih/", views_loket.pilih, name="antrean_pilih"),
    path("loket/lepas/", views_loket.lepas, name="antrean_lepas"),
    path("loket/aksi/<slug:aksi>/", views_loket.aksi, name="antrean_aksi"),
    path("tamu/", views_tamu.tamu, name="antrean_tamu"),
    path("tamu/<int:pk>/", views_tamu.lengkapi, name="antrean_lengkapi"),
    path("angka/", views_angka.halaman, name="antrean_angka"),
    path("angka/unduh/", views_angka.unduh, name="antrean_unduh"),
    path("perangkat/", views_perangkat.daftar, name="antrean_perangkat"),
    path("perangkat/<int:pk>/", views_perangkat.alat, name="antrean_alat"),
    path("perangkat/<int:pk>/cabut/", views_perangkat.cabut, name="antrean_cabut"),
    path("kios/<slug:token>/", views_kios.kios, name="antrean_kios"),
    path("kios/<slug:token>/<slug:tiket>/", views_kios.karcis, name="antrean_karcis"),
    path("layar/<slug:token>/", views_layar.layar, name="antrean_layar"),
    path("layar/<slug:token>/kini/", views_layar.kini, name="antrean_kini"),
    path("<slug:token>/", tiket.tiket, name="antrean_tiket"),
    path("<slug:token>/batal/", tiket.batal, name="antrean_batal"),
]
