"""Addresses of letters for staff; the public verification page is the front desk's."""

from django.urls import path

from . import views

app_name = "surat"
urlpatterns = [
    path("<int:pk>/", views.lihat, name="lihat"),
    path("<int:pk>/cetak/", views.cetak_surat, name="cetak"),
    path("<slug:nomor>/<slug:jenis>/", views.dokumen, name="dokumen"),
]
