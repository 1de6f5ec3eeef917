"""Admin of the desk: what was exchanged with Siskohat and what the API remembers, to be read only."""

from __future__ import annotations

from django.contrib import admin

from haji_portal.akun.situs_admin import HanyaBaca

from .models import BarisImpor, ImporBerkas, KunciIdempotensi, UnduhanBerkas


@admin.register(ImporBerkas)
class ImporBerkasAdmin(HanyaBaca):
    list_display = ["nama", "layanan", "kantor", "pengguna", "dibuat", "sha256"]
    list_filter = ["layanan", "kantor", "dibuat"]
    search_fields = ["nama", "sha256", "pengguna__nama"]
    list_select_related = ["kantor", "pengguna"]
    date_hierarchy = "dibuat"


@admin.register(BarisImpor)
class BarisImporAdmin(HanyaBaca):
    list_display = ["impor", "urut", "perkara", "keadaan", "kalimat", "pengguna", "waktu"]
    list_filter = ["keadaan", "impor__layanan", "impor__kantor"]
    search_fields = ["nomor", "impor__nama"]
    list_select_related = ["impor__kantor", "perkara", "pengguna"]


@admin.register(UnduhanBerkas)
class UnduhanBerkasAdmin(HanyaBaca):
    """The list of cases is left out of the form: it may be ten thousand long. Search by case number instead."""

    list_display = ["waktu", "apa", "layanan", "kantor", "pengguna", "format", "jumlah"]
    list_filter = ["apa", "layanan", "kantor", "waktu"]
    search_fields = ["pengguna__nama", "sha256", "perkara__nomor"]
    list_select_related = ["kantor", "pengguna"]
    date_hierarchy = "waktu"
    exclude = ["perkara"]


@admin.register(KunciIdempotensi)
class KunciIdempotensiAdmin(HanyaBaca):
    list_display = ["pemilik", "dibuat", "selesai", "status"]
    list_filter = ["status", "dibuat"]
    search_fields = ["pemilik"]
