"""Addresses for machines that watch the portal."""

from django.urls import path

from .metrik import metrik

app_name = "rawat"
urlpatterns = [path("metrik/", metrik, name="metrik")]
