from django.urls import path

from . import views

app_name = "pengembalian"

urlpatterns = [
    path("", views.Daftar.as_view(), name="daftar"),
    path("<slug:nomor>/", views.Detail.as_view(), name="detail"),
    path("<slug:nomor>/langkah/<slug:langkah>/", views.LangkahPengembalian.as_view(), name="langkah"),
]
