"""Addresses of private files."""

from django.urls import path

from . import views

app_name = "berkas"
urlpatterns = [
    path("<int:pk>/", views.unduh, name="unduh"),
]
