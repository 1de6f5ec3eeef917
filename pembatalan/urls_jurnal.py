from django.urls import path

from . import views_jurnal as views

app_name = "jurnal"

urlpatterns = [
    path("", views.JurnalDaftar.as_view(), name="daftar"),
    path("masukkan/", views.MasukkanSemua.as_view(), name="masukkan"),
    path("<slug:nomor>/", views.JurnalDetail.as_view(), name="detail"),
    path("<slug:nomor>/langkah/<slug:langkah>/", views.JurnalLangkah.as_view(), name="langkah"),
    path("<slug:nomor>/unduh/", views.Unduh.as_view(), name="unduh"),
]
