"""Addresses below /pesan/."""

from django.urls import path

from . import keluar, views

app_name = "kabar"

urlpatterns = [
    path("", views.daftar, name="daftar"),
    path("dibaca/", views.tandai, name="tandai"),
    path("<int:pk>/", views.buka, name="buka"),
    path("keluar/", keluar.daftar, name="keluar"),
    path("keluar/<int:pk>/", keluar.satu, name="keluar_satu"),
    path("keluar/<int:pk>/ulang/", keluar.ulang, name="keluar_ulang"),
    path("keluar/<int:pk>/ditangani/", keluar.ditangani, name="keluar_ditangani"),
]
