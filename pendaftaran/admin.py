"""Admin: cases are only read."""

from __future__ import annotations

from django.contrib import admin

from haji_portal.akun.situs_admin import HanyaBaca

from .models import Pendaftaran


@admin.register(Pendaftaran)
class PendaftaranAdmin(HanyaBaca):
    list_display = ["nomor", "kantor", "pemohon", "status", "tanggal_daftar", "saluran", "ditutup"]
    list_filter = ["status", "kantor", "saluran", "status_haji", "tanggal_daftar"]
    search_fields = ["nomor", "pemohon__nama", "porsi__nomor", "setoran__nomor_validasi"]
    list_select_related = ["kantor", "pemohon"]
    date_hierarchy = "tanggal_daftar"
