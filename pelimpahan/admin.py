"""Admin: cases are only read; days and appointments are planned at the desk and read here."""

from __future__ import annotations

from django.contrib import admin

from haji_portal.akun.situs_admin import HanyaBaca

from .models import HariWawancara, Janji, Pelimpahan, Slot


@admin.register(Pelimpahan)
class PelimpahanAdmin(HanyaBaca):
    list_display = ["nomor", "kantor", "jemaah_asal", "pemohon", "sebab", "hubungan", "status", "ditutup"]
    list_filter = ["status", "sebab", "hubungan", "penyelenggara", "kantor", "saluran", "tanggal_permohonan"]
    search_fields = ["nomor", "pemohon__nama", "jemaah_asal__nama", "porsi__nomor"]
    list_select_related = ["kantor", "pemohon", "jemaah_asal"]
    date_hierarchy = "tanggal_permohonan"


@admin.register(HariWawancara)
class HariWawancaraAdmin(HanyaBaca):
    list_display = ["tanggal", "kantor", "tempat", "mulai", "selesai", "menit", "meja", "dibatalkan"]
    list_filter = ["kantor", "tanggal"]
    search_fields = ["tempat", "alamat"]
    list_select_related = ["kantor"]


@admin.register(Slot)
class SlotAdmin(HanyaBaca):
    list_display = ["hari", "jam", "meja"]
    list_filter = ["hari__kantor", "hari__tanggal"]
    search_fields = ["hari__tempat"]
    list_select_related = ["hari"]


@admin.register(Janji)
class JanjiAdmin(HanyaBaca):
    list_display = ["slot", "perkara", "keadaan", "hadir_pada"]
    list_filter = ["keadaan", "slot__hari__kantor", "slot__hari__tanggal"]
    search_fields = ["perkara__nomor", "perkara__pemohon__nama"]
    list_select_related = ["slot__hari", "perkara"]
