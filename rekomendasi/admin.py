"""Admin: cases and people are only read; the register is kept on its pages, which write every change down."""

from __future__ import annotations

from django.contrib import admin

from haji_portal.akun.situs_admin import HanyaBaca

from .models import JejakRegister, PenyelenggaraPerjalanan, PeringatanSk, Peserta, Rekomendasi, SkPenyelenggara


@admin.register(Rekomendasi)
class RekomendasiAdmin(HanyaBaca):
    list_display = ["nomor", "kantor", "pemohon", "tujuan", "penyelenggara", "status", "tanggal_permohonan", "ditutup"]
    list_filter = ["status", "tujuan", "kantor", "saluran", "tanggal_permohonan"]
    search_fields = ["nomor", "pemohon__nama", "penyelenggara__nama", "peserta__nama"]
    list_select_related = ["kantor", "pemohon", "penyelenggara"]
    date_hierarchy = "tanggal_permohonan"


@admin.register(Peserta)
class PesertaAdmin(HanyaBaca):
    list_display = ["nama", "rekomendasi", "urut", "hubungan"]
    list_filter = ["rekomendasi__kantor", "rekomendasi__tujuan"]
    search_fields = ["nama", "rekomendasi__nomor"]
    list_select_related = ["rekomendasi"]
    exclude = ["nik_hash"]


@admin.register(PenyelenggaraPerjalanan)
class PenyelenggaraAdmin(HanyaBaca):
    list_display = ["nama", "jenis", "kota", "telepon"]
    list_filter = ["jenis"]
    search_fields = ["nama", "kota", "sk__nomor"]


@admin.register(SkPenyelenggara)
class SkAdmin(HanyaBaca):
    list_display = ["nomor", "penyelenggara", "tanggal", "berlaku_sampai", "dicabut"]
    list_filter = ["penyelenggara__jenis", "berlaku_sampai", "dicabut"]
    search_fields = ["nomor", "penyelenggara__nama"]
    list_select_related = ["penyelenggara"]


@admin.register(JejakRegister)
class JejakAdmin(HanyaBaca):
    list_display = ["penyelenggara", "apa", "pengguna", "waktu", "impor"]
    list_filter = ["apa", "waktu"]
    search_fields = ["penyelenggara__nama", "pengguna__nama"]
    list_select_related = ["penyelenggara", "pengguna", "impor"]


@admin.register(PeringatanSk)
class PeringatanAdmin(HanyaBaca):
    list_display = ["sk", "ambang", "waktu"]
    list_filter = ["ambang", "waktu"]
    search_fields = ["sk__nomor", "sk__penyelenggara__nama"]
    list_select_related = ["sk"]
