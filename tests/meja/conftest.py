from tests.perkara import sampai  # noqa: F401  (fixtures)
