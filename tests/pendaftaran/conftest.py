from tests.alur.jam import jam  # noqa: F401  (a fixture)
