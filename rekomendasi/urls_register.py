from django.urls import path

from . import views_register as views

app_name = "penyelenggara"

urlpatterns = [
    path("", views.Daftar.as_view(), name="daftar"),
    path("baru/", views.Baru.as_view(), name="baru"),
    path("ekspor/", views.Ekspor.as_view(), name="ekspor"),
    path("impor/", views.Impor.as_view(), name="impor"),
    path("impor/<int:pk>/", views.Pratinjau.as_view(), name="pratinjau"),
    path("<int:pk>/", views.Rinci.as_view(), name="rinci"),
    path("<int:pk>/ubah/", views.Ubah.as_view(), name="ubah"),
    path("<int:pk>/sk/", views.SkBaru.as_view(), name="sk_baru"),
    path("<int:pk>/sk/<int:sk>/", views.SkUbah.as_view(), name="sk_ubah"),
]
