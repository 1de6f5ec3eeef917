from django.urls import path

from . import views_konfirmasi as views

app_name = "konfirmasi-saldo"

urlpatterns = [
    path("", views.Daftar.as_view(), name="daftar"),
    path("<slug:nomor>/", views.Detail.as_view(), name="detail"),
    path("<slug:nomor>/langkah/<slug:langkah>/", views.LangkahKonfirmasi.as_view(), name="langkah"),
]
