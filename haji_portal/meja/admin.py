"""Admin of the desk: what the API remembers, to read only."""

from __future__ import annotations

from django.contrib import admin

from haji_portal.akun.situs_admin import HanyaBaca

from .models import KunciIdempotensi


@admin.register(KunciIdempotensi)
class KunciIdempotensiAdmin(HanyaBaca):
    list_display = ["pemilik", "dibuat", "selesai", "status"]
    list_filter = ["status", "dibuat"]
    search_fields = ["pemilik"]
