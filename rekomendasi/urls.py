from django.urls import path

from . import views

app_name = "rekomendasi"

urlpatterns = [
    path("", views.Daftar.as_view(), name="daftar"),
    path("baru/", views.Buat.as_view(), name="buat"),
    path("baru/contoh-daftar/", views.ContohDaftar.as_view(), name="contoh_daftar"),
    path("<slug:nomor>/", views.Detail.as_view(), name="detail"),
    path("<slug:nomor>/langkah/<slug:langkah>/", views.LangkahRekomendasi.as_view(), name="langkah"),
    path("<slug:nomor>/tanda-terima/", views.TandaTerima.as_view(), name="tanda_terima"),
    path("<slug:nomor>/waktu/", views.Waktu.as_view(), name="waktu"),
]
