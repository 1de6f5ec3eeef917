"""Admin: cases are only read."""

from __future__ import annotations

from django.contrib import admin

from haji_portal.akun.situs_admin import HanyaBaca

from .models import Pengaktifan


@admin.register(Pengaktifan)
class PengaktifanAdmin(HanyaBaca):
    list_display = ["nomor", "kantor", "pemohon", "sebab", "pelapor", "status", "tanggal_permohonan", "ditutup"]
    list_filter = ["status", "sebab", "pelapor", "kantor", "saluran", "tanggal_permohonan"]
    search_fields = ["nomor", "pemohon__nama", "nama_pelapor", "porsi__nomor", "perkara_batal__nomor"]
    list_select_related = ["kantor", "pemohon"]
    date_hierarchy = "tanggal_permohonan"
