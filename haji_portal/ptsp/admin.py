"""Admin: to look, not to touch."""

from __future__ import annotations

from django.contrib import admin

from haji_portal.akun.situs_admin import HanyaBaca

from .models import DetakPekerja, Konsep, PercobaanCek


@admin.register(PercobaanCek)
class PercobaanCekAdmin(HanyaBaca):
    list_display = ["kunci", "waktu"]
    list_filter = ["waktu"]
    search_fields = ["kunci"]


@admin.register(DetakPekerja)
class DetakPekerjaAdmin(HanyaBaca):
    list_display = ["nama", "waktu"]
    list_filter = ["waktu"]
    search_fields = ["nama"]


@admin.register(Konsep)
class KonsepAdmin(HanyaBaca):
    """That drafts exist and when they go; what is in them is the applicant's until it is sent."""

    fields = ["layanan", "kantor", "saluran", "dibuat", "habis", "diingatkan"]
    list_display = ["layanan", "kantor", "saluran", "dibuat", "habis", "diingatkan"]
    list_filter = ["layanan", "kantor", "habis"]
