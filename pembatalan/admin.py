"""Admin: cases are only read."""

from __future__ import annotations

from django.contrib import admin

from haji_portal.akun.situs_admin import HanyaBaca

from .models import Jurnal, Pembatalan, Pemberitahuan, Reversal


@admin.register(Pembatalan)
class PembatalanAdmin(HanyaBaca):
    list_display = ["nomor", "kantor", "pemohon", "sebab", "pengaju", "status", "tanggal_permohonan", "ditutup"]
    list_filter = ["status", "sebab", "pengaju", "kantor", "saluran", "tanggal_permohonan"]
    search_fields = ["nomor", "pemohon__nama", "nama_pengaju", "porsi__nomor", "setoran__nomor_validasi"]
    list_select_related = ["kantor", "pemohon"]
    date_hierarchy = "tanggal_permohonan"


@admin.register(Reversal)
class ReversalAdmin(HanyaBaca):
    list_display = ["nomor", "setoran", "tanggal_reversal", "status", "ditutup"]
    list_filter = ["status", "tanggal_reversal"]
    search_fields = ["nomor", "setoran__nomor_validasi", "nomor_surat_bank"]
    list_select_related = ["setoran"]


@admin.register(Jurnal)
class JurnalAdmin(HanyaBaca):
    list_display = ["nomor", "macam", "dari", "sampai", "status", "ditutup"]
    list_filter = ["status", "macam", "dari"]
    search_fields = ["nomor"]


@admin.register(Pemberitahuan)
class PemberitahuanAdmin(HanyaBaca):
    list_display = ["nomor", "kantor", "pemohon", "status", "dibuka", "ditutup"]
    list_filter = ["status", "kantor"]
    search_fields = ["nomor", "pemohon__nama", "porsi__nomor"]
    list_select_related = ["kantor", "pemohon"]
