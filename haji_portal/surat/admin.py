"""Admin: patterns are edited here, letters and register are only read."""

from __future__ import annotations

from django.contrib import admin

from haji_portal.akun.situs_admin import HanyaBaca

from .models import CetakSurat, DeretNomor, NomorSurat, PolaNomor, Surat


@admin.register(PolaNomor)
class AdminPolaNomor(admin.ModelAdmin):
    list_display = ["jenis_surat", "kantor", "pola", "deret", "klasifikasi", "mulai", "selesai"]
    list_filter = ["jenis_surat", "kantor"]
    search_fields = ["jenis_surat", "pola", "deret"]


@admin.register(DeretNomor)
class AdminDeretNomor(HanyaBaca):
    list_display = ["deret", "tahun", "kantor", "terakhir"]
    list_filter = ["tahun", "deret", "kantor"]
    search_fields = ["deret"]


@admin.register(NomorSurat)
class AdminNomorSurat(HanyaBaca):
    list_display = ["nomor", "tanggal", "kantor", "deret", "urut", "status", "alasan"]
    list_filter = ["status", "tahun", "deret", "kantor"]
    list_select_related = ["kantor"]
    search_fields = ["nomor", "surat__perkara__nomor"]
    date_hierarchy = "tanggal"


@admin.register(Surat)
class AdminSurat(HanyaBaca):
    list_display = ["jenis", "nomor", "perkara", "kantor", "status", "tanggal", "nama_penanda_tangan", "dicetak"]
    list_filter = ["status", "jenis", "kantor"]
    list_select_related = ["perkara", "kantor"]
    search_fields = ["nomor", "perkara__nomor", "nama_penanda_tangan"]
    date_hierarchy = "dibuat"
    # The token opens the public page and the keys name files: neither belongs on a screen.
    exclude = ["token", "kunci_pdf", "kunci_pdf_ttd"]


@admin.register(CetakSurat)
class AdminCetakSurat(HanyaBaca):
    list_display = ["surat", "ke", "pengguna", "waktu"]
    list_select_related = ["surat", "pengguna"]
    list_filter = ["surat__jenis", "waktu"]
    search_fields = ["surat__nomor", "pengguna__nama"]
    date_hierarchy = "waktu"
