"""The Django admin under the portal's own login and rights."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class AdminPortal(AdminConfig):
    """Stands in INSTALLED_APPS instead of django.contrib.admin."""

    default_site = "haji_portal.akun.situs_admin.SitusAdmin"
