"""What a request is behind the desk's door: a person with current assignments (akun.akses saw to that)."""

from __future__ import annotations

from django.http import HttpRequest

from haji_portal.akun.models import Pengguna, Penugasan


class PermintaanPetugas(HttpRequest):
    """For annotations only: the door put `penugasan` there, and nobody anonymous comes in."""

    user: Pengguna
    penugasan: list[Penugasan]
