"""Addresses of the public site; included at the root."""

from django.urls import path

from . import tampilan

app_name = "ptsp"

urlpatterns = [
    path("tampilan/", tampilan.atur, name="tampilan"),
]
