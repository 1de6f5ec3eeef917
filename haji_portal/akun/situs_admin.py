"""The admin site itself: Indonesian titles, login at /masuk/, open only to admins by assignment."""

from __future__ import annotations

from functools import wraps
from typing import Any
from urllib.parse import unquote

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from .backends import admin_portal


class SitusAdmin(admin.AdminSite):
    """Anonymous visitors go to /masuk/ (lock and second factor live there), others get 403."""

    site_header = "Admin portal haji"
    site_title = "Admin portal haji"
    index_title = "Data portal"

    def has_permission(self, request: HttpRequest) -> bool:
        return admin_portal(request.user)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Filters and ids of the address go to the database as they are, and PostgreSQL refuses NUL in text: 400."""

        @wraps(view)
        def tanpa_nul(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if "\x00" in unquote(request.get_full_path()):
                raise BadRequest
            return view(request, *args, **kwargs)

        return super().admin_view(tanpa_nul, cacheable)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))


class HanyaBaca(admin.ModelAdmin):
    """Rows that only the portal itself writes: nobody adds, changes or deletes them here, superusers included."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class TidakDihapus(admin.ModelAdmin):
    """Rows that others point at: edited and ended by date, never deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
