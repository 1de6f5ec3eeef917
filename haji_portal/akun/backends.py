"""Rights in the Django admin come from a current assignment, like every other right."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from .models import Peran


def admin_portal(pengguna: Any) -> bool:
    """Whether the person may open the Django admin: staff flag and a current `admin` assignment, or superuser."""
    if not (pengguna.is_active and pengguna.is_authenticated and pengguna.is_staff):
        return False
    return pengguna.is_superuser or any(t.peran == Peran.ADMIN for t in pengguna.penugasan_berlaku())


class BackendPenugasan(ModelBackend):
    """ModelBackend whose model permissions belong to whoever is admin by assignment today.

    What nobody may do (edit the history, a status) the admin classes refuse for everybody. A disabled
    account loses its session at the next request: `get_user()` returns None for it.
    """

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return admin_portal(user_obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return admin_portal(user_obj)
