from django.urls import path

from . import views

app_name = "pelayanan"

urlpatterns = [
    path("", views.Daftar.as_view(), name="daftar"),
    path("baru/", views.Buat.as_view(), name="buat"),
    path("<slug:nomor>/", views.Detail.as_view(), name="detail"),
    path("<slug:nomor>/langkah/<slug:langkah>/", views.LangkahPelayanan.as_view(), name="langkah"),
    path("<slug:nomor>/tanda-terima/", views.TandaTerima.as_view(), name="tanda_terima"),
    path("<slug:nomor>/waktu/", views.Waktu.as_view(), name="waktu"),
]
