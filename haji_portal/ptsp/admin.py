"""Admin: to look, not to touch."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

from .models import DetakPekerja, PercobaanCek


class HanyaLihat(admin.ModelAdmin):
    """Rows that the portal writes for itself."""

    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False


@admin.register(PercobaanCek)
class PercobaanCekAdmin(HanyaLihat):
    list_display = ["kunci", "waktu"]
    list_filter = ["waktu"]
    search_fields = ["kunci"]


@admin.register(DetakPekerja)
class DetakPekerjaAdmin(HanyaLihat):
    list_display = ["nama", "waktu"]
    list_filter = ["waktu"]
    search_fields = ["nama"]
