"""Addresses of the account pages; included at the root."""

from django.urls import path

from . import views, views_token

app_name = "akun"

urlpatterns = [
    path("masuk/", views.Masuk.as_view(), name="masuk"),
    path("masuk/kode/", views.kode, name="kode"),
    path("keluar/", views.keluar, name="keluar"),
    path("sandi-lagi/", views.sandi_lagi, name="sandi_lagi"),
    path("akun/", views.akun, name="akun"),
    path("akun/sandi/", views.GantiSandi.as_view(), name="ganti_sandi"),
    path("akun/dua-faktor/", views.pasang_kode, name="dua_faktor"),
    path("akun/dua-faktor/cadangan/", views.cadangan, name="cadangan"),
    path("akun/token/", views_token.daftar, name="token"),
    path("akun/token/baru/", views_token.baru, name="token_baru"),
    path("akun/token/<int:pk>/cabut/", views_token.cabut, name="token_cabut"),
]
