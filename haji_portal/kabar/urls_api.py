"""Addresses below /api/v1/pesan/."""

from django.urls import path

from . import api

app_name = "kabar_api"

urlpatterns = [path("laporan/", api.laporan, name="laporan")]
