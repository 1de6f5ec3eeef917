from django.urls import path

from . import views_surat as views

app_name = "surat_masuk"

urlpatterns = [
    path("", views.daftar, name="daftar"),
    path("baru/", views.buat, name="buat"),
    path("buku/<slug:bentuk>/", views.buku, name="buku"),
    path("kaitkan/<slug:nomor>/", views.kaitkan, name="kaitkan"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/ubah/", views.ubah, name="ubah"),
    path("<int:pk>/batal/", views.batal, name="batal"),
    path("<int:pk>/berkas/<int:berkas>/", views.unduh, name="berkas"),
]
