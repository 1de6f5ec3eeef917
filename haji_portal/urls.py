"""Addresses of the whole site. Apps are named by string, so nothing here imports a service."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("admin/", admin.site.urls),
]
