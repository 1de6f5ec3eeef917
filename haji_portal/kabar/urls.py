"""Addresses below /pesan/."""

from django.urls import path

from . import views

app_name = "kabar"

urlpatterns = [
    path("", views.daftar, name="daftar"),
    path("dibaca/", views.tandai, name="tandai"),
    path("<int:pk>/", views.buka, name="buka"),
]
