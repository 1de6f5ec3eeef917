"""Addresses of the staff's desk; included at the root."""

from django.urls import path

from . import cabut_surat, kerja, persetujuan, setoran
from .siskohat import views as siskohat

app_name = "meja"

urlpatterns = [
    path("kerja/", kerja.kotak_kerja, name="kerja"),
    path("kerja/cari/", kerja.cari, name="cari"),
    path("kerja/hasil/", kerja.hasil_cari, name="hasil"),
    path("persetujuan/", persetujuan.persetujuan, name="persetujuan"),
    path("setoran/", setoran.daftar, name="setoran"),
    path("setoran/baru/", setoran.buat, name="setoran_baru"),
    path("cabut-surat/<int:pk>/", cabut_surat.cabut_surat, name="surat_cabut"),
    path("siskohat/", siskohat.beranda, name="siskohat"),
    path("siskohat/impor/<int:pk>/", siskohat.impor, name="siskohat_impor"),
    path("siskohat/impor/<int:pk>/terapkan/", siskohat.catat, name="siskohat_terapkan"),
    path("siskohat/impor/<int:pk>/periksa/", siskohat.periksa_lagi, name="siskohat_periksa"),
    path("siskohat/impor/<int:pk>/hasil/", siskohat.hasil, name="siskohat_hasil"),
    path("siskohat/impor/<int:pk>/berkas/", siskohat.berkas, name="siskohat_berkas"),
    path("siskohat/<slug:layanan>/ekspor/", siskohat.ekspor, name="siskohat_ekspor"),
    path("siskohat/<slug:layanan>/impor/", siskohat.unggah, name="siskohat_unggah"),
]
