"""Addresses of the staff's desk; included at the root."""

from typing import Any

from django.urls import URLPattern, path

from . import cabut_surat, kerja, persetujuan, porsi, setoran
from .dana import saldo
from .dana import views_pantau as pantau
from .tukar import views as tukar

app_name = "meja"


def _tukar(awal: str, pintu: str) -> list[URLPattern]:
    """The pages of one door for files."""
    apa: dict[str, Any] = {"pintu": pintu}
    return [
        path(awal, tukar.beranda, apa, name=pintu),
        path(f"{awal}impor/<int:pk>/", tukar.impor, apa, name=f"{pintu}_impor"),
        path(f"{awal}impor/<int:pk>/terapkan/", tukar.catat, apa, name=f"{pintu}_terapkan"),
        path(f"{awal}impor/<int:pk>/periksa/", tukar.periksa_lagi, apa, name=f"{pintu}_periksa"),
        path(f"{awal}impor/<int:pk>/hasil/", tukar.hasil, apa, name=f"{pintu}_hasil"),
        path(f"{awal}impor/<int:pk>/berkas/", tukar.berkas, apa, name=f"{pintu}_berkas"),
        path(f"{awal}<slug:kode>/ekspor/", tukar.ekspor, apa, name=f"{pintu}_ekspor"),
        path(f"{awal}<slug:kode>/impor/", tukar.unggah, apa, name=f"{pintu}_unggah"),
    ]


urlpatterns = [
    path("kerja/", kerja.kotak_kerja, name="kerja"),
    path("kerja/cari/", kerja.cari, name="cari"),
    path("kerja/hasil/", kerja.hasil_cari, name="hasil"),
    path("porsi/<int:pk>/", porsi.riwayat, name="porsi"),
    path("persetujuan/", persetujuan.persetujuan, name="persetujuan"),
    path("setoran/", setoran.daftar, name="setoran"),
    path("setoran/baru/", setoran.buat, name="setoran_baru"),
    path("cabut-surat/<int:pk>/", cabut_surat.cabut_surat, name="surat_cabut"),
    path("pantau-dana/", pantau.beranda, name="pantau"),
    path("pantau-dana/saldo/", saldo.saldo, name="saldo"),
    path("pantau-dana/kabar/<int:pk>/", pantau.peristiwa, name="pantau_kabar"),
    path("pantau-dana/kabar/<int:pk>/usul/", pantau.usul, name="pantau_usul"),
    path("pantau-dana/kabar/<int:pk>/putus/", pantau.putus, name="pantau_putus"),
    path("pantau-dana/<slug:nomor>/kirim-lagi/", pantau.kirim_lagi, name="pantau_kirim"),
    *_tukar("siskohat/", "siskohat"),
    *_tukar("berkas-dana/", "dana"),
]
