"""Addresses of the staff's desk; included at the root."""

from django.urls import path

from . import kerja, persetujuan, setoran

app_name = "meja"

urlpatterns = [
    path("kerja/", kerja.kotak_kerja, name="kerja"),
    path("kerja/cari/", kerja.cari, name="cari"),
    path("kerja/hasil/", kerja.hasil_cari, name="hasil"),
    path("persetujuan/", persetujuan.persetujuan, name="persetujuan"),
    path("setoran/", setoran.daftar, name="setoran"),
    path("setoran/baru/", setoran.buat, name="setoran_baru"),
]
