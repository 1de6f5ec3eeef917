"""Requirements are office data and editable; what cases brought is history and read-only."""

from __future__ import annotations

from django.contrib import admin

from haji_portal.akun.situs_admin import HanyaBaca

from .models import AksesLampiran, ButirBerkas, Lampiran, SyaratBerkas


@admin.register(SyaratBerkas)
class SyaratBerkasAdmin(admin.ModelAdmin):
    list_display = ["nama", "layanan", "kasus", "bentuk", "jumlah", "wajib", "kantor", "mulai", "selesai"]
    list_filter = ["layanan", "kasus", "wajib", "bentuk", "kantor"]
    search_fields = ["kode", "nama", "keterangan", "sumber"]
    list_select_related = ["kantor"]
    date_hierarchy = "mulai"

    def save_model(self, request, obj, form, change) -> None:
        # From now on the row belongs to the office: loading the reference data leaves it alone.
        obj.disunting = True
        super().save_model(request, obj, form, change)


@admin.register(ButirBerkas)
class ButirBerkasAdmin(HanyaBaca):
    list_display = ["nama", "perkara", "wajib", "verdict", "diperiksa_oleh", "diperiksa_pada"]
    list_filter = ["verdict", "wajib", "bentuk", "perkara__kantor"]
    search_fields = ["perkara__nomor", "kode", "nama"]
    list_select_related = ["perkara", "diperiksa_oleh"]


@admin.register(Lampiran)
class LampiranAdmin(HanyaBaca):
    """Describes files; opening one goes through the authorised view and is written down."""

    list_display = ["nama", "perkara", "jenis", "mime", "ukuran", "diunggah_oleh", "diunggah_pada", "diganti_pada"]
    list_filter = ["jenis", "mime", "perkara__kantor"]
    search_fields = ["perkara__nomor", "nama", "sha256"]
    list_select_related = ["perkara", "diunggah_oleh"]
    date_hierarchy = "diunggah_pada"


@admin.register(AksesLampiran)
class AksesLampiranAdmin(HanyaBaca):
    list_display = ["waktu", "pengguna", "lampiran", "unduh"]
    list_filter = ["unduh", "lampiran__jenis"]
    search_fields = ["pengguna__username", "pengguna__nama", "lampiran__perkara__nomor"]
    list_select_related = ["pengguna", "lampiran"]
    date_hierarchy = "waktu"
