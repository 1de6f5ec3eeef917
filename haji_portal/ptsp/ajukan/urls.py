"""Addresses of applications from outside; included under /ajukan/. Random tokens, nothing about a person."""

from django.urls import path

from . import berkas, halaman, mulai, perkara

urlpatterns = [
    path("lanjut/", mulai.lanjut, name="lanjut"),
    path("kode/", mulai.kode, name="kode"),
    path("perbaiki/", perkara.perbaiki, name="perbaiki"),
    path("surat/", perkara.surat, name="surat"),
    path("surat/<slug:jenis>/", perkara.surat_pdf, name="surat_pdf"),
    path("konsep/<slug:token>/", halaman.konsep, name="konsep"),
    path("konsep/<slug:token>/dokumen/", halaman.dokumen, name="dokumen"),
    path("konsep/<slug:token>/dokumen/<slug:kode>/", berkas.lihat, name="lihat_berkas"),
    path("konsep/<slug:token>/dokumen/<slug:kode>/unggah/", berkas.unggah, name="unggah"),
    path("konsep/<slug:token>/dokumen/<slug:kode>/potongan/", berkas.potongan, name="potongan"),
    path("konsep/<slug:token>/periksa/", halaman.periksa, name="periksa"),
    path("konsep/<slug:token>/terkirim/", halaman.terkirim, name="terkirim"),
    path("konsep/<slug:token>/hapus/", halaman.hapus, name="hapus_konsep"),
    path("konsep/<slug:token>/isi/<slug:kode>/", halaman.bagian, name="bagian"),
    path("<slug:layanan>/", mulai.mulai, name="mulai"),
]
