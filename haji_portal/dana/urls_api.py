"""Addresses below /api/v1/callback/."""

from django.urls import path

from .mitra import pintu

app_name = "dana_api"

urlpatterns = [
    path("bpkh/", pintu.peristiwa, {"mitra": "bpkh"}, name="bpkh"),
    path("bps/", pintu.peristiwa, {"mitra": "bps"}, name="bps"),
    path("skema/<slug:nama>.json", pintu.berkas_skema, name="skema"),
]
