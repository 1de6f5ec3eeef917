"""Admin of master data. Search is by name or porsi: what is typed here stands in an address, a NIK must not."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from haji_portal.akun.situs_admin import HanyaBaca, TidakDihapus

from .models import Jemaah, PeristiwaPorsi, Porsi, Rekening, Setoran
from .nik import samarkan_nik, samarkan_rekening


class RekeningInline(admin.TabularInline):
    model = Rekening
    extra = 0
    can_delete = False


class PeristiwaInline(admin.TabularInline):
    model = PeristiwaPorsi
    extra = 0
    can_delete = False
    fields = readonly_fields = ["waktu", "jenis", "rujukan", "keterangan"]

    def has_add_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Jemaah)
class JemaahAdmin(TidakDihapus):
    list_display = ["nama", "nik_samar", "jenis_kelamin", "kabupaten"]
    list_filter = ["jenis_kelamin", "agama", "provinsi", "kabupaten"]
    search_fields = ["nama", "porsi__nomor", "perkara__nomor"]
    search_help_text = "Nama, nomor porsi, atau nomor perkara. Jangan mengetik NIK di sini."
    inlines = [RekeningInline]
    show_full_result_count = False

    @admin.display(description="NIK")
    def nik_samar(self, obj: Jemaah) -> str:
        return samarkan_nik(obj.nik)


@admin.register(Rekening)
class RekeningAdmin(TidakDihapus):
    list_display = ["jemaah", "bank", "nomor_samar"]
    list_filter = ["bank"]
    search_fields = ["jemaah__nama", "atas_nama", "bank"]
    autocomplete_fields = ["jemaah"]
    list_select_related = ["jemaah"]

    @admin.display(description="nomor rekening")
    def nomor_samar(self, obj: Rekening) -> str:
        return samarkan_rekening(obj.nomor)


@admin.register(Porsi)
class PorsiAdmin(HanyaBaca):
    """The life of a porsi is written by steps of cases only."""

    list_display = ["nomor", "jemaah", "kantor", "status", "terbit"]
    list_filter = ["status", "kantor", "terbit"]
    search_fields = ["nomor", "jemaah__nama"]
    list_select_related = ["jemaah", "kantor"]
    inlines = [PeristiwaInline]


@admin.register(PeristiwaPorsi)
class PeristiwaPorsiAdmin(HanyaBaca):
    list_display = ["waktu", "porsi", "jenis", "rujukan"]
    list_filter = ["jenis", "waktu"]
    search_fields = ["porsi__nomor", "rujukan"]
    list_select_related = ["porsi"]


@admin.register(Setoran)
class SetoranAdmin(TidakDihapus):
    list_display = ["nomor_validasi", "jenis", "jemaah", "bank", "jumlah", "tanggal", "sumber", "porsi", "dibatalkan"]
    list_filter = ["jenis", "sumber", "bank", ("dibatalkan", admin.EmptyFieldListFilter), "tanggal"]
    search_fields = ["nomor_validasi", "jemaah__nama", "porsi__nomor"]
    autocomplete_fields = ["jemaah"]
    readonly_fields = ["porsi", "dibatalkan"]
    list_select_related = ["jemaah", "porsi"]
    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: Setoran | None = None) -> list[str]:
        """The amount stands in the book of money from the day on which the porsi was recorded."""
        return [*self.readonly_fields, *(["jumlah"] if obj and obj.porsi_id else [])]
