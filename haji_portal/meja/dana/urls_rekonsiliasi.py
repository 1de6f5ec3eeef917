from django.urls import path

from . import views_rekonsiliasi as views

app_name = "rekonsiliasi"

urlpatterns = [
    path("", views.daftar, name="daftar"),
    path("ambil/", views.ambil_hari, name="ambil"),
    path("<int:pk>/", views.hari, name="hari"),
    path("<int:pk>/jalankan/", views.jalankan_lagi, name="jalankan"),
    path("<int:pk>/unduh/", views.unduh, name="unduh"),
]
