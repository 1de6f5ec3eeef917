import pytest

from tests.alur import jam as jam_uji
from tests.alur.jam import jam  # noqa: F401  (fixture)


@pytest.fixture
def wita():
    """`wita(5, 16)`: 5 November 2026, 16.00 on the office's clock."""
    return jam_uji.wita
