"""Addresses of the whole site. Apps are named by string, so nothing here imports a service."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("haji_portal.akun.urls")),
    path("", include("haji_portal.ptsp.urls")),
    path("berkas/", include("haji_portal.berkas.urls")),
    path("surat/", include("haji_portal.surat.urls")),
    path("pesan/", include("haji_portal.kabar.urls")),
    path("api/v1/pesan/", include("haji_portal.kabar.urls_api")),
    path("api/v1/callback/", include("haji_portal.dana.urls_api")),
    path("", include("haji_portal.meja.urls")),
    path("", include("haji_portal.rawat.urls")),
    path("pengembalian/", include("haji_portal.meja.dana.urls")),
    path("konfirmasi-saldo/", include("haji_portal.meja.dana.urls_konfirmasi")),
    path("rekonsiliasi/", include("haji_portal.meja.dana.urls_rekonsiliasi")),
    path("pelayanan/", include("haji_portal.ptsp.pelayanan.urls")),
    path("disposisi/", include("haji_portal.ptsp.disposisi.urls")),
    path("surat-masuk/", include("haji_portal.ptsp.disposisi.urls_surat")),
    path("pendaftaran/", include("pendaftaran.urls")),
    path("pembatalan/", include("pembatalan.urls")),
    path("pelimpahan/", include("pelimpahan.urls")),
    path("reversal/", include("pembatalan.urls_reversal")),
    path("jurnal/", include("pembatalan.urls_jurnal")),
    path("pemberitahuan/", include("pembatalan.urls_pemberitahuan")),
    path("kelayakan-pelimpahan/", include("pelimpahan.urls_kelayakan")),
    path("pengaktifan/", include("pengaktifan.urls")),
    path("rekomendasi/", include("rekomendasi.urls")),
    path("penyelenggara/", include("rekomendasi.urls_register")),
    path("jadwal-wawancara/", include("pelimpahan.urls_jadwal")),
    path("admin/", admin.site.urls),
    # Last of all: it also answers for what does not exist below /api/.
    path("api/", include("haji_portal.meja.api.urls")),
]

handler400 = "haji_portal.ptsp.galat.permintaan_salah"
handler403 = "haji_portal.ptsp.galat.dilarang"
handler404 = "haji_portal.ptsp.galat.tidak_ada"
handler500 = "haji_portal.ptsp.galat.rusak"
