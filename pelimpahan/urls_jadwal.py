"""The days of interviews; apart from the service's own addresses, since they belong to the organiser, not to a case."""

from django.urls import path

from . import views_hadir, views_jadwal

app_name = "wawancara"

urlpatterns = [
    path("", views_jadwal.daftar, name="daftar"),
    path("baru/", views_jadwal.baru, name="baru"),
    path("hadir/<slug:token>/", views_hadir.hadir, name="hadir"),
    path("<int:pk>/", views_jadwal.hari, name="hari"),
    path("<int:pk>/ubah/", views_jadwal.ubah, name="ubah"),
    path("<int:pk>/batal/", views_jadwal.batal, name="batal"),
    path("<int:pk>/rencana/", views_jadwal.rencana, name="rencana"),
    path("<int:pk>/absen/", views_hadir.absen, name="absen"),
    path("<int:pk>/daftar-hadir/", views_hadir.daftar_hadir, name="daftar_hadir"),
    path("<int:pk>/undangan/", views_hadir.undangan, name="undangan"),
]
