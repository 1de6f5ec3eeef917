"""Where there are no roles, and under a role that owns the tables."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from haji_portal.rawat.hak import HakGagal, beri_hak, memiliki_tabel

pytestmark = pytest.mark.basis


@pytest.mark.django_db
def test_sqlite_tidak_mempunyai_peran():
    if connection.vendor == "postgresql":
        assert memiliki_tabel() is True, "the suite's own role is the owner"
        return
    assert memiliki_tabel() is None
    with pytest.raises(HakGagal, match="hanya ada pada PostgreSQL"):
        beri_hak("haji")
    with pytest.raises(CommandError):
        call_command("beri_hak", "haji")
