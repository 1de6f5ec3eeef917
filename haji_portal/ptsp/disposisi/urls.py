from django.urls import path

from . import views

app_name = "disposisi"

urlpatterns = [
    path("", views.daftar, name="daftar"),
    path("surat/<int:pk>/", views.kirim_surat, name="kirim_surat"),
    path("perkara/<slug:nomor>/", views.kirim_perkara, name="kirim_perkara"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/buka/", views.buka, name="buka"),
    path("<int:pk>/tindak/", views.tindak, name="tindak"),
    path("<int:pk>/teruskan/", views.teruskan, name="teruskan"),
    path("<int:pk>/lembar/", views.lembar, name="lembar"),
]
