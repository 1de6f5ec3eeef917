from django.urls import path

from . import views

app_name = "pemberitahuan"

urlpatterns = [
    path("", views.PemberitahuanDaftar.as_view(), name="daftar"),
    path("<slug:nomor>/", views.PemberitahuanDetail.as_view(), name="detail"),
    path("<slug:nomor>/langkah/<slug:langkah>/", views.PemberitahuanLangkah.as_view(), name="langkah"),
]
