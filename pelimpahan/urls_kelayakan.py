"""The check before the file; apart from the service's own addresses, since it stands open to everybody."""

from django.urls import path

from . import views_kelayakan

app_name = "kelayakan"

urlpatterns = [
    path("", views_kelayakan.periksa, name="periksa"),
    path("loket/", views_kelayakan.loket, name="loket"),
    path("formulir/<slug:jenis>/", views_kelayakan.formulir, name="formulir"),
]
